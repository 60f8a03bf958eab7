/**
 * `kemihost api`: the reference in the terminal.
 *
 * @module
 */
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { KemihostError } from '../errors.ts';
import { knownCfgFunctions, needsSip } from '../kemi/cfg-names.ts';
import { ExportTable } from '../kemi/exports.ts';
import { suggest } from '../kemi/suggest.ts';
import { STANDARD_MODULES } from '../modules/standard.ts';
import { coverageOf } from '../reference/coverage.ts';
import { cfgEntriesOf, type Entry, ownerOf, referenceOf } from '../reference/reference.ts';
import { coverageText, entryText, listText, modulesText, moduleText } from '../reference/terminal.ts';
import type { Command } from './command.ts';
import { EPILOGUE } from './usage.ts';

const OPTIONS = {
	missing: {
		type: 'boolean',
		default: false,
		describe: 'what of Kamailio is there, what is missing, and why',
	},
} as const satisfies Record<string, Options>;

type ApiArguments = InferredOptionTypes<typeof OPTIONS> & { name?: string };

function builder(yargs: Argv): Argv<ApiArguments> {
	return yargs
		.positional('name', {
			type: 'string',
			describe: 'a function, variable, transformation or module, or a part of a name',
		})
		.options(OPTIONS)
		.example('$0 api', 'the modules')
		.example('$0 api hdr', 'all of a module')
		.example('$0 api KSR.hdr.get', 'a function, with an example')
		.example("$0 api '$hu'", 'a variable')
		.example('$0 api s.substr', 'a transformation')
		.example('$0 api --missing', 'what of Kamailio is not there')
		.epilogue(EPILOGUE) as unknown as Argv<ApiArguments>;
}

/** The forms in which people write a name. */
const writtenAs = (name: string) => [name, `KSR.${name}`, `$${name}`, `{${name}}`];

/** What `kemihost api NAME` prints. */
function describe(name: string): string {
	const entries = referenceOf(STANDARD_MODULES);
	const modules = STANDARD_MODULES.filter((module) => name === module.name || name === ownerOf(module));
	// the function of KSR stands in front of its twin in Kamailio's own language
	const forms = cfgEntriesOf(STANDARD_MODULES).filter(({ names }) => names.includes(name));
	const isTwin = ({ names }: Entry) => forms.length > 0 && names.some((path) => path.endsWith(`.${name}`));
	if (modules.length > 0)
		return modules
			.map((module) => moduleText(module, [...referenceOf([module]), ...cfgEntriesOf([module])]))
			.join('\n');
	const exact = [
		...entries.filter(
			(entry) =>
				entry.fn?.cfg === name || writtenAs(name).some((form) => entry.names.includes(form)) || isTwin(entry),
		),
		...forms,
	];
	const table = new ExportTable(STANDARD_MODULES, () => {});
	const waits = (path: string) => table.find(path)?.declaration.waits === true;
	if (exact.length > 0) return exact.map((entry) => entryText(entry, waits)).join('\n');
	const part = name.toLowerCase();
	const found = entries.filter((entry) => entry.names.some((known) => known.toLowerCase().includes(part)));
	return found.length > 0 ? listText(found) : explainAbsence(name, entries);
}

/** Something of Kamailio that is not here, or nothing at all. */
function explainAbsence(name: string, entries: readonly Entry[]): string {
	const row = coverageOf(STANDARD_MODULES).find((known) => writtenAs(name).includes(known.name));
	if (row?.state === 'sip')
		return `${row.name} belongs to Kamailio's module ${row.module} and needs a SIP server.\n`;
	if (row)
		return `${row.name} belongs to Kamailio's module ${row.module} and is not here: ${row.reason || 'not done'}.\n`;
	const [cfg] = knownCfgFunctions(name);
	if (cfg)
		return `${name} belongs to Kamailio's module ${cfg.module} and ${needsSip(cfg.module) ? 'needs a SIP server' : 'is not here'}.\n`;
	const near = suggest(
		name,
		entries.flatMap(({ names }) => [...names]).flatMap((known) => [known, known.replace(/^KSR\./, '')]),
	);
	throw new KemihostError('KH_USAGE', `there is nothing called ${name}`, {
		hint: near ? `did you mean ${near}?` : 'kemihost api lists the modules',
	});
}

async function handler({ name, missing }: ApiArguments): Promise<void> {
	process.stdout.write(
		missing
			? coverageText(coverageOf(STANDARD_MODULES))
			: name === undefined
				? modulesText(STANDARD_MODULES)
				: describe(name),
	);
}

/** The command. */
export const apiCommand: Command<ApiArguments> = {
	command: 'api [name]',
	describe: 'show the reference of KSR, variables and transformations',
	options: OPTIONS,
	builder,
	handler,
};
