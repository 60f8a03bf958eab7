/**
 * A debugging session with an editor, in the Debug Adapter Protocol
 * (https://microsoft.github.io/debug-adapter-protocol/specification).
 *
 * @module
 */
import { basename } from 'node:path';
import {
	BreakpointEvent,
	DebugSession,
	InitializedEvent,
	OutputEvent,
	Scope,
	Source,
	StackFrame,
	StoppedEvent,
	TerminatedEvent,
	Thread,
} from '@vscode/debugadapter';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { SetBreakpoint, Shown, Step } from './messages.ts';
import { type DebugTarget, ScriptThread } from './script-thread.ts';

/** What an editor's launch configuration can hold. */
export interface LaunchArguments extends Dap.LaunchRequestArguments {
	/** The script, where the command line names none. */
	readonly program?: string;
	/** Flags of `kemihost debug`. */
	readonly args?: readonly string[];
}

/** A script has one thread. */
const THREAD = 1;

/** The one kind of exception that is stopped at. */
const UNCAUGHT = 'uncaught';

/** One session. The editor's requests are methods of the base class. */
export class EditorSession extends DebugSession {
	readonly #target: (launch: LaunchArguments) => Promise<DebugTarget>;
	readonly #configured = Promise.withResolvers<void>();
	#thread: ScriptThread | undefined;

	/** @param target says what to debug, by what the editor has asked for */
	constructor(target: (launch: LaunchArguments) => Promise<DebugTarget>) {
		super();
		this.#target = target;
		this.setDebuggerLinesStartAt1(true);
		this.setDebuggerColumnsStartAt1(true);
	}

	protected override initializeRequest(response: Dap.InitializeResponse): void {
		response.body = {
			supportsConfigurationDoneRequest: true,
			supportsConditionalBreakpoints: true,
			supportsHitConditionalBreakpoints: true,
			supportsLogPoints: true,
			supportsEvaluateForHovers: true,
			supportsSetVariable: true,
			supportsTerminateRequest: true,
			exceptionBreakpointFilters: [{ filter: UNCAUGHT, label: 'Errors of the script', default: true }],
		};
		this.sendResponse(response);
	}

	protected override launchRequest(response: Dap.LaunchResponse, args: LaunchArguments = {}): void {
		this.#answer(response, async () => {
			const target = await this.#target(args);
			const thread = new ScriptThread(
				target,
				(notice) => {
					if (notice.kind === 'output') this.sendEvent(new OutputEvent(notice.text, notice.category));
					else if (notice.kind === 'breakpoint')
						this.sendEvent(new BreakpointEvent('changed', shownBreakpoint(notice.breakpoint)));
					else this.#stopped(notice.reason, notice.text, notice.hit);
				},
				(error) => {
					if (error) this.sendEvent(new OutputEvent(`${error.stack}\n`, 'stderr'));
					this.sendEvent(new TerminatedEvent());
				},
			);
			this.#thread = thread;
			this.sendEvent(new InitializedEvent());
			this.#configured.promise
				.then(() => thread.ask('start'))
				.then(
					(line) => this.sendEvent(new OutputEvent(`${line}\n`, 'console')),
					(error: Error) => {
						this.sendEvent(new OutputEvent(`${error.message}\n`, 'stderr'));
						void thread.end();
					},
				);
		});
	}

	/** The script of the command line is launched: there is none to attach to. */
	protected override attachRequest(response: Dap.AttachResponse, args: LaunchArguments = {}): void {
		this.launchRequest(response, args);
	}

	protected override configurationDoneRequest(response: Dap.ConfigurationDoneResponse): void {
		this.#configured.resolve();
		this.sendResponse(response);
	}

	protected override setBreakPointsRequest(
		response: Dap.SetBreakpointsResponse,
		{ source, breakpoints = [] }: Dap.SetBreakpointsArguments,
	): void {
		this.#answer(response, async () => {
			const wanted = breakpoints.map(({ line, condition, hitCondition, logMessage }) => ({
				line: this.convertClientLineToDebugger(line),
				condition,
				hitCondition,
				logMessage,
			}));
			const set = await this.#script.ask('breakpoints', source.path ?? '', wanted);
			response.body = { breakpoints: set.map(shownBreakpoint) };
		});
	}

	protected override setExceptionBreakPointsRequest(
		response: Dap.SetExceptionBreakpointsResponse,
		{ filters }: Dap.SetExceptionBreakpointsArguments,
	): void {
		this.#answer(response, () => this.#script.ask('stopOnErrors', filters.includes(UNCAUGHT)));
	}

	protected override threadsRequest(response: Dap.ThreadsResponse): void {
		response.body = { threads: [new Thread(THREAD, 'script')] };
		this.sendResponse(response);
	}

	protected override stackTraceRequest(
		response: Dap.StackTraceResponse,
		{ startFrame = 0, levels = 0 }: Dap.StackTraceArguments,
	): void {
		this.#answer(response, async () => {
			const frames = await this.#script.ask('frames');
			const shown = frames.slice(startFrame, levels > 0 ? startFrame + levels : undefined);
			response.body = {
				stackFrames: shown.map(
					({ level, name, path, line }) =>
						new StackFrame(
							level,
							name,
							new Source(basename(path), this.convertDebuggerPathToClient(path)),
							this.convertDebuggerLineToClient(line),
							this.convertDebuggerColumnToClient(1),
						),
				),
				totalFrames: frames.length,
			};
		});
	}

	protected override scopesRequest(response: Dap.ScopesResponse, { frameId }: Dap.ScopesArguments): void {
		this.#answer(response, async () => {
			const scopes = await this.#script.ask('scopes', frameId);
			response.body = {
				scopes: scopes.map(({ name, ref }) => new Scope(name, ref, name === 'Global')),
			};
		});
	}

	protected override variablesRequest(
		response: Dap.VariablesResponse,
		{ variablesReference }: Dap.VariablesArguments,
	): void {
		this.#answer(response, async () => {
			const parts = await this.#script.ask('parts', variablesReference);
			response.body = { variables: parts.map((part) => ({ name: part.name, ...value(part) })) };
		});
	}

	protected override setVariableRequest(
		response: Dap.SetVariableResponse,
		{ variablesReference, name, value: text }: Dap.SetVariableArguments,
	): void {
		this.#answer(response, async () => {
			response.body = value(await this.#script.ask('set', variablesReference, name, text));
		});
	}

	protected override evaluateRequest(
		response: Dap.EvaluateResponse,
		{ expression, frameId }: Dap.EvaluateArguments,
	): void {
		this.#answer(response, async () => {
			const { value: result, ...rest } = value(await this.#script.ask('evaluate', expression, frameId));
			response.body = { result, ...rest };
		});
	}

	protected override continueRequest(response: Dap.ContinueResponse): void {
		this.#go(response, 'continue');
	}

	protected override nextRequest(response: Dap.NextResponse): void {
		this.#go(response, 'next');
	}

	protected override stepInRequest(response: Dap.StepInResponse): void {
		this.#go(response, 'in');
	}

	protected override stepOutRequest(response: Dap.StepOutResponse): void {
		this.#go(response, 'out');
	}

	protected override pauseRequest(response: Dap.PauseResponse): void {
		this.#answer(response, () => this.#script.ask('pause'));
	}

	protected override terminateRequest(response: Dap.TerminateResponse): void {
		this.#answer(response, async () => this.#thread?.end());
	}

	protected override disconnectRequest(
		response: Dap.DisconnectResponse,
		args: Dap.DisconnectArguments,
	): void {
		const end = this.#thread?.end() ?? Promise.resolve();
		void end.then(() => super.disconnectRequest(response, args));
	}

	get #script(): ScriptThread {
		if (this.#thread) return this.#thread;
		throw new Error('nothing is debugged yet');
	}

	#stopped(reason: string, text: string | undefined, hit: number[] | undefined): void {
		const event: Dap.StoppedEvent = new StoppedEvent(reason, THREAD, text);
		event.body = { ...event.body, allThreadsStopped: true, ...(hit ? { hitBreakpointIds: hit } : {}) };
		if (text !== undefined) event.body.description = text.split('\n')[0] ?? '';
		this.sendEvent(event);
	}

	#go(response: Dap.Response, how: Step): void {
		this.#answer(response, () => this.#script.ask('go', how));
	}

	/** Sends a response once its work is done, or why it cannot be. */
	#answer(response: Dap.Response, work: () => Promise<unknown>): void {
		(async () => work())().then(
			() => this.sendResponse(response),
			(error: Error) => this.sendErrorResponse(response, 1, error.message.replaceAll(/[{}]/g, '')),
		);
	}
}

function value({ type, text, ref }: Shown) {
	return { value: text, type, variablesReference: ref };
}

function shownBreakpoint({ id, line, verified, message }: SetBreakpoint): Dap.Breakpoint {
	return { id, line, verified, ...(message === undefined ? {} : { message }) };
}
