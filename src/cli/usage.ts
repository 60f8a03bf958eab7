/**
 * Errors in the command line itself.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { EXIT_CODES, KemihostError } from '../errors.ts';
import { suggest } from '../kemi/suggest.ts';

const HELP_HINT = 'kemihost --help lists commands and flags';

/** What the command line can hold. */
export interface Usage {
	/** The words of the command line as they were given. */
	readonly args: readonly string[];
	/** How the command is called that they name, `rpc <name> [args..]`; undefined where they name none. */
	readonly command: string | undefined;
	/** The names of all flags there are. */
	readonly flags: readonly string[];
}

/** What yargs complains about, as an error with a suggestion. */
export function usageError(message: string, usage: Usage): KemihostError {
	const { command } = usage;
	const help = command === undefined ? HELP_HINT : `kemihost ${command.split(' ')[0]} --help`;
	const error = (text: string, hint = help) => new KemihostError('KH_USAGE', text, { hint });
	const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? [];
	if (unknown !== undefined) return unknownError(unknown, usage, error);
	const [, given] = /^Not enough non-option arguments: got (\d+)/.exec(message) ?? [];
	if (given !== undefined && command !== undefined) {
		const missing = [...command.matchAll(/<[^>]+>/g)].slice(Number(given)).join(' and ');
		return error(`${missing} is missing: kemihost ${command}`);
	}
	const [, name, value, choices] = /Argument: (\S+), Given: "(.*)", Choices: (.*)/.exec(message) ?? [];
	if (name !== undefined) {
		const what = usage.flags.includes(name) ? `--${name}` : `<${name}>`;
		return error(`${what} cannot be "${value}"`, `one of ${choices}`);
	}
	const [, bare] = /^Not enough arguments following: (\S+)/.exec(message) ?? [];
	if (bare !== undefined) return error(`${bare.length > 1 ? '--' : '-'}${bare} wants a value`);
	return error(message);
}

function unknownError(
	unknown: string,
	{ args, flags }: Usage,
	error: (text: string, hint?: string) => KemihostError,
): KemihostError {
	if (args.includes(unknown)) return error(`"${unknown}" is one word too many`);
	if (unknown.length === 1) return error(`there is no flag -${unknown}`);
	const longer = flags.filter((flag) => flag.startsWith(`${unknown}-`));
	const near = longer.length > 0 ? longer : [suggest(unknown, flags) ?? []].flat();
	const names = [...new Set(near)].map((flag) => `--${flag}`).join(' or ');
	return error(`there is no flag --${unknown}`, names === '' ? undefined : `did you mean ${names}?`);
}

/**
 * Refuses a first word that is no command and cannot be a script: it has no ending, and no file has that name.
 * @throws KemihostError `KH_USAGE`
 */
export function refuseNoCommand(word: string, commands: readonly string[]): void {
	if (!/^[a-z]+$/.test(word) || word === 'help' || existsSync(word)) return;
	const near = suggest(word, commands);
	throw new KemihostError('KH_USAGE', `there is no command ${word}`, {
		hint: near ? `did you mean ${near}?` : HELP_HINT,
	});
}

/** Flags that take a number, for the option's `coerce`: anything else would be taken for no number at all. */
export function numberFor(flag: string): (value: number) => number {
	return (value) => {
		if (!Number.isNaN(value)) return value;
		throw new Error(`--${flag} wants a number`);
	};
}

const EXIT_CODE_LINES = Object.values(EXIT_CODES).map(
	({ code, doc }) => `  ${String(code).padStart(2)}  ${doc}`,
);

/** What stands below every help text. */
export const EPILOGUE = `Every flag can also be set as KEMIHOST_… in the environment (KEMIHOST_LOG_LEVEL=debug) and by its name in the JSON file given with --config. A flag wins over the environment, the environment over the file.

Exit codes:
${EXIT_CODE_LINES.join('\n')}`;
