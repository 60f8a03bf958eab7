/**
 * A host that is one process: what its modules see of "the others".
 *
 * @module
 */
import { chain } from '../kemi/chain.ts';
import type { HostServices } from '../kemi/context.ts';
import type { Processes, ProcessInfo } from '../kemi/processes.ts';
import type { RpcValue } from '../kemi/rpc.ts';

/** What such a host can do with itself. */
type ReloadableHost = HostServices & { reload(): Promise<void> };

/** The only process of a host. */
export class OneProcess implements Processes {
	readonly #host: ReloadableHost;

	constructor(host: ReloadableHost) {
		this.#host = host;
	}

	list(): readonly ProcessInfo[] {
		return [{ index: 0, pid: process.pid, description: 'main process' }];
	}

	reload(): Promise<void> {
		return this.#host.reload();
	}

	stop(): void {
		process.kill(process.pid, 'SIGTERM');
	}

	everywhere(
		command: string,
		args: readonly (string | number)[],
	): readonly RpcValue[] | Promise<readonly RpcValue[]> {
		return chain(this.#host.rpc.runHere(this.#host, command, args), (answer) => [answer]);
	}

	async last(): Promise<boolean> {
		return true;
	}

	tell(): void {
		// there is nobody else
	}
}
