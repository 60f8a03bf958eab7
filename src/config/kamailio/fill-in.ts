/**
 * What a configuration lacks because it is filled in elsewhere: placeholders of a template, and names that a file
 * defines which is not there.
 *
 * @module
 */
import { textOf } from '../../bytes.ts';
import type { Defines } from './defines.ts';
import type { Problem } from './problem.ts';
import { KEYWORDS } from './tokens.ts';

/** Forms in which templates and installers have the places that they fill in. */
const PLACEHOLDER = /\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|<[A-Za-z][\w-]*>|@@\w+@@|\$\{\w+\}|%[A-Z]\w*%/;

/** A word as defines are mostly named, which is a name of nothing else. */
const CAPITALS = /^[A-Z][A-Z0-9_]+(?!\w)/;
/** Defines that stand for defines are followed this deep. */
const DEEPEST = 10;

/** What a line has, or a define in it, in the place of a value: a placeholder, or nothing at all. */
function gapIn(line: string, defines: Defines): string | undefined {
	const words = line.match(/[A-Za-z_]\w*/g) ?? [];
	for (const text of [line, ...words.map((word) => defines.get(word) ?? '')]) {
		const [found] = PLACEHOLDER.exec(text) ?? [];
		if (found) return `${found} looks like a placeholder of a template, which is to be filled in first`;
	}
	const empty = line.startsWith('#!') ? undefined : words.find((word) => defines.get(word) === '');
	return empty && `the define ${empty} has no value, which is to be filled in first`;
}

/** The name that a text begins with, or that its defines come to, where nothing defines it. */
function undefinedName(text: string, defines: Defines): string | undefined {
	let [name] = CAPITALS.exec(text) ?? [];
	for (let depth = 0; name !== undefined && defines.has(name) && depth < DEEPEST; depth++)
		[name] = CAPITALS.exec((defines.get(name) ?? '').trim()) ?? [];
	return name !== undefined && KEYWORDS.has(name) ? undefined : name;
}

/**
 * What is missing where the grammar has found something wrong.
 * @param line the line of the problem, a byte string
 * @param missing files that the configuration imports and that are not there, as byte strings
 * @returns a hint; undefined where nothing looks like it
 */
export function fillInHint(
	{ at, topic }: Problem,
	line: string,
	defines: Defines,
	missing: readonly string[],
): { hint: string; wholeLine: boolean } | undefined {
	if (topic !== undefined) return undefined;
	const gap = gapIn(line, defines);
	if (gap !== undefined) return { hint: gap, wholeLine: true };
	const name = undefinedName([...textOf(line)].slice(at.column - 1).join(''), defines);
	if (name === undefined) return undefined;
	const given = `-A ${name}=... on the command line does`;
	if (missing.length === 0) return { hint: `nothing defines ${name}; ${given}`, wholeLine: false };
	const files = missing.map((file) => `"${file}"`).join(' or ');
	return { hint: `${files} may define ${name}, and is not there; ${given}`, wholeLine: false };
}
