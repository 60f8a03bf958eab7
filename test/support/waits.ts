/**
 * A module whose functions wait until a test lets them go on: no test has to sleep.
 *
 * @module
 */
import { EventEmitter, once } from 'node:events';
import type { RequestContext } from '../../src/kemi/context.ts';
import { defineModule, fn, type KemiModule, str } from '../../src/kemi/module.ts';
import { EXIT, ScriptThrow } from '../../src/kemi/throw.ts';
import type { KemiValue } from '../../src/kemi/value.ts';

/** A call that waits. */
export interface Waiter {
	readonly key: string;
	readonly ctx: RequestContext;
	/** Gives the script a value. */
	answer(value: KemiValue): void;
	/** Fails as a module that has a bug. */
	fail(error: unknown): void;
}

/** `KSR.test`, and the calls of its functions that wait. */
export class Waits {
	readonly waiters: Waiter[] = [];
	readonly module: KemiModule;
	readonly #events = new EventEmitter().setMaxListeners(0);

	constructor() {
		this.module = defineModule({
			name: 'test',
			doc: 'Waits for a test.',
			functions: [
				fn('wait', [str('key')], 'xval', 'Waits until the test answers.', (ctx, key) => this.#wait(ctx, key)),
				fn('nothing', [str('key')], 'none', 'As wait, without a value.', async (ctx, key) => {
					await this.#wait(ctx, key);
				}),
				fn('now', [str('text')], 'xval', 'A promise that is there at once.', async (_ctx, text) => text),
				fn('declared', [str('text')], 'xval', 'One that may wait, and does not.', (_ctx, text) => text, {
					waits: true,
				}),
				fn('raise', [str('text')], 'xval', 'Raises an error, later.', async (_ctx, text) => {
					throw new ScriptThrow(text);
				}),
				fn('leave', [], 'xval', 'Ends the script, later.', async () => {
					throw EXIT;
				}),
				fn('where', [], 'xval', 'Where the script stands.', (ctx) => ctx.engine?.position() ?? null),
			],
		});
	}

	/** Waits until so many calls wait. */
	async count(count: number): Promise<void> {
		while (this.waiters.length < count) await once(this.#events, 'waits');
	}

	/** Answers the oldest call of a key, once there is one. */
	async answer(key: string, value: KemiValue = `answer to ${key}`): Promise<void> {
		(await this.take(key)).answer(value);
	}

	/** The oldest call of a key, once there is one. */
	async take(key: string): Promise<Waiter> {
		for (;;) {
			const at = this.waiters.findIndex((waiter) => waiter.key === key);
			if (at >= 0) return this.waiters.splice(at, 1)[0] as Waiter;
			await once(this.#events, 'waits');
		}
	}

	#wait(ctx: RequestContext, key: string): Promise<KemiValue> {
		return new Promise((resolve, reject) => {
			this.waiters.push({ key, ctx, answer: resolve, fail: reject });
			this.#events.emit('waits');
		});
	}
}
