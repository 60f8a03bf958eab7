/**
 * An editor that debugs a script: the client of `@vscode/debugadapter-testsupport`, on a `kemihost debug` of its own.
 *
 * @module
 */
import type { TestContext } from 'node:test';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { kemihost } from './command.ts';

const THREAD = { threadId: 1 };

/** A debugging session as a test sees it. */
export class Editor {
	readonly client: DebugClient;
	/** All that was put out. */
	output = '';
	/** What has become of breakpoints after they were set. */
	readonly changed: Dap.Breakpoint[] = [];

	private constructor(client: DebugClient) {
		this.client = client;
		client.on('output', ({ body }: Dap.OutputEvent) => {
			this.output += body.output;
		});
		client.on('breakpoint', ({ body }: Dap.BreakpointEvent) => this.changed.push(body.breakpoint));
	}

	/** Starts `kemihost debug` with arguments, and connects. */
	static async open(t: TestContext, ...args: readonly string[]): Promise<Editor> {
		let connected: DebugClient | undefined;
		t.after(() => connected?.stop()); // before the command is killed
		const run = kemihost(t, ['debug', ...args, '--listen=127.0.0.1:0', '--editor=127.0.0.1:0']);
		const [, port = ''] = await run.until(/waits for an editor on tcp:\/\/127\.0\.0\.1:(\d+)/);
		const client = new DebugClient('node', '', 'kemihost');
		await client.start(Number(port));
		connected = client;
		return new Editor(client);
	}

	/**
	 * Launches the script with breakpoints.
	 * @param breakpoints by the file's path: lines, or whole breakpoints
	 * @returns what was answered about the breakpoints
	 */
	async launch(
		breakpoints: Readonly<Record<string, readonly (number | Dap.SourceBreakpoint)[]>> = {},
		launch: Dap.LaunchRequestArguments & Record<string, unknown> = {},
	): Promise<Dap.Breakpoint[]> {
		const { client } = this;
		await client.initializeRequest();
		const initialized = client.waitForEvent('initialized');
		await client.launchRequest(launch);
		await initialized;
		const set: Dap.Breakpoint[] = [];
		for (const [path, lines] of Object.entries(breakpoints)) set.push(...(await this.set(path, lines)));
		await client.setExceptionBreakpointsRequest({ filters: ['uncaught'] });
		await client.configurationDoneRequest();
		return set;
	}

	/** Sets the breakpoints of a file. */
	async set(path: string, lines: readonly (number | Dap.SourceBreakpoint)[]): Promise<Dap.Breakpoint[]> {
		const breakpoints = lines.map((line) => (typeof line === 'number' ? { line } : line));
		const { body } = await this.client.setBreakpointsRequest({ source: { path }, breakpoints });
		return body.breakpoints;
	}

	/** Waits until something is put out. */
	async until(pattern: RegExp): Promise<RegExpExecArray> {
		for (;;) {
			const found = pattern.exec(this.output);
			if (found) return found;
			await this.client.waitForEvent('output');
		}
	}

	/** The address that the script is served on. */
	async url(): Promise<string> {
		return (await this.until(/kemihost debugs .* on (http:\S+)/))[1] as string;
	}

	/** Does something, and waits until the script stands still. */
	async stopped(action: () => unknown): Promise<Dap.StoppedEvent['body']> {
		const stopped = this.client.waitForEvent('stopped');
		await action();
		return (await stopped).body;
	}

	/** Goes on to the next stop, and says where that is. */
	async step(how: 'next' | 'stepIn' | 'stepOut' | 'continue'): Promise<string | undefined> {
		await this.stopped(() => this.client[`${how}Request`](THREAD));
		return (await this.stack())[0];
	}

	/** Goes on without waiting for a stop. */
	async goOn(): Promise<void> {
		await this.client.continueRequest(THREAD);
	}

	/** The frames as `name:line`, innermost first. */
	async stack(): Promise<string[]> {
		return (await this.#frames()).map(({ name, line }) => `${name}:${line}`);
	}

	/** The values of one of the innermost frame's scopes by name. */
	async scope(name: string): Promise<Record<string, string>> {
		const [frame] = await this.#frames();
		const { body } = await this.client.scopesRequest({ frameId: frame?.id ?? 0 });
		const scope = body.scopes.find((one) => one.name === name);
		return Object.fromEntries(
			(await this.parts(scope?.variablesReference ?? 0)).map((part) => [part.name, part.value]),
		);
	}

	async parts(variablesReference: number): Promise<Dap.Variable[]> {
		const { body } = await this.client.variablesRequest({ variablesReference });
		return body.variables;
	}

	/** An expression's value in one of the frames, 0 for the innermost; or why it has none. */
	async evaluate(expression: string, frame = 0): Promise<string> {
		const frameId = (await this.#frames())[frame]?.id;
		try {
			const args = { expression, ...(frameId === undefined ? {} : { frameId }) };
			return (await this.client.evaluateRequest(args)).body.result;
		} catch (error) {
			return (error as Error).message;
		}
	}

	async #frames(): Promise<Dap.StackFrame[]> {
		return (await this.client.stackTraceRequest(THREAD)).body.stackFrames;
	}
}
