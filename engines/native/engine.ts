/**
 * The native engine: Kamailio's own routing language. Routes are compiled to closures when the file is loaded;
 * running one walks no tree, and makes a promise only where a function waits.
 *
 * @module
 */
import { isAbsolute, relative } from 'node:path';
import type { ConfigFile, Position } from '../../src/config/kamailio/ast.ts';
import { loadedModules } from '../../src/config/kamailio/loaded-modules.ts';
import { readConfig } from '../../src/config/kamailio/read.ts';
import { plainReply } from '../../src/http/reply.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { Exported } from '../../src/kemi/exports.ts';
import type { RouteBlocks } from '../../src/kemi/language.ts';
import { LimitError, ScriptError } from '../../src/kemi/script-error.ts';
import { ScriptThrow } from '../../src/kemi/throw.ts';
import type { PvValue } from '../../src/pv/variable.ts';
import type { ScriptSource } from '../../src/source/folder.ts';
import { CpuTime } from '../cpu-time.ts';
import type { Engine, EngineOptions } from '../engine.ts';
import { outcomeOf } from './calls.ts';
import type { CompiledRoute, CompilerOptions } from './compiler.ts';
import { evaluateExpression } from './evaluate.ts';
import { type Later, Pending } from './pending.ts';
import { compileProgram, type Program } from './program.ts';
import { Run, type RunLimits } from './run.ts';
import { flagNumbers, numberSetting, settingTest } from './settings.ts';

/** What Kamailio takes where the file says nothing. */
const DEFAULT_LOOPS = 100;
const DEFAULT_DEPTH = 256;

/** Of more routes inside each other than that a traceback shows the innermost ones, and the outermost. */
const MOST_FRAMES = 20;

class NativeEngine implements Engine, RouteBlocks {
	readonly routes: RouteBlocks = this;
	readonly #options: EngineOptions;
	#program: Program = { events: new Map(), routes: new Map() };
	/** What the program was compiled with. */
	#compiling: CompilerOptions | undefined;
	#limits: RunLimits;
	/** The run that has the engine now. */
	#current: Run | undefined;

	constructor(options: EngineOptions) {
		this.#options = options;
		const { cpuMs } = options.limits;
		this.#limits = { cpuMs, time: new CpuTime(cpuMs), loops: DEFAULT_LOOPS, depth: DEFAULT_DEPTH };
	}

	async load(source: ScriptSource): Promise<void> {
		const { folder, native } = this.#options;
		const { config, problems } = readConfig(source.name, {
			...native.reading,
			readFile: (path) => folder.readAnywhere(path),
		});
		this.#limits = {
			...this.#limits,
			loops: numberSetting(config, 'max_while_loops') ?? DEFAULT_LOOPS,
			depth: numberSetting(config, 'max_recursive_level') ?? DEFAULT_DEPTH,
		};
		const options = this.#compilerOptions(config);
		const program = compileProgram(config, options, problems);
		problems.throwIfAny();
		this.#program = program;
		this.#compiling = options;
	}

	callbacks(): string[] {
		const { events, routes } = this.#program;
		return [...[...events.keys()].map((event) => `event_route[${event}]`), ...routes.keys()];
	}

	call(callback: string, _args: readonly string[], ctx: RequestContext): undefined | Promise<undefined> {
		const route = this.#find(callback);
		if (!route) throw new ScriptError(`there is no ${callback} (any more)`);
		const run = new Run(ctx, this.#limits, callback);
		const result = this.#slice(run, () => {
			const got = route.body(run);
			if (typeof got === 'number') ended(run, got);
			return got;
		});
		if (typeof result === 'number') return undefined;
		const { waiting } = run;
		result.end(
			(late) => {
				ended(run, late);
				waiting?.finish();
			},
			(error) => waiting?.finish(error),
		);
		return waiting?.promise;
	}

	route(name: string, ctx: RequestContext): number | Promise<number> | undefined {
		const route = this.#program.routes.get(name);
		if (!route) return undefined;
		const run = new Run(ctx, this.#limits, `route[${name}]`);
		const caller = ctx.engine;
		ctx.engine = this;
		const goBack = () => {
			run.waiting?.finish();
			ctx.engine = caller;
		};
		let result: Later<number>;
		try {
			result = this.#slice(run, () => route.body(run));
		} catch (error) {
			goBack();
			throw this.#raised(name, error);
		}
		if (!(result instanceof Pending)) {
			goBack();
			return result;
		}
		return new Promise((resolve, reject) => {
			result.end(
				(late) => {
					goBack();
					resolve(late);
				},
				(error) => {
					goBack();
					reject(this.#raised(name, error));
				},
			);
		});
	}

	/** What failed in a route fails in the script that called it. */
	#raised(name: string, error: unknown): unknown {
		if (!(error instanceof ScriptError) && !(error instanceof LimitError)) return error;
		return new ScriptThrow(`route[${name}]: ${error.where ? `${error.where}: ` : ''}${error.message}`);
	}

	evaluate(text: string, ctx: RequestContext): PvValue {
		if (!this.#compiling) throw new Error('nothing is loaded');
		return evaluateExpression(text, ctx, this.#compiling, this.#limits);
	}

	hasRoute(name: string): boolean {
		return this.#program.routes.has(name);
	}

	position(): string | undefined {
		return this.#current?.at && this.#place(this.#current.at);
	}

	memory(): number {
		return 0; // everything it holds is the host's
	}

	close(): void {
		this.#program = { events: new Map(), routes: new Map() };
	}

	#compilerOptions(config: ConfigFile): CompilerOptions {
		const { functions, variables, probe, watchRoute } = this.#options.native;
		const loaded = loadedModules(config);
		return {
			functions,
			variables,
			loaded,
			flags: flagNumbers(config),
			hasSetting: settingTest(config, loaded),
			probe,
			watchRoute,
			wait: (run: Run, exported: Exported, promise: Promise<unknown>) => this.#wait(run, exported, promise),
		};
	}

	#find(callback: string): CompiledRoute | undefined {
		const event = /^event_route\[(.*)\]$/.exec(callback)?.[1];
		return event === undefined ? this.#program.routes.get(callback) : this.#program.events.get(event);
	}

	/** Runs a slice: from the outside in, and out again with an error that says where. */
	#slice<T>(run: Run, work: () => T): T {
		const outer = this.#current;
		this.#current = run;
		this.#limits.time.enter();
		try {
			return work();
		} catch (error) {
			throw this.#located(run, error);
		} finally {
			this.#limits.time.leave();
			this.#current = outer;
		}
	}

	#located(run: Run, error: unknown): unknown {
		const at = run.at && {
			file: this.#fileName(run.at),
			line: run.at.line,
			column: run.at.column,
			traceback: this.#traceback(run),
		};
		if (error instanceof ScriptThrow) return new ScriptError(error.message, at);
		if (error instanceof RangeError && /call stack/.test(error.message))
			return new ScriptError('stack overflow', at);
		return error;
	}

	/** The routes that are inside each other, innermost first. */
	#traceback({ at, frame: innermost, callback }: Run): string {
		const lines: string[] = [];
		let place = at;
		for (let frame = innermost; frame; frame = frame.outer) {
			if (lines.length < MOST_FRAMES) lines.push(traced(`route[${frame.route}]`, this.#placeOf(place)));
			place = frame.from;
		}
		const name = /[[]/.test(callback) ? callback : `route[${callback}]`;
		return [...lines, traced(name, this.#placeOf(place))].join('\n');
	}

	#placeOf(at: Position | undefined): string {
		return at ? this.#place(at) : '?';
	}

	#wait(run: Run, exported: Exported, promise: Promise<unknown>): Later<number> {
		const { ctx } = run;
		const pending = new Pending<number>();
		run.waiting ??= ctx.host.waiting.begin(this, ctx, run.callback, () => undefined);
		run.waiting.wait(exported, promise, (outcome) => {
			this.#slice(run, () => {
				ctx.engine = this;
				let result: number;
				try {
					result = outcomeOf(run, exported, outcome);
				} catch (error) {
					pending.fail(this.#located(run, error));
					return;
				}
				pending.resolve(result);
			});
		});
		return pending;
	}

	#place(at: Position): string {
		return `${this.#fileName(at)}:${at.line}`;
	}

	#fileName({ file }: Position): string {
		if (!isAbsolute(file)) return file;
		const below = relative(this.#options.folder.root, file);
		return below.startsWith('..') ? file : below;
	}
}

const traced = (route: string, place: string) => `  at ${route} (${place})`;

/** A handler that ends in failure, as with `return -1`: Kamailio closes the connection then. */
function ended(run: Run, result: number): void {
	const { ctx } = run;
	if (result >= 0 || ctx.reply.final || ctx.event !== undefined) return;
	ctx.report('error', `${run.callback} ended in failure (${result}) and without a reply`);
	ctx.reply.replace(plainReply(500));
}

/** Builds a native engine. */
export async function createNative(options: EngineOptions): Promise<Engine> {
	return new NativeEngine(options);
}
