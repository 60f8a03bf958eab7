/**
 * The other processes of a host, as a child sees them: it asks the primary for everything about them.
 *
 * @module
 */
import type { Processes, ProcessInfo } from '../kemi/processes.ts';
import type { RpcValue } from '../kemi/rpc.ts';
import type { PrimaryQuery, ToPrimary } from './messages.ts';
import { type AnswerMessage, Queries } from './queries.ts';

/** The child's side of the questions. */
export class ChildProcesses implements Processes {
	readonly #tell: (message: ToPrimary) => void;
	readonly #queries: Queries<PrimaryQuery>;
	#list: readonly ProcessInfo[] = [];
	/** Whoever waits for a change of the list. */
	#onUpdate = () => {};

	constructor(tell: (message: ToPrimary) => void) {
		this.#tell = tell;
		this.#queries = new Queries(tell);
	}

	list(): readonly ProcessInfo[] {
		return this.#list;
	}

	async reload(): Promise<void> {
		await this.#queries.ask({ kind: 'reload' });
	}

	stop(): void {
		this.#tell({ type: 'stop' });
	}

	everywhere(command: string, args: readonly (string | number)[]): Promise<readonly RpcValue[]> {
		return this.#queries.ask({ kind: 'everywhere', command, args }) as Promise<readonly RpcValue[]>;
	}

	async last(): Promise<boolean> {
		const children = () => this.#list.filter(({ index }) => index > 0);
		if (children()[0]?.pid !== process.pid) return false;
		this.#tell({ type: 'last' });
		while (children().length > 1)
			await new Promise<void>((resolve) => {
				this.#onUpdate = resolve;
			});
		return true;
	}

	tell(index: number, command: string, args: readonly (string | number)[]): void {
		this.#tell({ type: 'tell', index, command, args });
	}

	/** The primary has said which processes there are. */
	update(list: readonly ProcessInfo[]): void {
		this.#list = list;
		this.#onUpdate();
	}

	/** The primary has answered. */
	settle(message: AnswerMessage): void {
		this.#queries.settle(message);
	}
}
