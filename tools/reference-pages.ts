/**
 * The pages of docs/ksr/: one for each module, the index, and what is covered.
 *
 * @module
 */
import type { KemiModule } from '../src/kemi/module.ts';
import { STANDARD_MODULES } from '../src/modules/standard.ts';
import { type CoverageRow, countStates, coverageOf, KINDS } from '../src/reference/coverage.ts';
import { exampleCode, inLanguage } from '../src/reference/example-code.ts';
import type { Example } from '../src/reference/example-file.ts';
import { type ModParam, settingText } from '../src/reference/example-setting.ts';
import { cfgEntriesOf, type Entry, referenceOf } from '../src/reference/reference.ts';
import { anchor, block, inline, NOTE, table } from './markdown.ts';
import { waits } from './run-examples.ts';

/** Parts of kemihost's KSR that are no module of Kamailio's. */
const WITHOUT_PAGE = new Set(['core', 'x']);

/** A function's example, in both languages. */
function exampleBlocks(example: Example): string[] {
	return [
		...(example.ownSettings.length > 0
			? [block('cfg', example.ownSettings.map(settingText).join('\n'))]
			: []),
		...(example.request ? [block('http', example.request)] : []),
		block('lua', exampleCode(example, 'lua', waits)),
		block('js', exampleCode(example, 'javascript', waits)),
		...(example.logs.length > 0 ? [`In the log: ${example.logs.map(inline).join(', ')}\n`] : []),
		...(example.reply ? [block('http', example.reply)] : []),
		...(example.needs ? [`Needs ${example.needs}.\n`] : []),
	];
}

function functionSection(entry: Entry, shown: Map<Example, string>): string {
	const [name] = entry.names;
	const parts = [
		`### ${name}\n`,
		`${inline(entry.signature)}\n`,
		`${entry.doc}\n`,
		`Returns ${entry.returns}.\n`,
	];
	if (entry.fn?.cfg) parts.push(`In kamailio.cfg: ${inline(entry.fn.cfg)}.\n`);
	const { example } = entry;
	const other = example && shown.get(example);
	if (other) parts.push(`Example: see [${other}](#${anchor(other)}).\n`);
	else if (example) {
		shown.set(example, name);
		parts.push(...exampleBlocks(example));
	}
	return parts.join('\n');
}

/** An example in a cell of a table. It is the same in both languages. */
function exampleCell(example: Example | undefined): string {
	if (!example) return '';
	const [first = ''] = example.request.split('\n');
	const lines = example.steps.map(
		({ code, gives, within }) =>
			(within ? `in ${within}: ` : '') +
			inline(code) +
			(gives === undefined ? '' : ` → ${inline(inLanguage(gives, 'javascript'))}`),
	);
	const context = [...example.ownSettings.map(settingText), ...example.request.split('\n').filter(Boolean)];
	return [...(first || example.ownSettings.length > 0 ? context.map(inline) : []), ...lines].join('<br>');
}

/** What all examples of a module have in common. */
function settingsOfAll(entries: readonly Entry[]): readonly ModParam[] {
	const example = entries.find((entry) => entry.example)?.example;
	return example ? example.settings.slice(0, example.settings.length - example.ownSettings.length) : [];
}

function modulePage(module: KemiModule): string {
	const { name } = module;
	const entries = referenceOf([module]);
	const shown = new Map<Example, string>();
	const parts = [`# ${name}\n`, NOTE, `${module.doc}\n`];
	if (!WITHOUT_PAGE.has(name))
		parts.push(
			`Kamailio's own documentation: [${name}](https://www.kamailio.org/docs/modules/stable/modules/${name}.html).\n`,
		);
	const section = (title: string, head: readonly string[], rows: readonly (readonly string[])[]) => {
		if (rows.length > 0) parts.push(`## ${title}\n`, table(head, rows));
	};
	section(
		'Parameters',
		['modparam', 'type', 'default', ''],
		(module.params ?? []).map((p) => [`\`${p.name}\``, p.type, `${p.default ?? ''}`, p.doc]),
	);
	section(
		'Events',
		['event', 'callback', ''],
		(module.events ?? []).map((e) => [`\`${e.name}\``, `modparam \`${e.callbackParam}\``, e.doc]),
	);
	section(
		'RPC commands',
		['command', 'arguments', ''],
		(module.rpc ?? []).map(({ name, usage, doc }) => [inline(name), usage ? inline(usage) : '', doc]),
	);
	const forAll = settingsOfAll(entries);
	if (forAll.length > 0)
		parts.push('## Settings of the examples\n', block('cfg', forAll.map(settingText).join('\n')));
	const functions = entries.filter(({ kind }) => kind === 'function');
	if (functions.length > 0)
		parts.push('## Functions\n', ...functions.map((entry) => functionSection(entry, shown)));
	section(
		"In Kamailio's own language",
		['function', ''],
		cfgEntriesOf([module]).map(({ signature, doc }) => [inline(signature), doc]),
	);
	for (const [kind, title] of [
		['variable', 'Variables'],
		['transformation', 'Transformations'],
	] as const)
		section(
			title,
			[kind, '', 'example'],
			entries
				.filter((entry) => entry.kind === kind)
				.map(({ names, signature, doc, returns, example }) => [
					kind === 'variable' ? names.map(inline).join(' ') : inline(signature),
					[doc, returns].filter(Boolean).join(' '),
					exampleCell(example),
				]),
		);
	return parts.join('\n');
}

function indexPage(): string {
	const rows = STANDARD_MODULES.map((module) => [
		`[${module.name}](${module.name}.md)`,
		module.functions?.length
			? inline(module.ksrName === '' ? 'KSR' : `KSR.${module.ksrName ?? module.name}`)
			: '',
		`${module.functions?.length ?? 0}`,
		`${module.variables?.length ?? 0}`,
		`${module.transformations?.length ?? 0}`,
		module.doc,
	]);
	return `# KSR reference

${NOTE}
Everything a script can call, read and set, by the module that brings it. \`kemihost api NAME\` shows the same in the terminal;
[coverage.md](coverage.md) lists what of Kamailio is not there.

Types are those of Kamailio's tables: \`str\`, \`int\` (32 bits), \`long\` (53 bits), \`bool\`, \`xval\` (whatever comes: string, number,
null), \`none\` (gives \`false\`). \`str or null\` also takes null, undefined and nil, which is null in Lua. A call with wrong arguments
gives \`false\` and an error in the log with file and line ([more](../rationale.md#wrong-arguments)).

Examples are executed by the tests, in Lua and in JavaScript. Behind \`--\` and \`//\` stands what an expression gives. The code in tables
is the same in both languages.

${table(['module', 'in scripts', 'functions', 'variables', 'transformations', ''], rows)}`;
}

/** A list of names by module. */
function byModule(rows: readonly CoverageRow[]): string {
	const modules = Map.groupBy(rows, ({ module }) => module);
	return table(
		['module', ''],
		[...modules].map(([module, of]) => [module, of.map(({ name }) => inline(name)).join(' ')]),
	);
}

function coveragePage(): string {
	const rows = coverageOf(STANDARD_MODULES);
	const summary = KINDS.map(([kind, title]) => {
		const { done, sip, missing } = countStates(rows.filter((row) => row.kind === kind));
		return [title, `${done}`, `${sip}`, `${missing}`];
	});
	const sections = KINDS.flatMap(([kind, title]) => {
		const of = rows.filter((row) => row.kind === kind);
		const missing = of.filter(({ state }) => state === 'missing');
		const reasons = Map.groupBy(missing, ({ reason }) => reason);
		return [
			`## ${title[0]?.toUpperCase()}${title.slice(1)} that are not done\n`,
			table(
				['reason', ''],
				[...reasons].map(([reason, these]) => [
					reason || 'not said',
					these.map(({ name }) => inline(name)).join(' '),
				]),
			),
			`## ${title[0]?.toUpperCase()}${title.slice(1)} of SIP servers\n`,
			byModule(of.filter(({ state }) => state === 'sip')),
		];
	});
	return `# What of Kamailio is there

${NOTE}
From the tables in data/, which list what Kamailio's modules export. Those of SIP servers are known by name: a script that holds
them loads, and a call says that it needs a SIP server. \`kemihost api --missing\` prints what is not done.

${table(['', 'done', 'of SIP servers', 'not done'], summary)}
${sections.join('\n')}`;
}

/** All pages. */
export function referencePages(): { path: string; content: string }[] {
	return [
		{ path: 'docs/ksr/README.md', content: indexPage() },
		{ path: 'docs/ksr/coverage.md', content: coveragePage() },
		...STANDARD_MODULES.map((module) => ({
			path: `docs/ksr/${module.name}.md`,
			content: modulePage(module),
		})),
	];
}
