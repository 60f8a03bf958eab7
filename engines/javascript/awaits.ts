/**
 * Keeps a handler with its request when several requests await the same promise: `cache[key] ??= load(key)`.
 *
 * What follows an `await` runs when the promise is settled, in the slice of the request that settles it, and
 * neither QuickJS nor V8 tells the host to which request it belongs. So a script's `await x` is rewritten to
 * `after(now(), await settled(x))`: `now` notes the current request, and `after` returns to it, whether x is
 * fulfilled or rejected. `for await` is wrapped in the same way; `then` is replaced in the guest. Lines stay where
 * they are.
 *
 * `makeKeeper` runs inside the guest, as `makeInspect` does.
 *
 * @module
 */
import { type Node, parse } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import type { ScriptSource } from '../../src/source/folder.ts';

/** The global that rewritten scripts use. */
export const KEEPER = '__kemihost';

/** Something to put into the source, at an offset. */
interface Insertion {
	readonly at: number;
	readonly text: string;
	/** True for what has to stand in front of others at its place. */
	readonly first?: boolean;
}

/** A source with its waits rewritten. One that does not compile is left for the engine to complain about. */
export function keepRequests(source: ScriptSource): string {
	const { code } = source;
	if (!/\bawait\b/.test(code)) return code;
	const insertions: Insertion[] = [];
	try {
		const sourceType = source.kind === 'module' ? 'module' : 'script';
		const options = { ecmaVersion: 'latest', sourceType, allowHashBang: true } as const;
		fullAncestor(parse(code, options), (node, _state, ancestors) => {
			if (node.type === 'AwaitExpression') insertions.push(...aroundAwait(node));
			else if (node.type === 'ForOfStatement') insertions.push(...aroundLoop(node as LoopNode, ancestors));
		});
	} catch {
		return code;
	}
	insertions.sort((a, b) => a.at - b.at || Number(b.first ?? false) - Number(a.first ?? false));
	let result = '';
	let done = 0;
	for (const { at, text } of insertions) {
		result += code.slice(done, at) + text;
		done = at;
	}
	return result + code.slice(done);
}

function aroundAwait({ start, end }: Node): Insertion[] {
	return [
		{ at: start, text: `${KEEPER}.after(${KEEPER}.now(),` },
		{ at: start + 'await'.length, text: ` ${KEEPER}.settled(` },
		{ at: end, text: '))' },
	];
}

type LoopNode = Node & { await: boolean; right: Node };

/** A loop in a block of its own, which remembers the request. Labels have to stay with their loop. */
function aroundLoop(loop: LoopNode, ancestors: readonly Node[]): Insertion[] {
	if (!loop.await || loop.right.type === 'SequenceExpression') return [];
	let statement: Node = loop;
	for (let i = ancestors.length - 2; ancestors[i]?.type === 'LabeledStatement'; i--)
		statement = ancestors[i] as Node;
	return [
		{ at: statement.start, text: `{const ${KEEPER}_=${KEEPER}.now();try{` },
		{ at: loop.right.start, text: `${KEEPER}.iterate(`, first: true },
		{ at: loop.right.end, text: ')' },
		{ at: statement.end, text: `}finally{${KEEPER}.go(${KEEPER}_)}}` },
	];
}

/** How an awaited value went. */
type Settled = { readonly value: unknown } | { readonly thrown: unknown };

/** What rewritten scripts use. */
export interface Keeper {
	now(): number;
	go(request: number): void;
	/** Goes to a request, and gives or throws what an awaited value came to. */
	after(request: number, settled: Settled): unknown;
	/** Never rejects. */
	settled(value: unknown): Promise<Settled>;
	/** What `for await` iterates over: goes to the request at each step. */
	iterate(iterable: object): AsyncIterable<unknown>;
}

/**
 * Makes it, and replaces `then`.
 * @param now the number of the request that runs
 * @param go makes another the one that runs
 */
export function makeKeeper(now: () => number, go: (request: number) => void): Keeper {
	const { apply, defineProperty } = Reflect;
	const { then } = Promise.prototype;
	const { asyncIterator, iterator } = Symbol;

	type Callback = (value: unknown) => unknown;
	const within = (request: number, callback: unknown) =>
		typeof callback !== 'function'
			? callback
			: (value: unknown) => {
					go(request);
					return (callback as Callback)(value);
				};
	const replacement = {
		// biome-ignore lint/suspicious/noThenProperty: it is put in the place of the original
		then(this: Promise<unknown>, onFulfilled: unknown, onRejected: unknown) {
			const request = now();
			return apply(then, this, [within(request, onFulfilled), within(request, onRejected)]);
		},
	}.then;
	defineProperty(Promise.prototype, 'then', { value: replacement, writable: true, configurable: true });

	/** A step of an iteration, whose `done` is read when the script goes on. */
	function step(request: number, settled: Settled): object {
		return {
			get done() {
				go(request);
				if ('thrown' in settled) throw settled.thrown;
				return (settled.value as { done: unknown }).done;
			},
			get value() {
				return 'value' in settled && (settled.value as { value: unknown }).value;
			},
		};
	}

	const OWN_CONSTRUCTOR = { __proto__: null, value: Promise } as PropertyDescriptor;
	async function settle(value: unknown): Promise<Settled> {
		try {
			return { __proto__: null, value: await value } as Settled;
		} catch (thrown) {
			return { __proto__: null, thrown } as Settled;
		}
	}

	const keeper: Keeper = {
		now,
		go,
		after(request, settled) {
			go(request);
			if ('thrown' in settled) throw settled.thrown;
			return settled.value;
		},
		settled(value) {
			// await looks at a promise's constructor, which a script can replace for all
			const promise = settle(value);
			defineProperty(promise, 'constructor', OWN_CONSTRUCTOR);
			return promise;
		},
		iterate(iterable) {
			const source = iterable as Record<symbol, (() => object) | undefined>;
			const asynchronous = source[asyncIterator];
			const open = (asynchronous ?? source[iterator]) as () => Record<string, Callback>;
			const request = now();
			const advance = async (inner: Record<string, Callback>) => {
				const result = (await apply(inner['next'] as Callback, inner, [])) as {
					value: unknown;
					done: unknown;
				};
				return asynchronous ? result : { done: result.done, value: await result.value };
			};
			return {
				[asyncIterator]() {
					const inner = apply(open, iterable, []);
					return {
						next: async () => step(request, await keeper.settled(advance(inner))),
						return: async () => {
							const close = inner['return'];
							if (close !== undefined && close !== null) await apply(close, inner, []);
							return {};
						},
					};
				},
			} as unknown as AsyncIterable<unknown>;
		},
	};
	return keeper;
}
