/**
 * Errors in the command line itself.
 *
 * @module
 */
import { EXIT_CODES, KemihostError } from '../errors.ts';
import { suggest } from '../kemi/suggest.ts';

const HELP_HINT = 'kemihost --help lists commands and flags';

/**
 * What yargs complains about, as an error with a suggestion.
 * @param flags the names of all flags there are
 */
export function usageError(message: string, flags: readonly string[]): KemihostError {
	const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? [];
	if (unknown === undefined) return new KemihostError('KH_USAGE', message, { hint: HELP_HINT });
	const near = suggest(unknown, flags);
	return new KemihostError('KH_USAGE', `there is no flag --${unknown}`, {
		hint: near ? `did you mean --${near}?` : HELP_HINT,
	});
}

const EXIT_CODE_LINES = Object.values(EXIT_CODES).map(
	({ code, doc }) => `  ${String(code).padStart(2)}  ${doc}`,
);

/** What stands below every help text. */
export const EPILOGUE = `Every flag can also be set as KEMIHOST_… in the environment (KEMIHOST_LOG_LEVEL=debug) and by its name in the JSON file given with --config. A flag wins over the environment, the environment over the file.

Exit codes:
${EXIT_CODE_LINES.join('\n')}`;
