/**
 * From what V8 and isolated-vm say of an error to a ScriptError.
 *
 * @module
 */
import { bytesOf } from '../../src/bytes.ts';
import { ScriptError } from '../../src/kemi/script-error.ts';
import type { FailureReport } from '../javascript/report.ts';
import { framesOf, GUEST_FILE, positionIn, scriptError } from '../javascript/stack.ts';

/** isolated-vm's line between a stack inside the isolate, which stands above it, and the host's own. */
const BOUNDARY = '\n    at (<isolated-vm boundary>)';

/** What of an error's stack lies inside the isolate. */
function guestStack(error: Error): string {
	const stack = error.stack ?? '';
	const end = stack.indexOf(BOUNDARY);
	return end < 0 ? '' : stack.slice(0, end);
}

/** Where a script stood when isolated-vm stopped it, as `file:line`; undefined where it does not say. */
export function stoppedAt(error: Error): string | undefined {
	return positionIn(bytesOf(guestStack(error)));
}

/** A text of the script without the lines of a stack that are the engine's own. */
export function withoutGuestFrames(text: string): string {
	return text.includes(GUEST_FILE) ? text.replace(/\n +at [^\n]*<kemihost>:\d+:\d+\)?/g, '') : text;
}

/** The error of a handler, as the guest has reported it. */
export function reportedError(report: string): ScriptError {
	const { message, stack }: FailureReport = JSON.parse(report);
	return scriptError({ message: bytesOf(message), stack: bytesOf(stack) });
}

/** What isolated-vm says where a script threw something that it cannot copy. The stack is then the host's. */
const NOT_COPIED = /^An object was thrown from supplied code/;

/** Errors of the compiler have no stack in the script; isolated-vm puts the place behind the message. */
const WITH_PLACE = /^(.*) \[(.+):(\d+):(\d+)\]$/s;

/**
 * The error for a value that isolated-vm carried out of the isolate and threw in the host.
 * @param loaded the script's name while it is being loaded: the error is there unless it says more
 */
export function carriedError(thrown: unknown, loaded?: string): ScriptError {
	const loading = loaded !== undefined;
	const file = loading ? bytesOf(loaded) : undefined;
	if (!(thrown instanceof Error))
		return new ScriptError(typeof thrown === 'string' ? bytesOf(thrown) : `${String(thrown)} was thrown`, {
			file,
			loading,
		});
	if (NOT_COPIED.test(thrown.message))
		return new ScriptError('an object was thrown that is no Error', { file, loading });
	const message = bytesOf(thrown.name === 'Error' ? thrown.message : `${thrown.name}: ${thrown.message}`);
	const stack = bytesOf(guestStack(thrown));
	if (framesOf(stack).length > 0) return scriptError({ message, stack }, { loading });
	const [, text, place, line, column] = WITH_PLACE.exec(message) ?? [];
	if (text !== undefined && thrown.name === 'SyntaxError')
		return new ScriptError(text, { file: place, line: Number(line), column: Number(column), loading });
	return new ScriptError(message, { file, loading });
}
