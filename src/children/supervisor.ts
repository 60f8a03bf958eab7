/**
 * The primary process: starts children, replaces those that end, reloads and drains them. It runs no script
 * itself.
 *
 * Connections arrive at the primary, which hands them to the children in turn (`balancer.ts`). The connections
 * that a child has taken are lost when it dies: their clients see them close, except for the client whose request
 * was stopped, which gets a reply.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { coalesced } from '../coalesced.ts';
import { KemihostError } from '../errors.ts';
import { HANDOVER_PATIENCE } from '../http/listener.ts';
import type { ListenEndpoint } from '../http/request.ts';
import type { ProcessInfo } from '../kemi/processes.ts';
import type { RpcValue } from '../kemi/rpc.ts';
import type { LogSink } from '../log/logger.ts';
import { METRICS_COMMAND } from '../metrics/host-metrics.ts';
import { PrimaryMetrics } from '../metrics/primary-metrics.ts';
import type { RpcResponse } from '../rpc/json-rpc.ts';
import type { ScriptSnapshot } from '../source/folder.ts';
import { openStateFolder, type StateFolder } from '../store/folder.ts';
import { beginLife } from '../store/once.ts';
import { RedisStore } from '../store/redis.ts';
import { SqliteStore } from '../store/sqlite.ts';
import { Balancer } from './balancer.ts';
import { ChildHandle } from './child-handle.ts';
import type { ChildSettings, ToPrimary } from './messages.ts';
import { changeIdentity } from './privileges.ts';
import { answerQuery } from './queries.ts';
import { reloadAll } from './reload.ts';

/** A child that lived for less than this is counted as crashed at start. */
const SHORT_LIFE = 2000;
/** The pauses before a new start grow from the first to the second, in milliseconds. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;
/** After the drain time a child gets this much longer before it is killed. */
const GRACE = 500;
/** What the last child may take for what is done once the others have ended, beyond that. */
const LAST_WORK = 30_000;

/** What the supervisor is given. */
export interface SupervisorOptions {
	readonly children: number;
	readonly settings: ChildSettings;
	readonly listen: readonly ListenEndpoint[];
	/** How many connections may wait while no child can take one. */
	readonly queue: number;
	/** How long children may take to finish their requests, in milliseconds. */
	readonly drainTime: number;
	/** Where the shared state is kept beyond the host's life; by default it goes with the host. */
	readonly stateDir?: string | undefined;
	readonly log: LogSink;
	/** Told when an administrator asks for the end of the host. */
	readonly onStop: () => void;
}

/** Supervises a number of children. */
export class Supervisor {
	readonly #options: SupervisorOptions;
	readonly #children = new Map<number, ChildHandle>();
	/** The script that every child runs. */
	#snapshot: ScriptSnapshot | undefined;
	readonly #balancer: Balancer;
	readonly #metrics: PrimaryMetrics;
	readonly #addresses: ListenEndpoint[] = [];
	#state: StateFolder | undefined;
	/** Tells this host from others that share its store. */
	readonly #home = randomUUID();
	#engine = '';
	#ending = false;
	#crashes = 0;
	#reloading: Promise<void> | undefined;

	constructor(options: SupervisorOptions) {
		this.#options = options;
		this.#balancer = new Balancer(options.queue, (count) =>
			this.#log(
				'warning',
				`${count} connection${count === 1 ? '' : 's'} got 503: no child takes any, and ${options.queue} wait already`,
			),
		);
		this.#metrics = new PrimaryMetrics({
			queueLength: () => this.#balancer.queueLength,
			connectionsRefused: () => this.#balancer.refusals,
		});
	}

	/** The addresses really listened on. */
	get addresses(): readonly ListenEndpoint[] {
		return this.#addresses;
	}

	/** The name of the engine that the children run. */
	get engineName(): string {
		return this.#engine;
	}

	/** The files that the running script was made of. */
	get snapshot(): ScriptSnapshot {
		return this.#snapshot ?? new Map();
	}

	/**
	 * Starts all children. The first has to be ready before the others begin, so that a script that does not load is
	 * reported once.
	 * @throws KemihostError what kept a child from starting
	 */
	async start(): Promise<void> {
		this.#state = openStateFolder(this.#options.stateDir);
		if (this.#state.kept) {
			const store = new SqliteStore(this.#state.path);
			beginLife(store);
			store.close();
		}
		const { store: url } = this.#options.settings;
		if (url !== undefined) await RedisStore.begin(url);
		await this.#fork(1);
		await this.#listen();
		const rest = Array.from({ length: this.#options.children - 1 }, (_, i) => this.#fork(i + 2));
		await Promise.all(rest);
	}

	/** Whoever connects finds a child that serves: nobody can before the first one is ready. */
	async #listen(): Promise<void> {
		const { listen, settings } = this.#options;
		for (const endpoint of listen) this.#addresses.push(await this.#balancer.listen(endpoint));
		const refused = changeIdentity(settings.identity ?? {}, this.#state?.path);
		if (refused) this.#log('warning', refused);
		for (const child of this.#children.values())
			child.send({ type: 'listening', addresses: this.#addresses });
	}

	/**
	 * Reloads the script in every child; they switch to it once all of them could load it.
	 * @throws KemihostError why not; then every child keeps the old script
	 */
	readonly reload = coalesced(() => this.#reload());

	async #reload(): Promise<void> {
		this.#reloading = reloadAll(this.#ready(), (snapshot) => {
			this.#snapshot = snapshot;
		});
		try {
			await this.#reloading;
			this.#metrics.reloaded('done');
		} catch (error) {
			this.#metrics.reloaded('refused');
			throw error;
		} finally {
			this.#reloading = undefined;
		}
	}

	/**
	 * Runs an RPC command in every child that serves; gives their answers by index. The primary has metrics of its own to add to
	 * theirs.
	 */
	async everywhere(command: string, args: readonly (string | number)[]): Promise<RpcValue[]> {
		const answers = this.#ready().map(({ queries }) => queries.ask({ kind: 'command', command, args }));
		if (command === METRICS_COMMAND) answers.push(this.#metrics.snapshot());
		return Promise.all(answers) as Promise<RpcValue[]>;
	}

	/**
	 * Has a child answer a JSON-RPC document.
	 * @throws KemihostError `KH_CHILD` if none is ready
	 */
	async answer(document: string): Promise<RpcResponse | undefined> {
		const [child] = this.#ready();
		if (!child) throw new KemihostError('KH_CHILD', 'no child is ready');
		return child.queries.ask({ kind: 'document', document }) as Promise<RpcResponse | undefined>;
	}

	/** The children that serve, by index. */
	#ready(): ChildHandle[] {
		return [...this.#children.values()].filter((child) => child.ready).sort((a, b) => a.index - b.index);
	}

	async #tell(index: number, command: string, args: readonly (string | number)[]): Promise<void> {
		try {
			await this.#children.get(index)?.queries.ask({ kind: 'command', command, args });
		} catch {
			// nobody waits for the answer
		}
	}

	#announceProcesses(): void {
		const children = this.#ready();
		const list: ProcessInfo[] = [
			{ index: 0, pid: process.pid, description: 'main process - attendant' },
			...children.map(({ index, process: { pid = 0 } }) => ({
				index,
				pid,
				description: `tcp receiver (generic) child=${index - 1}`,
			})),
		];
		for (const child of children) child.send({ type: 'processes', list });
	}

	/** Stops listening, lets the children finish what is in flight, and ends them. */
	async close(): Promise<void> {
		this.#ending = true;
		await this.#balancer.drain(this.#options.drainTime);
		const children = [...this.#children.values()];
		const patience = this.#options.listen.some(({ fd }) => fd !== undefined) ? HANDOVER_PATIENCE : 0;
		const ends = children.map(({ process }) => new Promise((resolve) => process.once('exit', resolve)));
		for (const child of children) child.send({ type: 'drain', patience });
		const deadline = this.#options.drainTime + GRACE;
		const timers = [
			setTimeout(() => this.#kill(children.filter(({ last }) => !last)), deadline),
			setTimeout(() => this.kill(), deadline + LAST_WORK),
		];
		await Promise.all(ends);
		for (const timer of timers) clearTimeout(timer);
		this.#state?.release();
	}

	/** Ends all children at once. */
	kill(): void {
		this.#ending = true;
		this.#balancer.close();
		this.#kill([...this.#children.values()]);
	}

	#kill(children: readonly ChildHandle[]): void {
		for (const { process } of children) process.kill('SIGKILL');
	}

	/** Starts one child; settles once it serves. */
	async #fork(index: number): Promise<void> {
		const child = new ChildHandle(index);
		this.#children.set(index, child);
		child.process.once('exit', (code, signal) => this.#onExit(child, code, signal));
		child.process.on('message', (message: ToPrimary) => this.#onMessage(child, message));
		await child.reply('loaded', 'failed');
		const ready = child.reply('ready', 'failed');
		let loaded = this.#snapshot;
		child.send({
			type: 'start',
			index,
			settings: this.#options.settings,
			stateFolder: this.#state?.path ?? '',
			alone: this.#options.children === 1,
			home: this.#home,
			addresses: this.#addresses,
			snapshot: loaded,
		});
		const { engine, snapshot } = await ready;
		this.#engine = engine;
		this.#snapshot ??= snapshot;
		loaded ??= snapshot;
		// Reloads do not regard a child that is not ready: it catches up with those that went on meanwhile.
		while (this.#reloading || loaded !== this.#snapshot) {
			if (this.#reloading) await this.#reloading.catch(() => {});
			else {
				loaded = this.#snapshot;
				await child.prepare(loaded);
				child.send({ type: 'commit' });
			}
		}
		child.ready = true;
		this.#balancer.add(child.process);
		this.#announceProcesses();
	}

	#onMessage(child: ChildHandle, message: ToPrimary): void {
		switch (message.type) {
			case 'accepted':
				this.#balancer.confirm(child.process);
				return;
			case 'stop':
				this.#options.onStop();
				return;
			case 'last':
				child.last = true;
				return;
			case 'tell':
				void this.#tell(message.index, message.command, message.args);
				return;
			case 'query':
				void answerQuery(
					message,
					(query) => (query.kind === 'reload' ? this.reload() : this.everywhere(query.command, query.args)),
					(answer) => child.send(answer),
				);
				return;
			case 'answer':
			case 'fault':
			case 'error':
				child.queries.settle(message);
		}
	}

	#onExit(child: ChildHandle, code: number | null, signal: string | null): void {
		this.#children.delete(child.index);
		this.#balancer.remove(child.process);
		child.queries.giveUp();
		this.#announceProcesses();
		if (this.#ending || !child.ready) return;
		const lived = Date.now() - child.born;
		this.#crashes = lived < SHORT_LIFE ? this.#crashes + 1 : 0;
		const pause = this.#crashes === 0 ? 0 : Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.#crashes - 1));
		const how = signal ? `by ${signal}` : `with code ${code}`;
		const when =
			pause > 0 ? `; ${this.#crashes} in a row lived less than 2 s, the next starts in ${pause} ms` : '';
		this.#log('warning', `child ${child.index} (${child.process.pid}) ended ${how}${when}`);
		setTimeout(() => this.#replace(child.index), pause);
	}

	async #replace(index: number): Promise<void> {
		if (this.#ending) return;
		try {
			await this.#fork(index);
			this.#metrics.restarted();
			this.#log('notice', `child ${index} serves again`);
		} catch (error) {
			if (this.#ending) return;
			this.#crashes++;
			const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#crashes);
			this.#log(
				'critical',
				`child ${index} cannot be started (${(error as Error).message}); again in ${pause} ms`,
			);
			setTimeout(() => this.#replace(index), pause);
		}
	}

	#log(level: 'warning' | 'notice' | 'critical', text: string): void {
		this.#options.log({ level, text, origin: 'core', time: Date.now() });
	}
}
