/**
 * Errors in a form that can be sent between the primary and its children.
 *
 * @module
 */
import { type ErrorCode, KemihostError } from '../errors.ts';

/** An error on its way to another process. */
export interface SentError {
	readonly code: ErrorCode;
	readonly message: string;
	readonly where: string | undefined;
	readonly hint: string | undefined;
	readonly excerpt: string | undefined;
	/** The error as the command line prints it. */
	readonly description: string | undefined;
}

/** An error as it can be sent. */
export function toSent(error: unknown): SentError {
	if (!(error instanceof KemihostError))
		return {
			code: 'KH_CHILD',
			message: String(error),
			where: undefined,
			hint: undefined,
			excerpt: undefined,
			description: undefined,
		};
	const { code, message, where, hint, excerpt } = error;
	return { code, message, where, hint, excerpt, description: error.describe() };
}

/** An error that was sent. */
export function fromSent({ code, message, where, hint, excerpt, description }: SentError): KemihostError {
	const error = new KemihostError(code, message, { where, hint, excerpt });
	return description === undefined ? error : Object.assign(error, { describe: () => description });
}
