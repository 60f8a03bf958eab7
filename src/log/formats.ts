/**
 * The formats of a log line: for a person (`pretty`), for a log collector (`json`), or as Kamailio prints it
 * (`kamailio`). All of them write to stderr synchronously, so that nothing is lost when the process ends.
 *
 * @module
 */

import type { DestinationStream } from 'pino';
import { escapeOf } from '../json-escapes.ts';
import { late, library } from '../late.ts';
import { LEVELS, type LevelName } from './levels.ts';
import type { LogRecord, LogSink } from './logger.ts';

const pinoLibrary = library('pino');
const pretty = library('pino-pretty');

/** What `--log-format` takes. */
export const LOG_FORMATS = ['pretty', 'json', 'kamailio'] as const;
/** One of the formats. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** pino counts upwards with severity, Kamailio downwards; pino wants positive numbers. */
const PINO_LEVELS = Object.fromEntries(Object.entries(LEVELS).map(([name, n]) => [name, (10 - n) * 10]));

/** What cannot be written is kept up to so many bytes, in case the disk has room again; more is dropped. */
const UNWRITTEN = 1 << 20;

/**
 * Lets this process go on where what it prints has no taker any more: the reader of a pipe has gone, the disk is full,
 * the terminal was closed.
 */
export function outliveReaders(): void {
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/**
 * A text on one line, and harmless to a terminal: control characters as JSON writes them, tabs as they are. A client may
 * have chosen what a script logs; as it comes it could look like lines of other requests, or of the host.
 */
function onOneLine(text: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
	return text.replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]/g, escapeOf);
}

/** What a person sees: the host's own lines may go on below (the source, a stack), indented, which no first line is. */
function forReading({ origin, text }: LogRecord): string {
	if (origin === 'script') return onOneLine(text);
	return text
		.split('\n')
		.map((line, i) => (i > 0 && !line.startsWith('  ') ? `  ${onOneLine(line)}` : onOneLine(line)))
		.join('\n');
}

/**
 * What a text may hold in Kamailio's format: line ends in front of anything but what looks like the next record, and colours. A
 * carriage return alone is not among it: it writes over the record's own beginning.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const HARMLESS = /((?:\r?\n)+(?![\r\n]|(?:[ \t]|\x1b\[[\d;]*m)*\d+\(\d+\) )|\x1b\[[\d;]*m)/;

/** One record as Kamailio's stderr has it: index(pid), level, who speaks, and the text as it is, as programs read it there. */
function kamailioLine({ level, origin, text }: LogRecord, index: number): string {
	const shown = text.split(HARMLESS).map((part, i) => (i % 2 ? part : onOneLine(part)));
	return `${String(index).padStart(2)}(${process.pid}) ${level.toUpperCase()}: <${origin}>: ${shown.join('')}\n`;
}

/** @param textOf what is written of a record's text */
function pinoSink(
	stream: DestinationStream,
	index: number,
	textOf: (record: LogRecord) => string = ({ text }) => text,
): LogSink {
	const logger = pinoLibrary().pino<LevelName>(
		{
			level: 'debug',
			customLevels: PINO_LEVELS as Record<LevelName, number>,
			useOnlyCustomLevels: true,
			messageKey: 'text',
			base: index > 0 ? { pid: process.pid, child: index } : { pid: process.pid },
			timestamp: false,
			formatters: { level: (label) => ({ level: label }) },
		},
		stream,
	);
	return (record) =>
		logger[record.level](
			{
				time: record.time,
				origin: record.origin,
				script: record.origin === 'script',
				...(record.request === undefined ? {} : { request: record.request }),
			},
			textOf(record),
		);
}

/** As `stderrSink`, for whoever may have nothing to say: it is made with the first line. */
export function lateStderrSink(format: LogFormat): LogSink {
	const sink = late(() => stderrSink(format));
	return (record) => sink()(record);
}

/**
 * A sink in one of the formats that writes to stderr, each line before the call returns.
 * @param index the number of the process: 0 for the primary, then the children
 */
export function stderrSink(format: LogFormat, index = 0): LogSink {
	const stderr = pinoLibrary().destination({ fd: 2, sync: true, maxLength: UNWRITTEN });
	// Nobody reads any more, the disk is full, the terminal is gone: a host without a log goes on.
	stderr.removeAllListeners('error').on('error', () => {});
	switch (format) {
		case 'kamailio':
			return (record) => void stderr.write(kamailioLine(record, index));
		case 'json':
			return pinoSink(stderr, index);
		case 'pretty':
			return pinoSink(
				pretty().build({
					destination: stderr,
					colorize: process.stderr.isTTY === true && !process.env['NO_COLOR'],
					messageKey: 'text',
					ignore: 'pid,child,script,origin,request',
					messageFormat: '{if child}[{child}] {end}{origin}{if request} #{request}{end}: {text}',
					translateTime: 'SYS:HH:MM:ss.l',
					customLevels: PINO_LEVELS,
					useOnlyCustomProps: false,
				}),
				index,
				forReading,
			);
	}
}
