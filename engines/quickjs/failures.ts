/**
 * Turns a value that a script threw into the error that the host reports.
 *
 * @module
 */
import { bytesOf, textOf } from '../../src/bytes.ts';
import type { ScriptError, ScriptErrorDetails } from '../../src/kemi/script-error.ts';
import { EXIT_VALUE } from '../../src/kemi/throw.ts';
import type { FailureReport } from '../javascript/report.ts';
import { scriptError } from '../javascript/stack.ts';
import { GuestStopped, type Machine } from './machine.ts';
import { TAG } from './values.ts';

/** The error of a script that has left no room on its stack. */
export const STACK_OVERFLOW = 'InternalError: stack overflow';
/** The error of an allocation; where it was so large that memory was not even tried to grow, only this tells. */
const OUT_OF_MEMORY = 'InternalError: out of memory';

/**
 * The error for a thrown value.
 * @param thrown is freed
 * @param loading the file that is being loaded, if one is
 * @returns undefined if the value is the one that ends a script
 */
export function failureOf(machine: Machine, thrown: number, loading?: string): ScriptError | undefined {
	const { values, heap } = machine;
	try {
		if (values.tag(thrown) === TAG.string && values.string(thrown) === EXIT_VALUE) return undefined;
		const report = reportOf(machine, thrown);
		if (report.message === OUT_OF_MEMORY) heap.exhausted = true;
		return scriptError(report, inFile(loading));
	} finally {
		values.free(thrown);
	}
}

/** Details of an error in a script that is being loaded from a file; without a file, of one in a call. */
export function inFile(loading: string | undefined): ScriptErrorDetails {
	return { file: loading, loading: loading !== undefined };
}

/** What is known of a thrown value, in bytes. */
function reportOf(machine: Machine, thrown: number): FailureReport {
	try {
		return reportIn(machine.askText('describe', thrown));
	} catch (error) {
		if (!(error instanceof GuestStopped)) throw error;
		// the script was stopped, or has used up its stack: what is of interest is the place
		return { message: STACK_OVERFLOW, stack: machine.textProperty(thrown, 'stack') ?? '' };
	}
}

/** A report in JSON, as the guest gives it, with byte strings. */
export function reportIn(json: string): FailureReport {
	const { message, stack } = JSON.parse(textOf(json)) as FailureReport;
	return { message: bytesOf(message), stack: bytesOf(stack) };
}
