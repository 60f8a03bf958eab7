/**
 * The reference as text for a terminal.
 *
 * @module
 */
import type { KemiModule } from '../kemi/module.ts';
import { type CoverageRow, countStates, KINDS } from './coverage.ts';
import { exampleCode } from './example-code.ts';
import type { Example } from './example-file.ts';
import { settingText } from './example-setting.ts';
import { type Entry, ownerOf } from './reference.ts';

/** Breaks a text into lines of a width, each with blanks in front. */
export function wrap(text: string, indent: number, width = 100): string {
	const space = ' '.repeat(indent);
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line && line.length + word.length + 1 > width - indent) {
			lines.push(line);
			line = word;
		} else line = line ? `${line} ${word}` : word;
	}
	return [...lines, line].map((part) => `${space}${part}\n`).join('');
}

const indented = (text: string, indent = 4) => text.replace(/^(?=.)/gm, ' '.repeat(indent));

function exampleText(example: Example, waits: (path: string) => boolean): string {
	const before = [...example.settings.map(settingText), ...(example.request ? [example.request] : [])];
	const after = [...example.logs.map((line) => `log: ${line}`), ...(example.reply ? [example.reply] : [])];
	const part = (title: string, text: string) => `  ${title}\n${indented(text)}\n`;
	return [
		...(before.length > 0 ? [part('Given', before.join('\n'))] : []),
		part('Lua', exampleCode(example, 'lua', waits)),
		part('JavaScript', exampleCode(example, 'javascript', waits)),
		...(after.length > 0 ? [part('What comes of it', after.join('\n'))] : []),
		...(example.needs ? [`  Needs ${example.needs}.\n`] : []),
	].join('\n');
}

/** All there is to say of one entry. */
export function entryText(entry: Entry, waits: (path: string) => boolean): string {
	const { signature, doc, returns, module, fn, example } = entry;
	const only = fn !== undefined && module.cfgFunctions?.includes(fn);
	const where = [
		`Module ${module.name}`,
		...(only ? ['in kamailio.cfg'] : []),
		...(fn?.cfg ? [`in kamailio.cfg ${fn.cfg}`] : []),
	].join(', ');
	const parts = [
		`${signature}\n`,
		wrap(doc, 2),
		...(returns ? [wrap(fn ? `Returns ${returns}.` : returns, 2)] : []),
		wrap(`${where}.`, 2),
	];
	return parts.join('') + (example ? `\n${exampleText(example, waits)}` : '');
}

/** One line for each of some entries. */
export function listText(entries: readonly Entry[]): string {
	return entries.map(({ signature, doc }) => `${signature}\n${wrap(doc, 4)}`).join('');
}

/** A module: what it is, its parameters, and a line for each entry. */
export function moduleText(module: KemiModule, entries: readonly Entry[]): string {
	const params = (module.params ?? []).map(
		(p) => `modparam("${module.name}", "${p.name}", ${p.type})\n${wrap(p.doc, 4)}`,
	);
	return `${module.name}: ${module.doc}\n\n${params.join('')}${params.length > 0 ? '\n' : ''}${listText(entries)}`;
}

/** The modules there are. */
export function modulesText(modules: readonly KemiModule[]): string {
	const width = Math.max(...modules.map(({ name }) => name.length)) + 2;
	return modules
		.map((module) => {
			const owner = module.functions?.length ? ` (${ownerOf(module)})` : '';
			return `${module.name.padEnd(width)}${module.doc}${owner}\n`;
		})
		.join('');
}

/** How much of Kamailio is there, and what is not done, by reason. */
export function coverageText(rows: readonly CoverageRow[]): string {
	const lines = KINDS.map(([kind, title]) => {
		const { done, sip, missing } = countStates(rows.filter((row) => row.kind === kind));
		return `${title.padEnd(16)}${String(done).padStart(5)} done${String(sip).padStart(6)} of SIP servers${String(missing).padStart(6)} not done\n`;
	});
	const missing = rows.filter(({ state }) => state === 'missing');
	const reasons = [...Map.groupBy(missing, ({ reason }) => reason)].map(
		([reason, these]) => `\n${reason || 'not said'}\n${wrap(these.map(({ name }) => name).join(' '), 2)}`,
	);
	return lines.join('') + reasons.join('');
}
