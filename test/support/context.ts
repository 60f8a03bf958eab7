/**
 * A request context without an engine, and steps to put tables of expressions to it.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { type Clock, systemClock } from '../../src/clock.ts';
import { makeRequest, type RequestInit } from '../../src/http/request.ts';
import { type HostServices, RequestContext } from '../../src/kemi/context.ts';
import { ExportTable } from '../../src/kemi/exports.ts';
import type { KemiModule } from '../../src/kemi/module.ts';
import { collectParams, type ModParam } from '../../src/kemi/params.ts';
import { RpcTable } from '../../src/kemi/rpc-table.ts';
import type { RawValue } from '../../src/kemi/value.ts';
import { WaitingList } from '../../src/kemi/waiting.ts';
import { withDefaults } from '../../src/limits.ts';
import { LEVELS } from '../../src/log/levels.ts';
import { Logger, type LogRecord } from '../../src/log/logger.ts';
import { STANDARD_MODULES } from '../../src/modules/standard.ts';
import { NetworkPolicy } from '../../src/net/policy.ts';
import { VariableRegistry } from '../../src/pv/registry.ts';
import { PvSyntaxError } from '../../src/pv/syntax-error.ts';
import type { PvValue } from '../../src/pv/variable.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { once } from '../../src/store/once.ts';
import type { SharedStore } from '../../src/store/store.ts';

/** What a test's host is made of. */
export interface WorldOptions {
	modparams?: readonly ModParam[];
	defines?: Readonly<Record<string, string>>;
	environment?: Readonly<Record<string, string>>;
	/** Unix time of the start. */
	startTime?: number;
	/** The time as scripts see it. */
	clock?: Clock;
	/** What all children share. */
	store?: SharedStore;
}

/** The modules that ship, on a host that runs no script. */
export class World {
	readonly host: HostServices;
	/** Every log line so far. */
	readonly logs: LogRecord[] = [];

	constructor({
		modparams = [],
		defines = {},
		environment = {},
		startTime = 1_700_000_000,
		clock = systemClock,
		store = new MemoryStore(),
	}: WorldOptions = {}) {
		const states = new Map<KemiModule, unknown>();
		const never = () => assert.fail('not part of this test');
		this.host = {
			log: new Logger((record) => void this.logs.push(record), LEVELS.debug),
			exports: new ExportTable(STANDARD_MODULES, never),
			variables: new VariableRegistry(
				STANDARD_MODULES.flatMap((module) => module.variables ?? []),
				STANDARD_MODULES.flatMap((module) => module.transformations ?? []),
			),
			defines: new Map(Object.entries(defines)),
			environment: new Map(Object.entries(environment)),
			strict: false,
			addresses: [],
			clock,
			startTime,
			store,
			localStore: store,
			network: new NetworkPolicy(),
			waiting: new WaitingList(withDefaults()),
			moduleNames: STANDARD_MODULES.map(({ name }) => name),
			rpc: new RpcTable(STANDARD_MODULES),
			processes: {
				list: () => [],
				reload: never,
				stop: never,
				everywhere: never,
				tell: never,
				last: async () => true,
			},
			scriptPath: 'handler.lua',
			metrics: undefined,
			ephemeral: false,
			withoutTls: false,
			ready: true,
			nextConnectionId: () => 1,
			nextRequestId: () => 1,
			connections: () => [],
			state: <S>(module: KemiModule<S>) => states.get(module) as S,
			api: (module) => module.api ?? never(),
			events: {
				handles: () => false,
				handle: never,
				raise: async () => undefined,
				call: async () => undefined,
			},
			childIndex: 0,
			leading: true,
			routes: undefined,
			guests: { run: never, evaluate: never, file: never },
			turnsAway: () => false,
			once: (what) => once(store, what),
		};
		const params = collectParams(STANDARD_MODULES, modparams);
		for (const module of STANDARD_MODULES) states.set(module, module.init?.(params(module), this.host));
	}

	/** A request of its own on this host. */
	request(init?: RequestInit): RequestContext {
		return new RequestContext(this.host, makeRequest(init));
	}

	/** Forgets the log lines so far, and gives those at level warning or worse. */
	takeComplaints(): string[] {
		const complaints = this.logs.filter(({ level }) => LEVELS[level] <= LEVELS.warning);
		this.logs.length = 0;
		return complaints.map(({ text }) => text);
	}
}

/** One line of a table: does something with a request and checks what comes of it. */
export type Step = (world: World, ctx: RequestContext) => void;

/** Reads a variable as a script does; null after an error line if the expression is not good. */
export function read(ctx: RequestContext, expression: string): PvValue {
	const variable = ctx.host.variables.variable(expression);
	if (!(variable instanceof PvSyntaxError)) return variable.get(ctx);
	ctx.report('error', variable.message);
	return null;
}

function write(ctx: RequestContext, expression: string, value: PvValue): boolean {
	const variable = ctx.host.variables.variable(expression);
	if (variable instanceof PvSyntaxError) throw variable;
	const done: unknown = variable.set?.(ctx, value);
	return done !== false;
}

/** The expression has that value, and nothing is logged. */
export const is =
	(expression: string, expected: PvValue | RegExp): Step =>
	(world, ctx) => {
		const value = read(ctx, expression);
		if (expected instanceof RegExp) assert.match(String(value), expected, expression);
		else assert.equal(value, expected, expression);
		assert.deepEqual(world.takeComplaints(), [], expression);
	};

/** The expression is null, and a line at level error or warning says why. */
export const fails =
	(expression: string, why = /./): Step =>
	(world, ctx) => {
		assert.equal(read(ctx, expression), null, expression);
		assert.match(world.takeComplaints().join('\n'), why, expression);
	};

/** The variable takes the value, which need not change anything; null unsets. */
export const set =
	(expression: string, value: PvValue): Step =>
	(world, ctx) => {
		assert.equal(write(ctx, expression, value), true, `${expression} = ${value}`);
		assert.deepEqual(world.takeComplaints(), [], expression);
	};

/** The variable takes no such value, and a line says why. */
export const refused =
	(expression: string, value: PvValue): Step =>
	(world, ctx) => {
		assert.equal(write(ctx, expression, value), false, `${expression} = ${value}`);
		assert.notDeepEqual(world.takeComplaints(), [], expression);
	};

function call(ctx: RequestContext, path: string, args: readonly RawValue[]): unknown {
	const entry = ctx.host.exports.find(`KSR.${path}`);
	assert.ok(entry, `KSR.${path} exists`);
	return entry.call(ctx, [...args], 'lua');
}

/** `gives('pvx.avp_get', 'x')(1)`: the function gives that value, and nothing is logged. */
export const gives =
	(path: string, ...args: RawValue[]) =>
	(expected: unknown): Step =>
	(world, ctx) => {
		assert.deepEqual(call(ctx, path, args), expected, `${path}(${args.join(', ')})`);
		assert.deepEqual(world.takeComplaints(), [], `${path}(${args.join(', ')})`);
	};

/** The same, with a line at level error or warning. */
export const complains =
	(path: string, ...args: RawValue[]) =>
	(expected: unknown): Step =>
	(world, ctx) => {
		assert.deepEqual(call(ctx, path, args), expected, `${path}(${args.join(', ')})`);
		assert.notDeepEqual(world.takeComplaints(), [], `${path}(${args.join(', ')})`);
	};

/** Takes the steps of a table one after the other, for one request. */
export function take(steps: readonly Step[], init?: RequestInit, options?: WorldOptions): void {
	const world = new World(options);
	const ctx = world.request(init);
	for (const step of steps) step(world, ctx);
}
