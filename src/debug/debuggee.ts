/**
 * The script's side of a debugging session: makes scripts call it before each statement, and answers those calls.
 *
 * Scripts in Lua and JavaScript call a module of KSR functions, whichever engine runs them; a question that only
 * the script can answer is sent to it as the return value of such a function (`guest/protocol.ts`). Route blocks
 * have a probe before each statement, and the host answers for them (`native-guest.ts`).
 *
 * @module
 */
import { dirname, resolve } from 'node:path';
import type { RunningRoute, StatementProbe } from '../../engines/engine.ts';
import { textOf } from '../bytes.ts';
import type { Position } from '../config/kamailio/ast.ts';
import type { HostOptions } from '../host/options.ts';
import type { RequestContext } from '../kemi/context.ts';
import type { Interceptor } from '../kemi/exports.ts';
import { defineModule, fn, int, str } from '../kemi/module.ts';
import type { KemiValue, RawValue } from '../kemi/value.ts';
import type { ScriptSource } from '../source/folder.ts';
import { realPath } from './breakpoints.ts';
import type { Channel } from './channel.ts';
import { type Command, decode, encode, GUEST_FAILED, GUEST_MODULE, type Records } from './guest/protocol.ts';
import type { Question } from './messages.ts';
import { NativeGuest, NativeStatements } from './native-guest.ts';
import { probeJavaScript } from './probes/javascript.ts';
import { probeLua } from './probes/lua.ts';
import type { Statement } from './probes/probed.ts';
import { type ProbedFile, Standstill, type Talk } from './standstill.ts';
import { type Condition, Stops } from './stops.ts';

/** A file of the script. */
interface ScriptFile extends ProbedFile {
	readonly condition: Condition;
	/** Written in Kamailio's own language. */
	readonly native: boolean;
}

/** A file of route blocks. */
interface NativeFile {
	readonly id: number;
	readonly statements: NativeStatements;
}

/** What scripts get where nothing is wanted of them. */
const NOTHING = false;

const luaCondition: Condition = (text) => `not not (${text})`;
const javascriptCondition: Condition = (text) => `!!(${text})`;
const nativeCondition: Condition = (text) => `!(!(${text}))`;

/** The script's side of one session. */
export class Debuggee {
	readonly #stops: Stops;
	readonly #files: ScriptFile[] = [];
	readonly #nativeFiles = new Map<string, NativeFile>();
	readonly #requests = new WeakMap<RequestContext, number>();
	#requestCount = 0;
	/** The numbers of requests that are over, which the script may forget. */
	readonly #ended: number[] = [];
	/** The requests for which a script has run that can be called. */
	readonly #callable = new WeakSet<RequestContext>();
	/** Gives the route blocks of a request as its last statement has seen them. */
	readonly #routes = new WeakMap<RequestContext, () => readonly RunningRoute[]>();
	/** What waits for the script's answer. */
	#talk: Talk<void> | undefined;
	/** What the request has failed with whose script is called to tell of it. */
	#failure = '';

	constructor(channel: Channel) {
		this.#stops = new Stops(channel);
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
	): Required<
		Pick<HostOptions, 'interceptor' | 'transform' | 'probe' | 'onReply' | 'onEvent' | 'onFailure'>
	> {
		const pathOf = (file: string) => realPath(resolve(dirname(script), file));
		return {
			interceptor: this.#interceptor,
			transform: (source) => this.#probed(source, pathOf(source.name)),
			probe: (at) => this.#probe(at, pathOf(at.file)),
			onReply: (ctx) => this.#over(ctx),
			onEvent: (ctx) => this.#over(ctx),
			onFailure: (ctx, text, call) => {
				if (!this.#stops.onErrors || this.#talk) return;
				this.#failure = textOf(text);
				if (!call) this.#routeFailed(ctx);
				else if (this.#callable.has(ctx)) call(GUEST_FAILED);
			},
		};
	}

	/** The script is loaded: a step that has begun in its top level ends nowhere. */
	loaded(): void {
		this.#stops.ended(0);
		for (const [path, { statements }] of this.#nativeFiles) this.#loaded(path, statements.list);
	}

	/** Answers a question while the script runs. */
	whileRunning(question: Question): void {
		this.#stops.whileRunning(question);
	}

	readonly #interceptor: Interceptor = ({ module, name }, call) => {
		if (module !== GUEST_MODULE) return call;
		type Answer = (ctx: RequestContext | null, args: readonly RawValue[]) => KemiValue;
		const answers: Readonly<Record<string, Answer>> = {
			request: (ctx) => {
				if (ctx) this.#callable.add(ctx);
				return this.#numberOf(ctx);
			},
			ended: () => this.#ended.pop() ?? NOTHING,
			step: (ctx, [file, statement, depth]) =>
				told(this.#step(ctx, Number(file), Number(statement), Number(depth))),
			failed: (ctx) => told(this.#failed(ctx, false)),
			answer: (_ctx, [text]) => told(this.#next(decode(String(text)))),
		};
		const answer = answers[name];
		return answer ? (ctx, args) => answer(ctx, args) : call;
	};

	/** A source that calls the debugger. */
	#probed(source: ScriptSource, path: string): ScriptSource {
		const { code, kind } = source;
		if (kind === 'native') return source;
		const id = this.#files.length;
		const probed = kind === 'lua' ? probeLua(code, id) : probeJavaScript(code, id, kind === 'module');
		if (!probed) return source; // the engine will say why
		const condition = kind === 'lua' ? luaCondition : javascriptCondition;
		this.#files.push({ path, statements: probed.statements, condition, native: false });
		this.#loaded(path, probed.statements);
		return { ...source, code: probed.code };
	}

	/** A statement of a route block is compiled. */
	#probe(at: Position, path: string): ReturnType<StatementProbe> {
		const { id, statements } = this.#nativeFile(path);
		const number = statements.addAt(at);
		return (ctx, running) => {
			this.#routes.set(ctx, running);
			const routes = running();
			this.#answerFor(routes, ctx, this.#step(ctx, id, number, routes.length));
		};
	}

	/** A route block has failed: nothing has left the routes that it was in. */
	#routeFailed(ctx: RequestContext): void {
		const routes = this.#routes.get(ctx)?.();
		if (routes) this.#answerFor(routes, ctx, this.#failed(ctx, true));
	}

	/** Does for route blocks what is asked of them, as long as something is. */
	#answerFor(routes: readonly RunningRoute[], ctx: RequestContext, first: Command | undefined): void {
		const guest = new NativeGuest(ctx, routes, (place) => this.#numbersOf(place));
		for (let command = first; command; ) command = this.#next(guest.answer(command));
	}

	#nativeFile(path: string): NativeFile {
		const known = this.#nativeFiles.get(path);
		if (known) return known;
		const statements = new NativeStatements(path);
		const file = { path, statements: statements.list, condition: nativeCondition, native: true };
		const made = { id: this.#files.push(file) - 1, statements };
		this.#nativeFiles.set(path, made);
		return made;
	}

	/** The numbers of a statement's file and of the statement. */
	#numbersOf(at: Position): readonly [number, number] {
		for (const { id, statements } of this.#nativeFiles.values()) {
			const number = statements.numbers.get(at);
			if (number !== undefined) return [id, number];
		}
		return [-1, -1];
	}

	#loaded(path: string, statements: readonly Statement[]): void {
		this.#stops.loaded(path, new Set(statements.map(({ line }) => line)));
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
		this.#stops.ended(number);
	}

	/** A statement comes. Gives a command for the script, if there is one. */
	#step(ctx: RequestContext | null, file: number, statement: number, depth: number): Command | undefined {
		if (this.#talk) return undefined; // an expression calls a function
		const { path, statements, condition, native } = this.#files[file] as ScriptFile;
		const { line = 0, first = false } = statements[statement] ?? {};
		const place = { request: this.#numberOf(ctx), depth, path, line, first };
		const talk = this.#stops.before(place, () => new Standstill(ctx, this.#files, native), condition);
		return talk && this.#begin(talk);
	}

	/** The script has failed. Gives a command for it, if there is one. */
	#failed(ctx: RequestContext | null, native: boolean): Command | undefined {
		const here = new Standstill(ctx, this.#files, native);
		return this.#begin(this.#stops.failed(this.#numberOf(ctx), here, this.#failure));
	}

	#begin(talk: Talk<void>): Command | undefined {
		this.#talk = talk;
		return this.#command(talk.next());
	}

	/** The script has done a command. Gives the next one, if there is one. */
	#next(records: Records): Command | undefined {
		return this.#talk && this.#command(this.#talk.next(records));
	}

	#command(said: ReturnType<Talk<void>['next']>): Command | undefined {
		if (!said.done) return said.value;
		this.#talk = undefined;
		return undefined;
	}
}

/** What the script is given. */
function told(command: Command | undefined): KemiValue {
	return command ? encode(command) : NOTHING;
}
