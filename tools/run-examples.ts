/**
 * Runs the examples of the reference (docs/examples): each handles a request of its own, those with the same settings
 * one after the other in one host.
 *
 * @module
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { textOf } from '../src/bytes.ts';
import { createHost } from '../src/host.ts';
import type { HttpReply } from '../src/http/reply.ts';
import { type HttpRequest, makeRequest } from '../src/http/request.ts';
import { ExportTable } from '../src/kemi/exports.ts';
import type { Language } from '../src/kemi/language.ts';
import { defineModule, fn, int, str } from '../src/kemi/module.ts';
import { LEVELS } from '../src/log/levels.ts';
import { STANDARD_MODULES } from '../src/modules/standard.ts';
import { byFunction, functionCode, stepCode } from '../src/reference/example-code.ts';
import type { Example, Step } from '../src/reference/example-file.ts';
import type { ModParam } from '../src/reference/example-setting.ts';
import { ROOT } from './command.ts';
import { Upstream } from './upstream.ts';

/** What came of one example. */
export interface Outcome {
	/** What each step gave; undefined for statements and for what was not reached. */
	readonly values: readonly unknown[];
	readonly reply: HttpReply;
	/** The log, each line as `level text`. */
	readonly logs: readonly string[];
}

const table = new ExportTable(STANDARD_MODULES, () => {});

/** True for a function that JavaScript has to await. */
export const waits = (path: string): boolean => table.find(path)?.declaration.waits === true;

/** A script that runs example after example, as a module of the test says. */
function scriptOf(examples: readonly Example[], language: Language): string {
	const lua = language === 'lua';
	const toJson = lua ? 'json.encode' : 'json';
	const run = (step: Step, index: number) => {
		const code = stepCode(step, language, waits);
		return step.gives === undefined ? code : `KSR.example.gives(${index}, ${toJson}(${code}))`;
	};
	const functions = examples.flatMap((example, i) =>
		byFunction(example).map(([name, steps]) => {
			const code = steps.map((step) => run(step, example.steps.indexOf(step))).join(lua ? '\n' : ';\n');
			if (name !== undefined) return functionCode(name, code, language);
			return lua
				? `examples[${i}] = function()\n${code}\nend`
				: `examples[${i}] = async function () {\n${code}\n}`;
		}),
	);
	return lua
		? `local json = require("cjson").new()\nlocal examples = {}\n${functions.join('\n')}
function ksr_xhttp_event() examples[KSR.example.number()]() end`
		: `const json = (value) => JSON.stringify(value) ?? 'null';\nconst examples = [];\n${functions.join('\n')}
async function ksr_xhttp_event() { await examples[KSR.example.number()]() }`;
}

/** Stands in examples for a server that the tests start. */
const UPSTREAM = '//upstream';
/** How long to wait for what an example does in the background, in milliseconds. */
const LATEST = 10_000;
/** Media types whose lines end with CR LF. */
const CRLF_TYPES = /^Content-Type: (multipart\/|application\/sdp)/im;

/** The request of an example. */
function requestOf({ request }: Example): HttpRequest {
	const [head = '', ...rest] = request.split('\n\n');
	const [first = '', ...lines] = head.split('\n');
	const [method = 'GET', target = '/'] = first === '' ? [] : first.split(' ');
	const headers = lines.map((line): [string, string] => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon), line.slice(colon + 1).trim()];
	});
	const text = rest.join('\n\n');
	const body = Buffer.from(CRLF_TYPES.test(head) ? text.replaceAll('\n', '\r\n') : text);
	if (body.length > 0) headers.push(['Content-Length', String(body.length)]);
	return makeRequest({
		method,
		target,
		headers: [['Host', 'localhost'], ...headers],
		body,
		connection: {
			remote: { address: '127.0.0.1', port: 50_000 },
			local: { address: '127.0.0.1', port: 8080 },
		},
	});
}

/** Runs examples of one file in one language; gives what came of each. */
export async function runExamples(examples: readonly Example[], language: Language): Promise<Outcome[]> {
	const groups = Map.groupBy(examples, ({ settings }) => JSON.stringify(settings));
	const outcomes = new Map<Example, Outcome>();
	for (const group of groups.values())
		for (const [i, outcome] of (await runGroup(group, language)).entries())
			outcomes.set(group[i] as Example, outcome);
	return examples.map((example) => outcomes.get(example) as Outcome);
}

/** A database for the statements of a sample file: `sqlite://docs/samples/tables.sql`. */
const DATABASE = /^sqlite:\/\/(docs\/samples\/(\w+)\.sql)$/;

/** A setting whose value names a sample file by its path from the root folder. */
function fromRoot(setting: ModParam, folder: string): ModParam {
	const { value } = setting;
	if (typeof value !== 'string') return setting;
	if (value.startsWith('docs/samples/')) return { ...setting, value: ROOT + value };
	const [, statements, name] = DATABASE.exec(value) ?? [];
	if (!statements) return setting;
	const file = join(folder, `${name}.db`);
	if (!existsSync(file)) {
		const db = new DatabaseSync(file);
		db.exec(readFileSync(ROOT + statements, 'utf8'));
		db.close();
	}
	return { ...setting, value: `sqlite://${file}` };
}

async function runGroup(examples: readonly Example[], language: Language): Promise<Outcome[]> {
	const server = JSON.stringify(examples).includes(UPSTREAM) ? await Upstream.start() : undefined;
	try {
		return await runIn(server ? server.inPlaceOf(UPSTREAM, examples) : examples, language);
	} finally {
		server?.close();
	}
}

async function runIn(examples: readonly Example[], language: Language): Promise<Outcome[]> {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-examples-'));
	const script = join(folder, language === 'lua' ? 'example.lua' : 'example.js');
	writeFileSync(script, scriptOf(examples, language));
	let current = 0;
	let values: unknown[] = [];
	let logs: string[] = [];
	let onValue = () => {};
	const example = defineModule({
		name: 'example',
		doc: 'Tells a script which example to run, and is told what it gives.',
		functions: [
			fn('number', [], 'int', 'The number of the example.', () => current),
			fn('gives', [int('step'), str('json')], 'none', 'Takes what a step gave.', (_ctx, step, json) => {
				values[step] = JSON.parse(textOf(json));
				onValue();
			}),
		],
	});
	const host = await createHost({
		script,
		modules: [example],
		modparams: (examples[0]?.settings ?? []).map((setting) => fromRoot(setting, folder)),
		logLevel: LEVELS.debug,
		log: ({ level, text }) => void logs.push(`${level} ${text}`),
	});
	try {
		const outcomes: Outcome[] = [];
		for (current = 0; current < examples.length; current++) {
			values = [];
			logs = [];
			const example = examples[current] as Example;
			const reply = await host.dispatch(requestOf(example));
			// What runs in the background may come later.
			const awaited = example.steps.flatMap(({ within, gives }, i) => (within && gives ? [i] : []));
			const giveUp = AbortSignal.timeout(LATEST);
			while (awaited.some((i) => values[i] === undefined) && !giveUp.aborted)
				await new Promise<void>((resolve) => {
					onValue = resolve;
					giveUp.addEventListener('abort', () => resolve(), { once: true });
				});
			outcomes.push({ values, reply, logs });
		}
		return outcomes;
	} finally {
		await host.close();
		rmSync(folder, { recursive: true, force: true });
	}
}
