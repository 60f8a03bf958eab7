/**
 * Prints the answers of RPC commands: as JSON in the form of Kamailio's jsonrpcs, and in the form of kamcmd.
 *
 * @module
 */
import { isAscii, textOf } from '../bytes.ts';
import type { RpcValue } from '../kemi/rpc.ts';

/** Texts of Kamailio's own faults may end with a line feed, which must not get into a status line. */
export function oneLine(text: string): string {
	return text.replace(/[\r\n]+/g, ' ').trim();
}

/** A byte string as JSON: characters above ASCII as they are, in UTF-8. */
function jsonString(bytes: string): string {
	const text = JSON.stringify(isAscii(bytes) ? bytes : textOf(bytes));
	return isAscii(text) ? text : Buffer.from(text).toString('latin1');
}

/**
 * A value as JSON with tabs, as srjson and cJSON print it: members of a structure on lines of their own, lists on one.
 * @param depth how many tabs stand before the value's line
 */
export function printJson(value: RpcValue, depth = 0): string {
	if (typeof value === 'string') return jsonString(value);
	// JSON has no number for a document's 1e999
	if (typeof value === 'number' || value === null) return Number.isFinite(value) ? String(value) : 'null';
	if (isList(value)) return `[${value.map((member) => printJson(member, depth + 1)).join(', ')}]`;
	const tabs = '\t'.repeat(depth);
	const members = Object.entries(value)
		.map(([name, member]) => `${tabs}\t${jsonString(name)}:\t${printJson(member, depth + 1)}`)
		.join(',\n');
	return members ? `{\n${members}\n${tabs}}` : `{\n${tabs}}`;
}

function isList(value: RpcValue): value is readonly RpcValue[] {
	return Array.isArray(value);
}

/** A value for a terminal, in the form of kamcmd: scalars a line each, structures and nested lists in braces. */
export function printPlain(value: RpcValue, tabs = ''): string {
	if (!isStructured(value)) return `${tabs}${value ?? ''}\n`;
	if (isList(value)) return value.map((member) => printPlain(member, tabs)).join('');
	const members = Object.entries(value).map(([name, member]) => printMember(name, member, `${tabs}\t`));
	return `${tabs}{\n${members.join('')}${tabs}}\n`;
}

function printMember(name: string, value: RpcValue, tabs: string): string {
	if (!isStructured(value)) return `${tabs}${name}: ${value ?? ''}\n`;
	if (isList(value)) return `${tabs}${name}: {\n${printPlain(value, `${tabs}\t`)}${tabs}}\n`;
	return `${tabs}${name}: ${printPlain(value, tabs).trimStart()}`;
}

function isStructured(value: RpcValue): value is Exclude<RpcValue, string | number | null> {
	return typeof value === 'object' && value !== null;
}
