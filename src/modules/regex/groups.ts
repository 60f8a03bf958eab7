/**
 * The file of expressions in groups that `pcre_match_group` takes (modules/regex/regex_mod.c).
 *
 * A line that begins with a bracket opens a group; the lines behind it are its expressions, any of which may match. A
 * group without expressions matches the empty text. Lines that are empty or begin with white space or `#` are passed
 * over.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { KemihostError } from '../../errors.ts';
import { compilePcre, type Pcre, type PcreOptions } from './pcre.ts';

/** What limits a file of groups. */
export interface GroupLimits {
	readonly groups: number;
	/** Bytes of all expressions of a group. */
	readonly size: number;
}

/** The expressions of each group, joined to one. */
function parseGroups(text: string, limits: GroupLimits): string[] {
	const groups: string[][] = [];
	for (const line of text.split('\n')) {
		if (/^(?:[ \t-\r]|#|$)/.test(line)) continue;
		if (line.startsWith('[')) {
			groups.push([]);
			if (groups.length > limits.groups) throw new Error(`more than ${limits.groups} groups (max_groups)`);
			continue;
		}
		const group = groups.at(-1);
		if (!group) throw new Error('the first line must open a group: [0]');
		group.push(`(${line})`);
		if (group.join('|').length > limits.size - 4)
			throw new Error(`a group is longer than ${limits.size} bytes (group_max_size)`);
	}
	if (groups.length === 0) throw new Error('there are no groups in it');
	return groups.map((group) => (group.length > 0 ? `(${group.join('|')})` : '^$'));
}

/**
 * Reads and compiles a file of groups.
 * @throws KemihostError `KH_MODPARAM` if it cannot be read or an expression is wrong
 */
export function loadGroups(path: string, options: PcreOptions, limits: GroupLimits): Pcre[] {
	try {
		return parseGroups(readFileSync(path, 'latin1'), limits).map((source) => {
			const compiled = compilePcre(source, options);
			if (typeof compiled === 'string') throw new Error(compiled);
			return compiled;
		});
	} catch (error) {
		throw new KemihostError(
			'KH_MODPARAM',
			`parameter file of module regex: ${path}: ${(error as Error).message}`,
		);
	}
}
