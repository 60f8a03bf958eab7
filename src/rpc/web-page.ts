/**
 * Serves the RPC commands as web pages. What clients of Kamailio's xhttp_rpc look for is in the same places: the
 * outcome in a cell of a table, `200: OK`, and below it the answer in `<pre>`, each line ended by `<br/>`.
 *
 * @module
 */
import { textOf } from '../bytes.ts';
import { escapeHtml } from '../http/html.ts';
import type { RpcValue } from '../kemi/rpc.ts';
import { version } from '../version.ts';
import { groupOf, type WebAddress } from './web-address.ts';

/** What a command came to, or that there is no such page. */
export interface WebOutcome {
	readonly code: number;
	readonly text: string;
	readonly value?: RpcValue;
}

/** What no page answers. */
export const BAD_URL: WebOutcome = { code: 500, text: 'Bad URL' };

const STYLE =
	'body{font:14px/1.5 system-ui,sans-serif;margin:2rem}nav a,td{padding:.2rem .6rem .2rem 0}td{vertical-align:top}' +
	':root{color-scheme:light dark}';

/** A byte string in the page. */
const html = (bytes: string) => escapeHtml(textOf(bytes));

/** An answer as lines: members of structures as `name: value`, what is inside others behind a tab each. */
function printLines(value: RpcValue, tabs = ''): string {
	if (Array.isArray(value)) return value.map((member) => printLines(member, tabs)).join('');
	if (typeof value !== 'object' || value === null) return `${tabs}${html(String(value ?? ''))}<br/>`;
	return Object.entries(value)
		.map(([name, member]) =>
			typeof member === 'object' && member !== null
				? `${tabs}${html(name)}: <br/>${printLines(member, `${tabs}\t`)}`
				: `${tabs}${html(name)}: ${html(String(member ?? ''))}<br/>`,
		)
		.join('');
}

/** A link to another page; the one that is shown stands out. */
function link(root: string, parts: readonly string[], shown: boolean): string {
	const address = [root, ...parts.map(encodeURIComponent)].join('/');
	const anchor = `<a href="${html(address)}">${html(parts.at(-1) as string)}</a>`;
	return shown ? `<b>${anchor}</b>` : anchor;
}

const FORM =
	'<form method="get"><input type="text" name="arg"/> <input type="submit" value="Submit"/></form>';

function rows(cells: readonly (readonly string[])[]): string {
	const row = (cell: readonly string[]) => `<tr>${cell.map((text) => `<td>${text}</td>`).join('')}</tr>\n`;
	return `<table>\n${cells.map(row).join('')}</table>\n`;
}

function content(
	root: string,
	names: readonly string[],
	{ group, command }: WebAddress,
	outcome?: WebOutcome,
) {
	if (outcome === BAD_URL) return `<pre>${BAD_URL.code}: ${BAD_URL.text}</pre>\n`;
	if (group === undefined) return '';
	if (outcome && command) {
		const { code, text, value } = outcome;
		return rows([
			[link(root, [group, command], false), `${code}: ${html(text)}`],
			['', `<pre>${value === undefined ? '' : printLines(value)}</pre>`],
		]);
	}
	const inGroup = names.filter((name) => groupOf(name) === group);
	const list = rows(inGroup.map((name) => [link(root, [group, name], name === command)]));
	return command ? `<h2>${html(command)}</h2>\n${FORM}\n${list}` : list;
}

/**
 * A page: the groups, and below them the commands of one, or a command's form, or what it answered.
 * @param root the address of the pages, with the slash in front; empty where they are all there is
 * @param names all commands
 * @param outcome what the command came to; undefined if none was run
 * @returns a byte string
 */
export function webPage(
	root: string,
	names: readonly string[],
	address: WebAddress,
	outcome?: WebOutcome,
): string {
	const groups = [...new Set(names.map(groupOf))];
	const page = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>kemihost RPC</title>
<style>${STYLE}</style>
<h1>kemihost: RPC</h1>
<nav>${groups.map((group) => link(root, [group], group === address.group)).join('\n')}</nav>
${content(root, names, address, outcome)}<p><small>kemihost ${html(version)}</small></p>
</html>
`;
	return Buffer.from(page).toString('latin1');
}
