/**
 * The script's end of the connection to the editor's thread. While the script is stopped, its thread is blocked:
 * it sleeps on a word of shared memory, and reads its messages from the port synchronously.
 *
 * @module
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Message, Question } from './messages.ts';

/** The place in the shared memory that counts the questions that were sent. */
const SENT = 0;

/** Shared memory for a channel. */
export function sharedCount(): Int32Array {
	return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Sends a question, and wakes the script's thread. */
export function ask(port: MessagePort, count: Int32Array, question: Question): void {
	port.postMessage(question);
	Atomics.add(count, SENT, 1);
	Atomics.notify(count, SENT);
}

/** The script's end. */
export class Channel {
	readonly #port: MessagePort;
	readonly #count: Int32Array;
	/** How many questions were there when it was last looked. */
	#seen = 0;

	/** @param onQuestion told of questions that come while the thread is not blocked */
	constructor(port: MessagePort, count: Int32Array, onQuestion: (question: Question) => void) {
		this.#port = port;
		this.#count = count;
		port.on('message', onQuestion);
	}

	say(message: Message): void {
		this.#port.postMessage(message);
	}

	answer({ id }: Question, value: unknown): void {
		this.say({ kind: 'answer', id, value });
	}

	refuse({ id }: Question, error: string): void {
		this.say({ kind: 'refusal', id, error });
	}

	/** The questions that have come since: cheap where there are none. */
	*arrived(): Generator<Question> {
		const sent = Atomics.load(this.#count, SENT);
		if (sent === this.#seen) return;
		this.#seen = sent;
		yield* this.#waiting();
	}

	/** Waits for the next question, without an end. */
	next(): Question {
		for (;;) {
			const sent = Atomics.load(this.#count, SENT);
			const [question] = this.#waiting();
			if (question) return question;
			this.#seen = sent;
			Atomics.wait(this.#count, SENT, sent);
		}
	}

	*#waiting(): Generator<Question> {
		for (;;) {
			const received = receiveMessageOnPort(this.#port) as { message: Question } | undefined;
			if (!received) return;
			yield received.message;
		}
	}
}
