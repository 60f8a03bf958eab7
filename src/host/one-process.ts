/**
 * A host that runs in a single process: its answers to modules that ask about the other processes.
 *
 * @module
 */
import { chain } from '../kemi/chain.ts';
import type { HostServices } from '../kemi/context.ts';
import type { Processes, ProcessInfo } from '../kemi/processes.ts';
import type { RpcValue } from '../kemi/rpc.ts';
import { METRICS_COMMAND } from '../metrics/host-metrics.ts';
import { PrimaryMetrics } from '../metrics/primary-metrics.ts';

/** What such a host can do with itself. */
type ReloadableHost = HostServices & { reload(): Promise<void> };

/** The only process of a host. */
export class OneProcess implements Processes {
	readonly #host: ReloadableHost;
	/** What a primary would count, so that one dashboard fits all: nothing waits for a child here, and none is replaced. */
	readonly #metrics = new PrimaryMetrics({ queueLength: () => 0, connectionsRefused: () => 0 });

	constructor(host: ReloadableHost) {
		this.#host = host;
	}

	list(): readonly ProcessInfo[] {
		return [{ index: 0, pid: process.pid, description: 'main process' }];
	}

	async reload(): Promise<void> {
		try {
			await this.#host.reload();
			this.#metrics.reloaded('done');
		} catch (error) {
			this.#metrics.reloaded('refused');
			throw error;
		}
	}

	stop(): void {
		process.kill(process.pid, 'SIGTERM');
	}

	everywhere(
		command: string,
		args: readonly (string | number)[],
	): readonly RpcValue[] | Promise<readonly RpcValue[]> {
		return chain(this.#host.rpc.runHere(this.#host, command, args), (answer) =>
			command === METRICS_COMMAND
				? this.#metrics.snapshot().then((snapshot) => [answer, snapshot])
				: [answer],
		);
	}

	async last(): Promise<boolean> {
		return true;
	}

	tell(): void {
		// there is nobody else
	}
}
