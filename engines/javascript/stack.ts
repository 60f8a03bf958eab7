/**
 * Reads the stack text of V8 and QuickJS, which is nearly the same: the file and line of an error, the traceback
 * for the log, and the position of a running script come from it.
 *
 * @module
 */
import { ScriptError, type ScriptErrorDetails } from '../../src/kemi/script-error.ts';
import type { FailureReport } from './report.ts';

/** The file name of the host's own code inside a guest. Names in angle brackets are no files of the script. */
export const GUEST_FILE = '<kemihost>';

/** One place in a call stack. */
export interface Frame {
	name: string;
	file: string;
	line: number;
	/** Counts from 1; undefined if the engine knows none. */
	column?: number | undefined;
}

/** `    at f (handler.js:3:9)`, or without a name `    at handler.js:3:9`. */
const FRAME = /^ +at (?:async )?(?:(.+?) \((.+)\)|(.+))$/;
/**
 * QuickJS leaves the column out where it knows none. Names in angle brackets are no files of the script, nor are URLs:
 * those are the host's own, which V8 shows where it stops a microtask.
 */
const PLACE = /^(?!<|file:|node:)(.+?):(\d+)(?::(\d+))?$/;
/** Code from a text is, in V8, at `eval at f (handler.js:3:9), <anonymous>:1:7`: what counts is the place in the file. */
const EVAL_PLACE = /^eval at .* \(([^()<]+:\d+:\d+)\)+, /;
/** QuickJS's name for code outside of any function; V8 has none. */
const TOP_LEVEL = '<eval>';

/**
 * The script's own frames in a stack text, innermost first: without those of builtins, of code that has no file,
 * and of the host's code in the guest.
 */
export function framesOf(stack: string): Frame[] {
	const frames: Frame[] = [];
	for (const text of stack.split('\n')) {
		const [, name = TOP_LEVEL, inside, alone] = FRAME.exec(text) ?? [];
		const where = inside ?? alone ?? '';
		const [, file, line, column] = PLACE.exec(EVAL_PLACE.exec(where)?.[1] ?? where) ?? [];
		if (file !== undefined)
			frames.push({
				name: name === TOP_LEVEL ? '<anonymous>' : name,
				...{ file, line: Number(line), column: column === undefined ? undefined : Number(column) },
			});
	}
	return frames;
}

/** Where the innermost frame of the script stands, as `file:line`; undefined without one. */
export function positionIn(stack: string): string | undefined {
	const [frame] = framesOf(stack);
	return frame && `${frame.file}:${frame.line}`;
}

/** Frames as a traceback in the log, one a line; undefined without any. */
export function traceback(frames: readonly Frame[]): string | undefined {
	if (frames.length === 0) return undefined;
	return frames.map((frame) => `  at ${frame.name} (${frame.file}:${frame.line})`).join('\n');
}

/**
 * The error that a script did not catch, from the report of it.
 * @param report with byte strings
 * @param details a file is only used where the stack names none
 */
export function scriptError(
	{ message, stack }: FailureReport,
	details: ScriptErrorDetails = {},
): ScriptError {
	const frames = framesOf(stack);
	return new ScriptError(message, {
		...details,
		file: frames[0]?.file ?? details.file,
		line: frames[0]?.line,
		column: frames[0]?.column,
		traceback: traceback(frames),
	});
}
