/**
 * One child, as the primary knows it: its process, its state, and how the primary talks to it.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { KemihostError } from '../errors.ts';
import type { ScriptSnapshot } from '../source/folder.ts';
import type { ChildQuery, ToChild, ToPrimary } from './messages.ts';
import { Queries } from './queries.ts';
import { fromSent } from './sent-error.ts';

/** The file that a child runs. */
const CHILD = fileURLToPath(
	new URL(`./child.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

/** A message of the child, by its type. */
type Message<T extends ToPrimary['type']> = Extract<ToPrimary, { type: T }>;

/** A child process. */
export class ChildHandle {
	/** The child's number, from 1; the one that replaces it has the same. */
	readonly index: number;
	readonly process: ChildProcess;
	/** When it was started, in milliseconds since 1970. */
	readonly born = Date.now();
	/** The questions to the child that it has not answered. */
	readonly queries: Queries<ChildQuery>;
	/** True once it serves. */
	ready = false;
	/** True if it has work to do once the other children have ended. */
	last = false;

	/** Starts the process. */
	constructor(index: number) {
		this.index = index;
		this.process = fork(CHILD, { serialization: 'advanced' });
		this.queries = new Queries<ChildQuery>((message) => this.send(message));
		// A message to a child that has just ended is lost with it. One that could not even be started has no exit of its own.
		this.process.on('error', () => this.process.pid === undefined && this.process.emit('exit', 1, null));
	}

	/** True once the process has ended. */
	get ended(): boolean {
		return this.process.exitCode !== null || this.process.signalCode !== null;
	}

	/** Sends a message. Nothing happens if the child has ended. */
	send(message: ToChild): void {
		if (this.process.connected) this.process.send(message);
	}

	/** Loads a script beside the one that the child runs: that of a snapshot, or the files on the disk. */
	prepare(snapshot: ScriptSnapshot | undefined): Promise<Message<'prepared'>> {
		const prepared = this.reply('prepared', 'refused');
		this.send({ type: 'prepare', snapshot });
		return prepared;
	}

	/** The child's next message of the type `good`. Rejects with its message of the type `bad`, or when the child ends. */
	reply<T extends ToPrimary['type']>(good: T, bad: 'failed' | 'refused'): Promise<Message<T>> {
		const { process } = this;
		return new Promise((resolve, reject) => {
			const settle = (action: () => void) => {
				process.off('message', onMessage).off('exit', onExit);
				action();
			};
			const onMessage = (message: ToPrimary) => {
				if (message.type === good) settle(() => resolve(message as Message<T>));
				else if (message.type === bad && 'error' in message) settle(() => reject(fromSent(message.error)));
			};
			const onExit = () =>
				settle(() => reject(new KemihostError('KH_CHILD', 'the child ended before it answered')));
			process.on('message', onMessage).on('exit', onExit);
			if (this.ended) onExit();
		});
	}
}
