/**
 * Makes JavaScript report which of its lines run, by a call before each statement.
 *
 * @module
 */
import { Insertions } from '../../probes/insertions.ts';
import { parseScript, probeStatements } from '../../probes/javascript.ts';
import type { Instrumented } from './instrumented.ts';

/**
 * @param code text
 * @param id the file's number
 * @param call what is called with it and the line
 * @returns undefined if the source does not parse
 */
export function instrumentJavaScript(
	code: string,
	id: number,
	call: string,
	isModule: boolean,
): Instrumented | undefined {
	const tree = parseScript(code, isModule);
	if (!tree) return undefined;
	const name = `__kemihost_line_${id}`;
	const insertions = new Insertions();
	const lines = new Set<number>();
	probeStatements(tree, insertions, (_statement, line) => {
		lines.add(line);
		return `${name}(${line});`;
	});
	const helper = `\nfunction ${name}(n){const s=${name}.s??=new Set();if(!s.has(n)){s.add(n);${call}(${id},n)}}`;
	return { code: insertions.apply(code) + helper, lines: [...lines].sort((a, b) => a - b) };
}
