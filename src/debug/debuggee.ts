/**
 * The script's side of a debugging session: it is called in front of each statement, and decides whether to stop there.
 *
 * Scripts call it through a module of KSR functions, whichever engine runs them. Questions that only the script can answer go back
 * to it as what those functions return (`guest/protocol.ts`).
 *
 * @module
 */
import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { textOf } from '../bytes.ts';
import type { HostOptions } from '../host/options.ts';
import type { RequestContext } from '../kemi/context.ts';
import type { Interceptor } from '../kemi/exports.ts';
import { defineModule, fn, int, str } from '../kemi/module.ts';
import type { KemiValue, RawValue } from '../kemi/value.ts';
import type { ScriptSource } from '../source/folder.ts';
import { type Breakpoint, Breakpoints } from './breakpoints.ts';
import type { Channel } from './channel.ts';
import { decode, encode, GUEST_FAILED, GUEST_MODULE, type Records } from './guest/protocol.ts';
import type { Message, Question, StopReason } from './messages.ts';
import { probeJavaScript } from './probes/javascript.ts';
import { probeLua } from './probes/lua.ts';
import { type ProbedFile, Standstill, type Talk } from './standstill.ts';
import { type Place, Stepping } from './stepping.ts';

/** A file, and how its language makes a boolean of an expression. */
interface ScriptFile extends ProbedFile {
	readonly condition: (text: string) => string;
}

/** What scripts get where nothing is wanted of them. */
const NOTHING = false;

/** The parts of a log message that are evaluated. */
const BRACES = /\{([^{}]*)\}/;

const luaCondition = (text: string) => `not not (${text})`;
const javascriptCondition = (text: string) => `!!(${text})`;

/** One session. */
export class Debuggee {
	readonly #channel: Channel;
	readonly #breakpoints = new Breakpoints();
	readonly #stepping = new Stepping();
	#stopsOnErrors = true;
	readonly #files: ScriptFile[] = [];
	readonly #requests = new WeakMap<RequestContext, number>();
	#requestCount = 0;
	/** The numbers of requests that are over, which the script may forget. */
	readonly #ended: number[] = [];
	/** What waits for the script's answer. */
	#talk: Talk<void> | undefined;
	/** What the request has failed with whose script is called to tell of it. */
	#failure = '';

	constructor(channel: Channel) {
		this.#channel = channel;
	}

	/** Scripts call it; the interceptor answers, also while a script is being loaded. */
	readonly module = defineModule({
		name: GUEST_MODULE,
		doc: 'Calls of the debugger.',
		functions: [
			fn('request', [], 'int', 'The number of the request.', () => 0),
			fn('ended', [], 'int', 'The number of a request that is over.', () => 0),
			fn('step', [int('file'), int('statement'), int('depth')], 'xval', 'A statement comes.', () => ''),
			fn('failed', [], 'xval', 'The script has failed.', () => ''),
			fn('answer', [str('text')], 'xval', 'What a command has come to.', () => ''),
		],
	});

	/** What a host needs to be debugged. */
	options(
		script: string,
	): Required<Pick<HostOptions, 'interceptor' | 'transform' | 'onReply' | 'onEvent' | 'onFailure'>> {
		return {
			interceptor: this.#interceptor,
			transform: (source) => this.#probed(source, realPath(resolve(dirname(script), source.name))),
			onReply: (ctx) => this.#over(ctx),
			onEvent: (ctx) => this.#over(ctx),
			onFailure: (ctx, text, call) => {
				if (!this.#stopsOnErrors || this.#talk || !this.#requests.has(ctx)) return;
				this.#failure = text;
				call(GUEST_FAILED);
			},
		};
	}

	/** The script is loaded: a step that has begun in its top level ends nowhere. */
	loaded(): void {
		this.#stepping.ended(0);
	}

	/** Answers what can be answered whether the script stands still or not. Gives false for other questions. */
	control(question: Question): boolean {
		switch (question.ask) {
			case 'breakpoints':
				this.#channel.answer(question, this.#breakpoints.set(realPath(question.with[0]), question.with[1]));
				return true;
			case 'stopOnErrors':
				[this.#stopsOnErrors] = question.with;
				break;
			case 'pause':
				this.#stepping.pause();
				break;
			default:
				return false;
		}
		this.#channel.answer(question, undefined);
		return true;
	}

	/** Answers a question while the script runs. */
	whileRunning(question: Question): void {
		if (!this.control(question)) this.#channel.refuse(question, 'the script runs');
	}

	readonly #interceptor: Interceptor = ({ module, name }, call) => {
		if (module !== GUEST_MODULE) return call;
		type Answer = (ctx: RequestContext | null, args: readonly RawValue[]) => KemiValue;
		const answers: Readonly<Record<string, Answer>> = {
			request: (ctx) => this.#numberOf(ctx),
			ended: () => this.#ended.pop() ?? NOTHING,
			step: (ctx, [file, statement, depth]) =>
				this.#step(ctx, Number(file), Number(statement), Number(depth)),
			failed: (ctx) => (ctx ? this.#begin(this.#stop(ctx, this.#nowhere(ctx), this.#failed)) : NOTHING),
			answer: (_ctx, [text]) => this.#goOn(decode(String(text))),
		};
		const answer = answers[name];
		return answer ? (ctx, args) => answer(ctx, args) : call;
	};

	#probed(source: ScriptSource, path: string): ScriptSource {
		const { code, kind } = source;
		const id = this.#files.length;
		const probed = kind === 'lua' ? probeLua(code, id) : probeJavaScript(code, id, kind === 'module');
		if (!probed) return source; // the engine will say why
		const condition = kind === 'lua' ? luaCondition : javascriptCondition;
		this.#files.push({ path, statements: probed.statements, condition });
		const lines = new Set(probed.statements.map(({ line }) => line));
		for (const breakpoint of this.#breakpoints.loaded(path, lines))
			this.#channel.say({ kind: 'breakpoint', breakpoint });
		return { ...source, code: probed.code };
	}

	/** A request's number; 0 while the script is being loaded. */
	#numberOf(ctx: RequestContext | null): number {
		if (!ctx) return 0;
		const known = this.#requests.get(ctx);
		if (known !== undefined) return known;
		this.#requests.set(ctx, ++this.#requestCount);
		return this.#requestCount;
	}

	#over(ctx: RequestContext): void {
		const number = this.#requests.get(ctx);
		if (number === undefined) return;
		this.#ended.push(number);
		this.#stepping.ended(number);
	}

	/** A statement comes. Gives a command for the script, or nothing. */
	#step(ctx: RequestContext | null, file: number, statement: number, depth: number): KemiValue {
		if (this.#talk) return NOTHING; // an expression calls a function
		for (const question of this.#channel.arrived()) this.whileRunning(question);
		const { path, statements, condition } = this.#files[file] as ScriptFile;
		const { line = 0, first = false } = statements[statement] ?? {};
		const breakpoints = first ? this.#breakpoints.at(path, line) : [];
		const place: Place = { request: this.#numberOf(ctx), depth, path, line, first };
		const reason = this.#stepping.stopsAt(place);
		if (breakpoints.length === 0 && !reason) return NOTHING;
		return this.#begin(this.#visit(ctx, place, breakpoints, condition, reason));
	}

	*#visit(
		ctx: RequestContext | null,
		place: Place,
		breakpoints: readonly Breakpoint[],
		condition: ScriptFile['condition'],
		reason: StopReason | undefined,
	): Talk<void> {
		const hit: number[] = [];
		for (const breakpoint of breakpoints)
			if (yield* this.#hits(breakpoint, ctx, place, condition)) hit.push(breakpoint.id);
		if (hit.length > 0) yield* this.#stop(ctx, place, { kind: 'stopped', reason: 'breakpoint', hit });
		else if (reason) yield* this.#stop(ctx, place, { kind: 'stopped', reason });
	}

	/** Whether to stop at a breakpoint. */
	*#hits(
		breakpoint: Breakpoint,
		ctx: RequestContext | null,
		{ depth }: Place,
		boolean: ScriptFile['condition'],
	): Talk<boolean> {
		const { condition, logMessage, line } = breakpoint.wanted;
		const here = new Standstill(ctx, this.#files);
		if (condition) {
			try {
				if ((yield* here.evaluate(boolean(condition), depth)).text !== 'true') return false;
			} catch (error) {
				this.#print(`the condition of the breakpoint in line ${line} fails: ${(error as Error).message}`);
			}
		}
		if (!breakpoint.hit()) return false;
		if (logMessage === undefined) return true;
		const parts = logMessage.split(BRACES);
		for (let i = 1; i < parts.length; i += 2) parts[i] = yield* textIn(here, parts[i] as string, depth);
		this.#print(parts.join(''));
		return false;
	}

	#print(text: string): void {
		this.#channel.say({ kind: 'output', category: 'console', text: `${text}\n` });
	}

	/** Stands still until the editor says how to go on. */
	*#stop(ctx: RequestContext | null, place: Place, why: Message & { readonly kind: 'stopped' }): Talk<void> {
		const standstill = new Standstill(ctx, this.#files);
		this.#channel.say(why);
		for (;;) {
			const question = this.#channel.next();
			if (question.ask === 'go') {
				this.#stepping.go(...question.with, place);
				this.#channel.answer(question, undefined);
				return;
			}
			if (this.control(question)) continue;
			try {
				this.#channel.answer(question, yield* standstill.answer(question));
			} catch (error) {
				this.#channel.refuse(question, (error as Error).message);
			}
		}
	}

	get #failed(): Message & { readonly kind: 'stopped' } {
		return { kind: 'stopped', reason: 'exception', text: textOf(this.#failure) };
	}

	/** Behind a failure there is no statement to step from. */
	#nowhere(ctx: RequestContext): Place {
		return { request: this.#numberOf(ctx), depth: 0, path: '', line: 0, first: false };
	}

	#begin(talk: Talk<void>): KemiValue {
		this.#talk = talk;
		return this.#command(talk.next());
	}

	#goOn(records: Records): KemiValue {
		return this.#talk ? this.#command(this.#talk.next(records)) : NOTHING;
	}

	#command(said: ReturnType<Talk<void>['next']>): KemiValue {
		if (!said.done) return encode(said.value);
		this.#talk = undefined;
		return NOTHING;
	}
}

/** A path without symbolic links, so that the editor's and the script's are the same. */
function realPath(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}

/** What stands in braces in a log message: a string without its quotes. */
function* textIn(here: Standstill, expression: string, level: number): Talk<string> {
	try {
		const { type, text } = yield* here.evaluate(expression, level);
		return type === 'string' ? text.slice(1, -1) : text;
	} catch (error) {
		return `(${(error as Error).message})`;
	}
}
