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

/** A placeholder in a line, or in the value of a define that the line has. */
function placeholderIn(line: string, defines: Defines): string | undefined {
	const values = (line.match(/[A-Za-z_]\w*/g) ?? []).map((word) => defines.get(word) ?? '');
	for (const text of [line, ...values]) {
		const [found] = PLACEHOLDER.exec(text) ?? [];
		if (found) return found;
	}
	return undefined;
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
	const placeholder = placeholderIn(line, defines);
	if (placeholder !== undefined) {
		const hint = `${placeholder} looks like a placeholder of a template, which is to be filled in first`;
		return { hint, wholeLine: true };
	}
	const name = undefinedName([...textOf(line)].slice(at.column - 1).join(''), defines);
	if (name === undefined) return undefined;
	const given = `-A ${name}=... on the command line does`;
	if (missing.length === 0) return { hint: `nothing defines ${name}; ${given}`, wholeLine: false };
	const files = missing.map((file) => `"${file}"`).join(' or ');
	return { hint: `${files} may define ${name}, and is not there; ${given}`, wholeLine: false };
}
