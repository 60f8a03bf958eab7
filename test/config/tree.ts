/**
 * A configuration's tree as text, a node a line: where it is, its kind, what it holds; its parts below it.
 *
 * @module
 */
import { textOf } from '../../src/bytes.ts';
import type { ConfigFile, Position } from '../../src/config/kamailio/ast.ts';

/** Positions beside `at`, which would only make noise. */
const LEFT_OUT = new Set(['at', 'kind', 'operatorAt', 'end']);

type Fields = Record<string, unknown>;

const isNode = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && 'at' in value;

function scalar(value: unknown): string {
	if (typeof value === 'string') return JSON.stringify(textOf(value));
	return JSON.stringify(value);
}

function show(node: Fields, label: string, indent: string): string {
	const at = node['at'] as Position;
	const where = at.file === 'test.cfg' ? '' : `${at.file}:`;
	const own: string[] = [];
	let below = '';
	for (const [name, value] of Object.entries(node)) {
		if (LEFT_OUT.has(name) || value === undefined) continue;
		if (isNode(value)) below += show(value, `${name}: `, `${indent}  `);
		else if (Array.isArray(value) && value.some(isNode)) {
			below += `${indent}  ${name}:\n`;
			for (const item of value) below += show(item as Fields, '- ', `${indent}    `);
		} else own.push(`${name}=${scalar(value)}`);
	}
	const head = [node['kind'], ...own].filter(Boolean).join(' ');
	return `${indent}${label}${head} @${where}${at.line}:${at.column}\n${below}`;
}

/** The whole tree. */
export function showTree({ settings, routes, defines }: ConfigFile): string {
	const nodes = [...settings, ...routes] as unknown as Fields[];
	const own = [...defines].filter(([name]) => !/^(KAMAILIO_|KEMIHOST$)/.test(name));
	const table = own.map(([name, value]) => `define ${name} ${scalar(value)}\n`);
	return table.join('') + nodes.map((node) => show(node, '', '')).join('');
}
