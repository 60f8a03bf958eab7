/**
 * Commands as scripts write them: words between blanks, with `%s` for what the arguments give (hiredis: redisvFormatCommand).
 *
 * @module
 */

/** What is wrong with a command, in words. */
export class FormatError extends Error {}

/**
 * The parts of a command. An argument may hold anything, blanks too: it never becomes two parts.
 * @param format byte string; `%s` takes the next argument, `%%` is a percent sign
 * @throws FormatError for another `%`, or one without an argument: hiredis takes it for a number or a length, and
 *   reads memory that belongs to something else
 */
export function formatCommand(format: string, args: readonly string[]): string[] {
	const parts: string[] = [];
	let part = '';
	let begun = false;
	let taken = 0;
	for (let i = 0; i < format.length; i++) {
		const char = format.charAt(i);
		if (char === ' ') {
			if (begun) parts.push(part);
			part = '';
			begun = false;
			continue;
		}
		begun = true;
		const next = format.charAt(i + 1);
		if (char !== '%' || next === '') part += char;
		else if (next === '%') part += '%';
		else if (next !== 's') throw new FormatError(`%${next} is not known; %s stands for an argument`);
		else if (taken === args.length)
			throw new FormatError(`there are more %s than arguments, of which there are ${args.length}`);
		else part += args[taken++];
		if (char === '%' && next !== '') i++;
	}
	if (begun) parts.push(part);
	if (parts.length === 0) throw new FormatError('the command is empty');
	return parts;
}
