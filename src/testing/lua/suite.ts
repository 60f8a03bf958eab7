/**
 * Test files in Lua: they run in an engine of their own, beside the engine of the script under test.
 *
 * @module
 */
import { basename, dirname } from 'node:path';
import type { Engine } from '../../../engines/engine.ts';
import { chooseEngine, createEngine } from '../../../engines/list.ts';
import { bytesOf, textOf } from '../../bytes.ts';
import { makeRequest } from '../../http/request.ts';
import type { RequestContext } from '../../kemi/context.ts';
import { Exported, ExportTable } from '../../kemi/exports.ts';
import { fn, str } from '../../kemi/module.ts';
import { ScriptThrow } from '../../kemi/throw.ts';
import type { KemiValue } from '../../kemi/value.ts';
import type { LogSink } from '../../log/logger.ts';
import { VariableRegistry } from '../../pv/registry.ts';
import { ScriptFolder } from '../../source/folder.ts';
import type { Watched } from '../mocks.ts';
import type { Suite, SuiteOptions } from '../suite.ts';
import { type ByteAnswer, type ByteRequest, fieldsOf, type TestHost, toBytes, toText } from '../test-host.ts';
import { API_FILE, ENTRY, LUA_API } from './api.ts';

/** What the API passes, read from its JSON. Byte strings. */
interface Declaration {
	body: number;
	name?: string;
	options?: Record<string, KemiValue>;
}

/** cjson writes an empty table as an object. */
const listOf = (value: unknown): unknown => (Array.isArray(value) ? value : undefined);

/** Options in the words of Lua: `event_callback` is `eventCallback`. */
function optionsOf(options: Record<string, KemiValue> = {}): SuiteOptions & { skip?: boolean } {
	return Object.fromEntries(
		Object.entries(toText(options) as Record<string, KemiValue>)
			.map(
				([key, value]) =>
					[key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value] as const,
			)
			.filter(([key, value]) => key !== 'modparams' || listOf(value)),
	);
}

/** What the engine that runs the tests themselves may hold. */
const MEMORY_BYTES = 256 << 20;

/** One test file. */
export class LuaSuite {
	readonly #suite: Suite;
	readonly #log: LogSink;
	readonly #timeout: number;
	#engine: Engine | undefined;
	#host: TestHost | undefined;
	readonly #watched = new Map<string, Watched>();
	/** The call of a mock that is being answered. */
	#arguments: readonly KemiValue[] = [];
	#answer: KemiValue = null;

	/**
	 * @param log gets what the tests print
	 * @param timeout what one test may take, in milliseconds: a loop without an end is stopped by it
	 */
	constructor(suite: Suite, log: LogSink, timeout: number) {
		this.#suite = suite;
		this.#log = log;
		this.#timeout = timeout;
	}

	/**
	 * Loads the file, and collects its tests.
	 * @param engine an engine's name, where it is one for Lua; by default the first for Lua
	 * @throws KemihostError if it does not load
	 */
	async load(engine?: string): Promise<void> {
		const { file } = this.#suite;
		const definition = chooseEngine(file, engine);
		const api = new Map([[API_FILE, Buffer.from(LUA_API)]]);
		const { source } = ScriptFolder.open(file);
		const folder = new ScriptFolder(dirname(file), api);
		this.#engine = await createEngine(definition, {
			exports: [this.#exported()],
			limits: { cpuMs: this.#timeout, memoryBytes: MEMORY_BYTES },
			native: {
				functions: new ExportTable([], () => {}),
				variables: new VariableRegistry([], []),
				reading: {},
			},
			folder,
			log: (level, text) =>
				this.#log({ level, text: textOf(text), origin: basename(file), time: Date.now() }),
		});
		await this.#engine.load(source);
	}

	/** Frees the engine. */
	close(): void {
		this.#engine?.close();
	}

	/** The one function of the host. It works without a request, too. */
	#exported(): Exported {
		const declaration = fn(
			'call',
			[str('operation'), str('argument')],
			'xval',
			'Serves the API.',
			() => null,
		);
		const exported = new Exported('kemihost', declaration, () => {});
		exported.call = (_ctx, [operation, json]) => {
			const raise = (error: unknown): never => {
				const { message, hint } = error as Error & { hint?: string };
				throw new ScriptThrow(bytesOf(hint ? `${message}; ${hint}` : message));
			};
			try {
				const served = this.#serve(String(operation), JSON.parse(String(json)));
				return served instanceof Promise ? served.catch(raise) : served;
			} catch (error) {
				return raise(error);
			}
		};
		return exported;
	}

	get #open(): TestHost {
		if (!this.#host) throw new Error('this belongs inside of a test');
		return this.#host;
	}

	/** Answers the API. */
	// biome-ignore lint/suspicious/noExplicitAny: the API is the only caller, and its values are of its own making
	#serve(operation: string, argument: any): KemiValue | Promise<KemiValue> {
		switch (operation) {
			case 'test': {
				const { body, name = '', options } = argument as Declaration;
				const { skip = false, ...rest } = optionsOf(options);
				this.#suite.tests.push({ name: textOf(name), body: this.#body(body), options: rest, skip });
				return null;
			}
			case 'use':
				this.#suite.use(optionsOf(argument));
				return null;
			case 'before':
			case 'after':
				this.#suite[operation].push(this.#body(argument.body));
				return null;
			case 'fixture':
				return this.#suite.fixture(textOf(argument)).toString('latin1');
			case 'request':
				return this.#request(argument);
			case 'event':
				return this.#event(argument);
			case 'pv':
				return toBytes(this.#open.pv(textOf(argument)));
			case 'set':
				this.#open.set(textOf(argument.name), toText(argument.value) as string | number | null);
				return null;
			case 'htable':
				return toBytes({ ...this.#open.htable(textOf(argument)) });
			case 'logs':
				return toBytes(this.#open.logs(argument ?? undefined).map((log) => ({ ...log })));
			case 'freeze':
				this.#open.freeze(argument ?? undefined);
				return null;
			case 'advance':
				this.#open.advance(argument);
				return null;
			case 'unfreeze':
				this.#open.unfreeze();
				return null;
			case 'now':
				return this.#open.now();
			case 'mock':
				return this.#mock(argument.path, argument.body);
			case 'calls':
				return (this.#watched.get(argument)?.calls ?? []).map(boxed);
			case 'restore':
				this.#open.restore(argument);
				return null;
			case 'arguments':
				return boxed(this.#arguments);
			case 'answer':
				this.#answer = argument.v ?? null;
				return null;
			default:
				throw new Error(`there is no operation ${operation}`);
		}
	}

	#body(index: number): (t: TestHost) => Promise<void> {
		return async (t) => {
			this.#host = t;
			await this.#call(ENTRY.run, index);
		};
	}

	async #call(entry: string, index: number): Promise<void> {
		await this.#engine?.call(entry, [String(index)], this.#context());
	}

	/** The tests' own engine runs for no request. */
	#context(): RequestContext {
		return this.#open.host.context(makeRequest());
	}

	#mock(path: string, body: number | undefined): null {
		const stand = (args: readonly KemiValue[]) => {
			this.#arguments = args;
			this.#answer = null;
			const done = this.#engine?.call(ENTRY.mock, [String(body)], this.#context());
			return done ? done.then(() => this.#answer) : this.#answer;
		};
		this.#watched.set(path, this.#open.watch(textOf(path), body === undefined ? undefined : stand));
		return null;
	}

	async #event({ name, callback }: { name: string; callback?: string }): Promise<KemiValue> {
		const logs = await this.#open.event(textOf(name), callback === undefined ? undefined : textOf(callback));
		return toBytes(logs.map((log) => ({ ...log })));
	}

	/** The reply, at once where the script does not wait. */
	#request(asked: { method?: string; target: string; init?: Partial<ByteRequest> }) {
		const { init = {}, ...rest } = asked;
		const table = ({ reply, logs }: ByteAnswer): KemiValue => ({
			status: reply.status,
			reason: reply.reason,
			headers: fieldsOf(reply),
			body: reply.body,
			close: reply.close,
			logs: toBytes(logs.map((log) => ({ ...log }))),
		});
		const answer = this.#open.send({ ...rest, ...init });
		return answer instanceof Promise ? answer.then(table) : table(answer);
	}
}

/** Values in boxes, so that a list can hold what Lua's tables cannot. */
function boxed(values: readonly KemiValue[]): KemiValue {
	return values.map((v): KemiValue => (v === null ? {} : { v }));
}
