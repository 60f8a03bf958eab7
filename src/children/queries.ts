/**
 * Questions from one process to another, and their answers.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { RpcFault } from '../kemi/rpc.ts';
import { fromSent, type SentError, toSent } from './sent-error.ts';

/** A question on its way. */
export interface QueryMessage<Q> {
	readonly type: 'query';
	readonly id: number;
	readonly query: Q;
}

/** An answer on its way: a value, or why there is none. */
export type AnswerMessage =
	| { readonly type: 'answer'; readonly id: number; readonly value: unknown }
	| { readonly type: 'fault'; readonly id: number; readonly code: number; readonly message: string }
	| { readonly type: 'error'; readonly id: number; readonly error: SentError };

interface Pending {
	resolve(value: unknown): void;
	reject(error: unknown): void;
}

/** The questions that this process has put to one other. */
export class Queries<Q> {
	readonly #send: (message: QueryMessage<Q>) => void;
	readonly #pending = new Map<number, Pending>();
	#lastId = 0;

	constructor(send: (message: QueryMessage<Q>) => void) {
		this.#send = send;
	}

	/**
	 * Asks.
	 * @throws RpcFault or KemihostError of the other process; KemihostError `KH_CHILD` where it ends before it answers
	 */
	ask(query: Q): Promise<unknown> {
		const id = ++this.#lastId;
		return new Promise((resolve, reject) => {
			this.#pending.set(id, { resolve, reject });
			this.#send({ type: 'query', id, query });
		});
	}

	/** An answer has come. */
	settle(message: AnswerMessage): void {
		const pending = this.#pending.get(message.id);
		this.#pending.delete(message.id);
		if (message.type === 'answer') pending?.resolve(message.value);
		else if (message.type === 'fault') pending?.reject(new RpcFault(message.code, message.message));
		else pending?.reject(fromSent(message.error));
	}

	/** The other process has ended. */
	giveUp(): void {
		const error = new KemihostError('KH_CHILD', 'the process ended before it answered');
		for (const { reject } of this.#pending.values()) reject(error);
		this.#pending.clear();
	}
}

/** Answers a question by doing some work. */
export async function answerQuery<Q>(
	{ id, query }: QueryMessage<Q>,
	work: (query: Q) => unknown,
	send: (message: AnswerMessage) => void,
): Promise<void> {
	try {
		send({ type: 'answer', id, value: await work(query) });
	} catch (error) {
		if (error instanceof RpcFault) send({ type: 'fault', id, code: error.code, message: error.message });
		else send({ type: 'error', id, error: toSent(error) });
	}
}
