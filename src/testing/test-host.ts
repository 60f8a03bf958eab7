/**
 * A script under test: a host without sockets, whose log, time, variables and KSR functions the test controls.
 *
 * @module
 */
import { bytesOf, textOf } from '../bytes.ts';
import { KemihostError } from '../errors.ts';
import { assign, variableValue } from '../exchange/assignment.ts';
import { headerFields } from '../exchange/compare.ts';
import type { HostOptions } from '../host/options.ts';
import { withConfiguration } from '../host/with-configuration.ts';
import { createHost, type Host } from '../host.ts';
import type { HttpReply } from '../http/reply.ts';
import { type HttpRequest, makeRequest } from '../http/request.ts';
import { KNOWN_CFG_NAMES, knownCfgFunctions } from '../kemi/cfg-names.ts';
import type { RequestContext } from '../kemi/context.ts';
import { suggest } from '../kemi/suggest.ts';
import type { KemiValue } from '../kemi/value.ts';
import { LEVELS, type LevelName } from '../log/levels.ts';
import type { LogRecord } from '../log/logger.ts';
import { htable } from '../modules/htable.ts';
import type { PvValue } from '../pv/variable.ts';
import { TestClock } from './clock.ts';
import type { Coverage } from './coverage/coverage.ts';
import { Mocks } from './mocks.ts';

/** Options of a host under test; module parameters may also be written as in a cfg, by module and name. */
export interface TestHostOptions extends Omit<HostOptions, 'clock' | 'interceptor' | 'log'> {
	/** `{ htable: { htable: 't=>size=4' } }`; a list gives a parameter several times. */
	params?: Readonly<Record<string, Readonly<Record<string, ParamValue | readonly ParamValue[]>>>>;
	/** Counts the lines that run. */
	coverage?: Coverage;
}

type ParamValue = string | number;

/** A request beyond its method and target. */
export interface TestRequest {
	headers?: Readonly<Record<string, string>>;
	body?: string | Uint8Array;
	/** The client's address; `:port` may follow. */
	from?: string;
	/** Variables that are set before: `{ '$avp(x)': 1 }`. */
	set?: Readonly<Record<string, PvValue>>;
}

/** What came back. Text; the body's bytes are in `bytes`. */
export interface TestReply {
	readonly status: number;
	readonly reason: string;
	/** By name in lower case; several values of a name are joined by `, `. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	readonly bytes: Buffer;
	/** True if the connection ends after this reply. */
	readonly close: boolean;
	/** The log lines of this request. */
	readonly logs: readonly TestLog[];
}

/** A log line. */
export interface TestLog {
	readonly level: LevelName;
	/** `script`, `core` or a module. */
	readonly origin: string;
	readonly text: string;
}

/** A KSR function that is watched or replaced. */
export interface Mock {
	/** The arguments of each call. */
	readonly calls: readonly (readonly KemiValue[])[];
	/** Ends it. */
	restore(): void;
}

/** A value with text where it had bytes. */
export function toText(value: KemiValue): KemiValue {
	if (typeof value === 'string') return textOf(value);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(toText);
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [textOf(key), toText(inner)]));
}

/** A value with bytes where it had text. */
export function toBytes(value: KemiValue): KemiValue {
	if (typeof value === 'string') return bytesOf(value);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(toBytes);
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [bytesOf(key), toBytes(inner)]));
}

function modparams({ modparams: listed = [], params = {} }: TestHostOptions) {
	const named = Object.entries(params).flatMap(([module, values]) =>
		Object.entries(values).flatMap(([name, value]) =>
			[value].flat().map((one) => ({ module, name, value: one as ParamValue })),
		),
	);
	return [...listed, ...named];
}

/** A request in byte strings. */
export interface ByteRequest {
	/** By default GET, or POST where there is a body. */
	readonly method?: string | undefined;
	readonly target: string;
	readonly headers?: Readonly<Record<string, string>> | undefined;
	readonly body?: string | undefined;
	readonly from?: string | undefined;
	readonly set?: Readonly<Record<string, PvValue>> | undefined;
}

function requestOf({ method, target, headers = {}, body, from = '127.0.0.1' }: ByteRequest): HttpRequest {
	const bytes = Buffer.from(body ?? '', 'latin1');
	const fields = Object.entries(headers);
	const has = (wanted: string) => fields.some(([name]) => name.toLowerCase() === wanted);
	if (!has('host')) fields.unshift(['Host', 'localhost']);
	if (bytes.length > 0 && !has('content-length')) fields.push(['Content-Length', String(bytes.length)]);
	const [, address = '', port = '0'] = /^(.*?)(?::(\d+))?$/.exec(from) ?? [];
	return makeRequest({
		method: method ?? (body === undefined ? 'GET' : 'POST'),
		target,
		headers: fields,
		body: bytes,
		connection: { remote: { address, port: Number(port) } },
	});
}

/** What comes back, in byte strings. */
export interface ByteAnswer {
	readonly reply: HttpReply;
	readonly logs: readonly TestLog[];
}

/** A reply's header by name in lower case; several values of a name are joined by `, `. */
export function fieldsOf({ headers }: HttpReply): Record<string, string> {
	return Object.fromEntries([...headerFields(headers)].map(([name, values]) => [name, values.join(', ')]));
}

/** A script under test. Made by `openTestHost`. */
export class TestHost {
	/** The host itself. */
	readonly host: Host;
	readonly #clock: TestClock;
	readonly #mocks: Mocks;
	readonly #logs: TestLog[];
	/** The last request's context, or that of none. */
	#ctx: RequestContext;

	/** Use `openTestHost`. */
	constructor(host: Host, clock: TestClock, mocks: Mocks, logs: TestLog[]) {
		this.host = host;
		this.#clock = clock;
		this.#mocks = mocks;
		this.#logs = logs;
		this.#ctx = host.context(makeRequest());
	}

	/**
	 * Sends the script a request.
	 * @example await t.request('/hello');
	 * @example await t.request('PUT', '/notes/1', { headers: { 'X-Key': 'a' }, body: '{}' });
	 */
	async request(target: string, init?: TestRequest): Promise<TestReply>;
	async request(method: string, target: string, init?: TestRequest): Promise<TestReply>;
	async request(first: string, second?: string | TestRequest, third?: TestRequest): Promise<TestReply> {
		const withMethod = typeof second === 'string';
		const { body, headers, from, set } = (withMethod ? third : second) ?? {};
		const { reply, logs } = await this.send({
			method: withMethod ? bytesOf(first) : undefined,
			target: bytesOf(withMethod ? second : first),
			headers: headers && (toBytes({ ...headers }) as Record<string, string>),
			body: body === undefined ? undefined : Buffer.from(body).toString('latin1'),
			from,
			set: set && (toBytes({ ...set }) as Record<string, PvValue>),
		});
		return {
			status: reply.status,
			reason: textOf(reply.reason),
			headers: toText(fieldsOf(reply)) as Record<string, string>,
			body: textOf(reply.body),
			bytes: Buffer.from(reply.body, 'latin1'),
			close: reply.close,
			logs,
		};
	}

	/** As `request`, in byte strings, and at once where the script does not wait. */
	send(asked: ByteRequest): ByteAnswer | Promise<ByteAnswer> {
		const ctx = this.host.context(requestOf(asked));
		for (const [variable, value] of Object.entries(asked.set ?? {})) assign(ctx, { variable, value });
		this.#ctx = ctx;
		const before = this.#logs.length;
		const answer = (reply: HttpReply) => ({ reply, logs: this.#logs.slice(before) });
		const reply = this.host.answer(ctx);
		return reply instanceof Promise ? reply.then(answer) : answer(reply);
	}

	/**
	 * Raises an event outside of any request, as a timer or an expired item does. The script sees a made-up request.
	 * @param callback the function or the route, where the event has one of its own: a timer's
	 * @returns the log lines of its handler
	 * @throws KemihostError if the script has no handler for it
	 * @example await t.event('htable:expired:names');
	 */
	async event(name: string, callback?: string): Promise<readonly TestLog[]> {
		const before = this.#logs.length;
		const own = callback === undefined ? {} : { callback: bytesOf(callback) };
		const ctx = await this.host.events.raise(bytesOf(name), own);
		if (!ctx)
			throw new KemihostError('KH_SCRIPT_CALLBACK', `the script has no handler for ${name}`, {
				hint: "name the function by the module's parameter, or write an event_route of that name",
			});
		this.#ctx = ctx;
		return this.#logs.slice(before);
	}

	/** What a variable holds, seen from the last request: `t.pv('$avp(x)')`, `t.pv('$sht(t=>key)')`. */
	pv(variable: string): PvValue {
		return toText(variableValue(this.#ctx, bytesOf(variable))) as PvValue;
	}

	/** Sets a variable that outlives requests: `$shv`, `$sht`. For those of one request there is `set` of `request`. */
	set(variable: string, value: PvValue): void {
		assign(this.#ctx, { variable: bytesOf(variable), value: toBytes(value) as PvValue });
	}

	/**
	 * The items of a hash table.
	 * @throws KemihostError if there is no such table
	 */
	htable(name: string): Readonly<Record<string, string | number>> {
		const table = this.host.state(htable).tables.get(bytesOf(name));
		if (!table) throw new KemihostError('KH_VARIABLE', `there is no hash table ${name}`);
		const items = [...table.items()].map(({ key, value }) => [textOf(key), toText(value)]);
		return Object.fromEntries(items);
	}

	/** All log lines so far, from debug on. With a level only its lines. */
	logs(level?: LevelName): readonly TestLog[] {
		return level === undefined ? [...this.#logs] : this.#logs.filter((log) => log.level === level);
	}

	/**
	 * Puts something in the place of a KSR function: a function, or the value it gives. Without it the function is
	 * only watched.
	 * @param path as scripts write it, `KSR.http_client.query`; for route blocks also the name there, `http_client_query`
	 * @example const query = t.mock('KSR.http_client.query', (url) => 200);
	 * @throws KemihostError if there is no such function
	 */
	mock(path: string, stand?: KemiValue | ((...args: KemiValue[]) => unknown)): Mock {
		const answer = (value: unknown) => toBytes((value ?? null) as KemiValue);
		const function_ = typeof stand === 'function' ? stand : () => stand;
		const watched = this.watch(
			path,
			stand === undefined
				? undefined
				: (args) => {
						const given = function_(...args.map(toText));
						return given instanceof Promise ? given.then(answer) : answer(given);
					},
		);
		return {
			get calls() {
				return watched.calls.map((args) => args.map(toText));
			},
			restore: () => this.restore(path),
		};
	}

	/** As `mock`, with byte strings. */
	watch(name: string, stand?: Parameters<Mocks['watch']>[1]): ReturnType<Mocks['watch']> {
		return this.#mocks.watch(this.#pathsOf(name), stand);
	}

	/** Ends a mock, or all of them. */
	restore(name?: string): void {
		this.#mocks.restore(name === undefined ? undefined : this.#pathsOf(name));
	}

	/** The paths of a function by its own, or by its name in Kamailio's own language: one for each number of parameters. */
	#pathsOf(name: string): string[] {
		const { exports } = this.host;
		if (exports.find(name)) return [name];
		const forms = exports.cfgForms(name).map(({ path }) => path);
		if (forms.length > 0 || knownCfgFunctions(name).length > 0) return [...new Set([...forms, name])];
		const near = name.startsWith('KSR.')
			? exports.suggest(name)
			: suggest(name, [...exports.cfgNames, ...KNOWN_CFG_NAMES]);
		throw new KemihostError('KH_VARIABLE', `there is no ${name}`, { hint: near && `did you mean ${near}?` });
	}

	/** Stops the time: at Unix seconds, at a time such as `2030-01-31T12:00:00Z`, or now. */
	freeze(at?: number | string): void {
		this.#clock.freeze(at);
	}

	/** Moves the time by seconds. */
	advance(seconds: number): void {
		this.#clock.advance(seconds);
	}

	/** Lets the time go on. */
	unfreeze(): void {
		this.#clock.unfreeze();
	}

	/** The time as the script sees it, in Unix seconds. */
	now(): number {
		return Math.floor(this.#clock.now() / 1000);
	}

	/** Ends the host. */
	async close(): Promise<void> {
		await this.host.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}

/**
 * Loads a script for a test. A kamailio.cfg is read for what it says of the host, too.
 * @throws KemihostError if it cannot be loaded
 * @example await using t = await openTestHost({ script: 'handler.lua' });
 */
export async function openTestHost(options: TestHostOptions): Promise<TestHost> {
	const { params: _params, coverage, ...rest } = options;
	const clock = new TestClock();
	const mocks = new Mocks();
	const logs: TestLog[] = [];
	const log = ({ level, origin, text }: LogRecord) => void logs.push({ level, origin, text });
	const configured = await withConfiguration({ ...rest, modparams: modparams(options) });
	const host = await createHost({
		logLevel: LEVELS.debug,
		// the configuration may name a database that others use
		ephemeral: true,
		withoutTls: true,
		...configured,
		clock,
		interceptor: coverage
			? (exported, call) => mocks.interceptor(exported, coverage.interceptor(exported, call))
			: mocks.interceptor,
		...(coverage
			? {
					modules: [...(configured.modules ?? []), coverage.module],
					transform: coverage.transformOf(configured.script),
					probe: coverage.probeOf(configured.script),
				}
			: {}),
		log,
	});
	return new TestHost(host, clock, mocks, logs);
}
