/**
 * The pipes of ratelimit and the queues that lead to them, as modparam and administrators set them (modules/ratelimit). A child
 * has them in its own memory; what an administrator changed is kept in the store for children that start later.
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';
import type { ParamValues } from '../../kemi/module.ts';
import type { SharedTable } from '../../store/store.ts';
import { type Algorithm, findAlgorithm } from '../rate/algorithms.ts';

/** Pipes have numbers below this. */
export const MAX_PIPES = 32;

/** A limit with a number for a name. */
export interface Pipe {
	readonly algorithm: Algorithm;
	readonly limit: number;
}

/** A method and the number of its pipe; `*` is any other method. */
export interface Queue {
	readonly method: string;
	readonly pipe: number;
}

const NONE: Pipe = { algorithm: 'NOP', limit: 0 };

function wrong(name: string, value: string | number, why: string): KemihostError {
	return new KemihostError('KH_MODPARAM', `parameter ${name} of module ratelimit: "${value}" ${why}`);
}

function pipeNumber(name: string, value: string | number, digits: string): number {
	const number = Number(digits);
	if (number >= MAX_PIPES) throw wrong(name, value, `has a number above ${MAX_PIPES - 1}`);
	return number;
}

function readPipes(params: ParamValues): Map<number, Pipe> {
	const pipes = new Map<number, Pipe>();
	for (const value of params.all('pipe')) {
		const [, digits = '', name = '', limit = ''] = /^(\d+):([^: ]+):(\d+)$/.exec(String(value)) ?? [];
		if (!digits) throw wrong('pipe', value, 'is not number:algorithm:limit');
		const algorithm = findAlgorithm(name);
		if (!algorithm) throw wrong('pipe', value, 'names no algorithm');
		if (algorithm === 'FEEDBACK' && Number(limit) > 100) throw wrong('pipe', value, 'is no load in percent');
		pipes.set(pipeNumber('pipe', value, digits), { algorithm, limit: Number(limit) });
	}
	return pipes;
}

function readQueues(params: ParamValues): Queue[] {
	return params.all('queue').map((value) => {
		const [, digits = '', method = ''] = /^(\d+):([^: ]+)$/.exec(String(value)) ?? [];
		if (!digits) throw wrong('queue', value, 'is not number:method');
		return { method: method.toUpperCase(), pipe: pipeNumber('queue', value, digits) };
	});
}

/** The pipes and queues of a child. */
export class Pipes {
	readonly #pipes: Map<number, Pipe>;
	readonly #queues: Queue[];
	readonly #changes: SharedTable;

	/** @throws KemihostError `KH_MODPARAM` */
	constructor(params: ParamValues, changes: SharedTable) {
		this.#pipes = readPipes(params);
		this.#queues = readQueues(params);
		this.#changes = changes;
		for (const { key, value } of changes.items()) {
			const [what, digits] = key.split(' ');
			if (what === 'pipe') this.#pipes.set(Number(digits), JSON.parse(String(value)));
			else this.#queues[Number(digits)] = JSON.parse(String(value));
		}
	}

	/** A pipe; one that nobody has set lets all pass. */
	pipe(number: number): Pipe {
		return this.#pipes.get(number) ?? NONE;
	}

	/** All queues, by their numbers. */
	get queues(): readonly Queue[] {
		return this.#queues;
	}

	/** The queue of a method. */
	queueOf(method: string): Queue | undefined {
		return (
			this.#queues.find((queue) => queue.method === method) ??
			this.#queues.findLast((queue) => queue.method === '*')
		);
	}

	/** Sets a pipe, here and in children that start later. Throws a StoreRefusal. */
	setPipe(number: number, pipe: Pipe): void {
		this.#changes.set(`pipe ${number}`, JSON.stringify(pipe));
		this.#pipes.set(number, pipe);
	}

	/** Sets a queue that is there, here and in children that start later. Throws a StoreRefusal. */
	setQueue(number: number, queue: Queue): void {
		this.#changes.set(`queue ${number}`, JSON.stringify(queue));
		this.#queues[number] = queue;
	}
}
