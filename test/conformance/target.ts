/**
 * Starts kemihost for one case of the corpus: what the runner passes as placeholders becomes flags of `kemihost run`.
 *
 *     node target.ts ENGINE SCRIPT PORT DEBUG MODPARAMS.json CASE.json
 *
 * For Kamailio's own language the script is the configuration that the runner writes.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { main } from '../../src/cli.ts';

/** The part of a case that says how the host is set up. */
interface CaseSetup {
	callback?: string;
	cfgExtra?: string;
}

const [engine = '', script = '', port = '', debug = '', modparamsFile = '', caseFile = ''] =
	process.argv.slice(2);
const modparams = JSON.parse(readFileSync(modparamsFile, 'utf8')) as [string, string, string | number][];
const setup = JSON.parse(readFileSync(caseFile, 'utf8')) as CaseSetup;
const defines = [...(setup.cfgExtra ?? '').matchAll(/^#!define (\w+)(?: (.*))?$/gm)];

/** What a script is told by flags; a configuration says it itself. */
const flags = [
	`--engine=${engine}`,
	`--listen=127.0.0.1:${port}`,
	`--log-level=${debug}`,
	...(setup.callback ? [`--event-callback=${setup.callback}`] : []),
	...modparams.map(
		([module, name, value]) =>
			`--modparam=${module}:${name}:${typeof value === 'number' ? 'i' : 's'}:${value}`,
	),
	...defines.map(([, name, value]) => `--define=${name}=${value ?? ''}`),
];

await main([
	'run',
	script,
	'--log-format=kamailio',
	'--children=0',
	'--control=-',
	...(engine === 'native' ? [] : flags),
]);
