/**
 * How the cost of a request grows with what there is much of: `npm run bench -- --growth`. Measured in this process,
 * from the bytes of a request to the bytes of its reply, without a socket.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KSR_ENGINES } from '../engines/list.ts';
import type { HostOptions } from '../src/host/options.ts';
import { createHost, type Host } from '../src/host.ts';
import { RequestParser } from '../src/http/parser.ts';
import { type HttpReply, serialize } from '../src/http/reply.ts';
import type { ConnectionInfo } from '../src/http/request.ts';
import { defineModule, fn, int } from '../src/kemi/module.ts';
import { withDefaults } from '../src/limits.ts';
import { MemoryStore } from '../src/store/memory.ts';
import { SqliteStore } from '../src/store/sqlite.ts';
import type { SharedStore } from '../src/store/store.ts';
import type { Labels, Series } from './plot.ts';
import { timeOf } from './timing.ts';

/** What the cost of a request may grow with. */
export interface Subject extends Labels {
	/** For files and tables. */
	readonly name: string;
	/** What is measured, for the reader. */
	readonly doc: string;
	measure(options: GrowthOptions): Promise<Series[]>;
}

/** How thoroughly. */
export interface GrowthOptions {
	/** Leaves sizes above this out. */
	readonly largest: number;
	/** As of `timeOf`. */
	readonly rounds: number;
	readonly milliseconds: number;
}

export const FULL_GROWTH: GrowthOptions = { largest: Number.POSITIVE_INFINITY, rounds: 5, milliseconds: 40 };
/** Enough to see that it works. */
export const QUICK_GROWTH: GrowthOptions = { largest: 1000, rounds: 1, milliseconds: 1 };

const COST = 'µs for a request';
const MEGABYTES = 1 << 20;

const sizes = (all: readonly number[], { largest }: GrowthOptions) => all.filter((size) => size <= largest);

/** Makes a host for a script that is given as text, and closes it again. */
async function withHost<T>(
	engine: (typeof KSR_ENGINES)[number],
	script: string,
	options: Partial<HostOptions>,
	work: (host: Host) => T | Promise<T>,
): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-growth-'));
	const path = join(folder, engine.language === 'lua' ? 'handler.lua' : 'handler.js');
	writeFileSync(path, script);
	try {
		const host = await createHost({
			script: path,
			engine: engine.name,
			log: () => {},
			logLevel: -5,
			...options,
		});
		try {
			return await work(host);
		} finally {
			await host.close();
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** A handler around one statement that is the same in both languages but for its end. */
const handler = ({ language }: (typeof KSR_ENGINES)[number], statement: string) =>
	language === 'lua'
		? `function ksr_xhttp_event(evname)\n\t${statement}\nend\n`
		: `function ksr_xhttp_event(evname) {\n\t${statement};\n}\n`;

const reply = (expression: string) => `KSR.xhttp.xhttp_reply(200, "OK", "text/plain", ${expression})`;

/** Microseconds from a request's bytes to its reply's. */
function costOf(host: Host, bytes: Buffer, { rounds, milliseconds }: GrowthOptions): number {
	const endpoint = { address: '127.0.0.1', port: 8080 };
	const info: ConnectionInfo = { id: 1, remote: endpoint, local: endpoint, secure: false, socket: -1 };
	const limits = withDefaults({ headers: MEGABYTES, body: 64 * MEGABYTES });
	const parser = new RequestParser(limits, info);
	const framing = { head: false, keepAlive: true, http10: false, server: '' };
	const once = (): HttpReply => {
		parser.push(bytes);
		const parsed = parser.read();
		if (!parsed) throw new Error('no request was made of the bytes');
		return host.dispatch(parsed.request) as HttpReply;
	};
	const { status } = once();
	if (status !== 200) throw new Error(`the handler replied ${status}`);
	return timeOf(() => serialize(once(), framing), rounds, milliseconds);
}

const request = (head: string, body = '') => Buffer.from(`${head}\r\n${body}`, 'latin1');
const SMALL = request('GET / HTTP/1.1\r\nHost: localhost\r\n');

/** The same subject for every engine. */
async function eachEngine(
	measure: (engine: (typeof KSR_ENGINES)[number]) => Promise<Series['points']>,
): Promise<Series[]> {
	const series: Series[] = [];
	for (const engine of KSR_ENGINES) series.push({ name: engine.name, points: await measure(engine) });
	return series;
}

async function perSize(
	all: readonly number[],
	options: GrowthOptions,
	measure: (size: number) => Promise<number>,
): Promise<Series['points']> {
	const points: (readonly [number, number])[] = [];
	for (const size of sizes(all, options)) points.push([size, await measure(size)]);
	return points;
}

async function keys(options: GrowthOptions): Promise<Series[]> {
	const [engine] = KSR_ENGINES;
	if (!engine) return [];
	const script = handler(engine, reply('KSR.pv.get("$sht(t=>key7)")'));
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-growth-'));
	const stores: Readonly<Record<string, () => SharedStore>> = {
		'one process': () => new MemoryStore({ bytes: 1024 * MEGABYTES }),
		children: () => new SqliteStore(folder, { bytes: 1024 * MEGABYTES }),
	};
	const series: Series[] = [];
	for (const [name, make] of Object.entries(stores)) {
		const store = make();
		const modparams = [{ module: 'htable', name: 'htable', value: 't=>size=16' }];
		const points = await withHost(engine, script, { store, modparams }, async (host) => {
			const table = store.table('htable:t');
			let filled = 0;
			return perSize([10, 100, 1000, 10_000, 100_000, 1_000_000], options, async (size) => {
				for (; filled < size; filled++) table.set(`key${filled}`, `value ${filled}`);
				return costOf(host, SMALL, options);
			});
		});
		store.close();
		series.push({ name, points });
	}
	rmSync(folder, { recursive: true });
	return series;
}

const headers = (options: GrowthOptions) =>
	eachEngine((engine) =>
		withHost(engine, handler(engine, reply('KSR.hdr.get("X-Field-4")')), {}, (host) =>
			perSize([5, 10, 20, 50, 100], options, async (size) => {
				const lines = Array.from({ length: size }, (_, i) => `X-Field-${i}: some value ${i}\r\n`);
				return costOf(host, request(`GET / HTTP/1.1\r\n${lines.join('')}`), options);
			}),
		),
	);

const bodies = (options: GrowthOptions) =>
	eachEngine((engine) =>
		withHost(engine, handler(engine, reply('KSR.pv.get("$rb")')), {}, (host) =>
			perSize([100, 1000, 10_000, 100_000, 1_000_000, 4_000_000], options, async (size) =>
				costOf(host, request(`POST / HTTP/1.1\r\nContent-Length: ${size}\r\n`, 'x'.repeat(size)), options),
			),
		),
	);

/** A script with so many functions that nobody calls, each of a line of 60 bytes or so. */
function longScript(engine: (typeof KSR_ENGINES)[number], count: number): string {
	const one =
		engine.language === 'lua'
			? (i: number) => `function unused_${i}(a, b) if a then return b + ${i} end return a end\n`
			: (i: number) => `function unused_${i}(a, b) { if (a) return b + ${i}; return a; }\n`;
	return Array.from({ length: count }, (_, i) => one(i)).join('') + handler(engine, reply('"hello"'));
}

const scripts = (options: GrowthOptions) =>
	eachEngine((engine) =>
		perSize([10, 100, 1000, 10_000], options, (size) =>
			withHost(engine, longScript(engine, size), {}, (host) => costOf(host, SMALL, options)),
		),
	);

/** Milliseconds until a host is ready, the least of three. */
async function loading(start: () => Promise<unknown>): Promise<number> {
	const times: number[] = [];
	for (let i = 0; i < 3; i++) {
		const began = performance.now();
		await start();
		times.push(performance.now() - began);
	}
	return Math.min(...times);
}

const loads = (options: GrowthOptions) =>
	eachEngine((engine) =>
		perSize([10, 100, 1000, 10_000], options, (size) => {
			const script = longScript(engine, size);
			return loading(() => withHost(engine, script, {}, () => undefined));
		}),
	);

/** A module with so many functions. */
const manyFunctions = (count: number) =>
	defineModule({
		name: 'many',
		doc: 'Functions that nobody calls.',
		functions: Array.from({ length: count }, (_, i) =>
			fn(`function_${i}`, [int('n')], 'int', 'Gives its argument.', (_ctx, n) => n),
		),
	});

const functions = (options: GrowthOptions) =>
	eachEngine((engine) =>
		perSize([10, 100, 1000, 10_000], options, (size) =>
			withHost(engine, handler(engine, reply('"hello"')), { modules: [manyFunctions(size)] }, (host) =>
				costOf(host, SMALL, options),
			),
		),
	);

/** All subjects, in the order of the report. */
export const SUBJECTS: readonly Subject[] = [
	{
		name: 'keys',
		title: 'Keys in a hash table',
		doc: 'A handler reads one item of a hash table by `$sht`, in a host of one process and with the store that children share.',
		x: 'keys',
		y: COST,
		measure: keys,
	},
	{
		name: 'headers',
		title: 'Header fields of the request',
		doc: 'A handler reads one of the fields.',
		x: 'fields',
		y: COST,
		measure: headers,
	},
	{
		name: 'body',
		title: 'Size of the content',
		doc: 'A handler sends the content back. There is a step where a text is larger than 128 KiB: V8 then has the kernel give and take its memory each time, even for a single copy; beyond it the cost grows as the size does.',
		x: 'bytes',
		y: COST,
		measure: bodies,
	},
	{
		name: 'script',
		title: 'Size of the script',
		doc: 'The script has so many more functions, one a line.',
		x: 'functions of the script',
		y: COST,
		measure: scripts,
	},
	{
		name: 'loading',
		title: 'Loading of the script',
		doc: 'The same scripts, from `createHost` to the end of `close`.',
		x: 'functions of the script',
		y: 'ms to load',
		measure: loads,
	},
	{
		name: 'functions',
		title: 'KSR functions',
		doc: 'A module of your own has so many functions beside those that ship.',
		x: 'functions more',
		y: COST,
		measure: functions,
	},
];

/**
 * The power of the size by which a cost grows at its steepest, between two sizes that are next to each other: 1 is as
 * fast as the size, 0 not at all.
 */
export function steepest(points: Series['points']): number {
	let most = 0;
	for (const [i, [x, y]] of points.entries()) {
		const before = points[i - 1];
		if (before) most = Math.max(most, Math.log(y / before[1]) / Math.log(x / before[0]));
	}
	return most;
}
