/**
 * The files of a configuration, and positions in them.
 *
 * @module
 */
import type { Position } from './ast.ts';

/** A continuation byte of UTF-8, which is no character of its own. */
const CONTINUATION = /[\x80-\xbf]/g;

/** One file, or one text that stands for one. */
export class SourceFile {
	readonly path: string;
	/** The content as a byte string, with line ends as they are. */
	readonly text: string;
	readonly #starts: number[] = [0];
	/** Where the last column was counted to, and how many continuation bytes its line has up to there. */
	#counted = { start: -1, offset: 0, extra: 0 };
	/** How many bytes were looked at to count columns; in a file that is read from front to end no more than it has. */
	columnWork = 0;

	constructor(path: string, text: string) {
		this.path = path;
		this.text = text;
		for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
	}

	/** Where an offset is. */
	position(offset: number): Position {
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.#starts[middle] as number) <= offset) low = middle;
			else high = middle - 1;
		}
		const start = this.#starts[low] as number;
		return { file: this.path, line: low + 1, column: offset - start - this.#extraBytes(start, offset) + 1 };
	}

	/** The continuation bytes between the start of a line and an offset. Going on in a line counts on from the last place. */
	#extraBytes(start: number, offset: number): number {
		const last = this.#counted;
		const goesOn = last.start === start && last.offset <= offset;
		const from = goesOn ? last.offset : start;
		const extra =
			(goesOn ? last.extra : 0) + (this.text.slice(from, offset).match(CONTINUATION)?.length ?? 0);
		this.columnWork += offset - from;
		this.#counted = { start, offset, extra };
		return extra;
	}

	/** A line without its end, from 1; empty behind the last. */
	line(number: number): string {
		const start = this.#starts[number - 1] ?? this.text.length;
		const end = this.#starts[number] ?? this.text.length + 1;
		return this.text.slice(start, end - 1).replace(/\r$/, '');
	}
}

/** A position as it is printed and clicked on: `kamailio.cfg:12:5`. */
export function where({ file, line, column }: Position): string {
	return `${file}:${line}:${column}`;
}
