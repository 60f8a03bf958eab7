/**
 * The log: one function for every line, one threshold, and three formats to choose from (`formats.ts`).
 *
 * @module
 */
import { textOf, withoutLineEnd } from '../bytes.ts';
import { FloodGate } from './flood.ts';
import { LEVELS, type LevelName } from './levels.ts';

/** Whose line it is: the script's own, the core's, or a module's (its name). */
export type Origin = 'script' | 'core' | (string & {});

/** One line, before it has a format. `text` has no trailing newline. */
export interface LogRecord {
	level: LevelName;
	text: string;
	origin: Origin;
	/** Unix time in milliseconds. */
	time: number;
	/** The number of the request that it is about. */
	request?: number;
}

/** What a line may be about: its number joins the lines of one request. */
export interface LogSubject {
	readonly id: number;
}

/** Writes one record somewhere. */
export type LogSink = (record: LogRecord) => void;

/**
 * A threshold in front of a sink. Callers that would have to build a text first ask `shows()`; what is filtered
 * then costs one comparison.
 */
export class Logger {
	/** Kamailio's `debug`: lines with a level number above it are dropped. */
	threshold: number;
	/** The longest text of a line, in characters; what is longer is cut and says so. */
	readonly maxLine: number;
	readonly #sink: LogSink;
	readonly #flood: FloodGate;

	/** @param maxLines how many lines of the script's own are written in a second; the host's are all written */
	constructor(
		sink: LogSink,
		threshold: number = LEVELS.info,
		maxLine = 8192,
		maxLines = Number.POSITIVE_INFINITY,
	) {
		this.#sink = sink;
		this.threshold = threshold;
		this.maxLine = maxLine;
		this.#flood = new FloodGate(maxLines, (dropped) =>
			this.#write(
				'warning',
				`${dropped} lines of the script were dropped: it wrote more than ${maxLines} in a second`,
				'core',
				undefined,
			),
		);
	}

	/** Writes what waits to be said. The host ends. */
	close(): void {
		this.#flood.flush();
	}

	/** True if a line of that level would be written. */
	shows(level: LevelName): boolean {
		return LEVELS[level] <= this.threshold;
	}

	/**
	 * Writes a line, unless its level is filtered.
	 * @param text a byte string; Kamailio's scripts end lines with a newline themselves, here it makes no difference
	 * @param about the request
	 */
	log(level: LevelName, text: string, origin: Origin = 'core', about?: LogSubject): void {
		if (LEVELS[level] > this.threshold) return;
		if (origin === 'script' && !this.#flood.passes(Date.now())) return;
		this.#write(level, text, origin, about);
	}

	/** Writes a line of the access log, which has no threshold. */
	access(text: string, about: LogSubject): void {
		this.#write('info', text, 'access', about);
	}

	#write(level: LevelName, text: string, origin: Origin, about: LogSubject | undefined): void {
		const bytes =
			text.length > this.maxLine ? `${text.slice(0, this.maxLine)}... (${text.length} bytes)` : text;
		const record: LogRecord = { level, text: textOf(withoutLineEnd(bytes)), origin, time: Date.now() };
		if (about) record.request = about.id;
		this.#sink(record);
	}
}
