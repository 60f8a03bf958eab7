/**
 * The export table: every KSR function of every loaded module, in the form that engines call.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { StoreRefusal } from '../store/store.ts';
import { convert, MAX_ARGUMENTS, typeName } from './arguments.ts';
import type { RequestContext } from './context.ts';
import type { Language } from './language.ts';
import type { KemiFunction, KemiModule, Parameter } from './module.ts';
import { Refusal } from './refusal.ts';
import { suggest } from './suggest.ts';
import { ScriptThrow } from './throw.ts';
import { unavailableCfgFunction, unavailableFunctions } from './unavailable.ts';
import type { KemiValue, RawValue } from './value.ts';

const TYPE_WORDS: Readonly<Record<Parameter['type'], string>> = {
	str: 'a string',
	int: 'an integer',
	long: 'an integer',
};

/** V8's messages for a string or a list that would be longer than V8 allows. */
const TOO_LONG = /^(Invalid (string|array|typed array) length|Array buffer allocation failed)/;

/** A call of a KSR function, as engines make it; see `Exported.call`. */
export type KsrCall = Exported['call'];

/**
 * Wraps KSR functions, to observe or replace their calls. It is called once for each function when the table is
 * built, so a host without an interceptor pays nothing.
 * @param call calls the function itself
 * @returns what engines call instead
 */
export type Interceptor = (exported: Exported, call: KsrCall) => KsrCall;

type Run = (ctx: RequestContext, ...args: unknown[]) => unknown;

/** The outcome of a function that waited: the value that the script gets, or the error that is raised in it. */
export type Outcome = { readonly value: KemiValue } | { readonly error: ScriptThrow };

/** Returned for a function that was not even called, because its handler is about to be turned away. */
const NEVER = new Promise<never>(() => {});

/** One function as engines see it. */
export class Exported {
	/** The KSR sub-object that holds it; `''` for KSR itself. */
	readonly module: string;
	readonly name: string;
	/** As scripts write it: `KSR.xhttp.xhttp_reply`. */
	readonly path: string;
	readonly declaration: KemiFunction;
	/** True if an interceptor wraps the function and has to see each call. */
	intercepted = false;
	readonly #params: readonly Parameter[];
	readonly #rest: Parameter | undefined;
	readonly #run: Run;
	readonly #none: boolean;
	readonly #waits: boolean;
	readonly #whileLoading: (text: string) => void;

	/** @param path how scripts write it, if that is not its place in KSR */
	constructor(
		module: string,
		declaration: KemiFunction,
		whileLoading: (text: string) => void,
		path = module ? `KSR.${module}.${declaration.name}` : `KSR.${declaration.name}`,
	) {
		this.#whileLoading = whileLoading;
		this.module = module;
		this.name = declaration.name;
		this.path = path;
		this.declaration = declaration;
		const last = declaration.params.at(-1);
		this.#rest = last?.rest ? last : undefined;
		this.#params = this.#rest ? declaration.params.slice(0, -1) : declaration.params;
		this.#run = declaration.run as Run;
		this.#none = declaration.returns === 'none';
		this.#waits = declaration.waits ?? false;
	}

	/**
	 * Calls the function for a script.
	 * @param ctx the request that the script runs for; null while a script is being loaded, when no function can
	 *   be called
	 * @param args what the script passed; the array is modified
	 * @returns what the script gets; or a promise, until whose `outcome` the engine suspends the handler. For
	 *   JavaScript a function that may wait always returns a promise, so that the script can call `then` on it.
	 * @throws ScriptThrow, which the engine raises inside the script; nothing else
	 */
	call(ctx: RequestContext | null, args: RawValue[], language: Language): KemiValue | Promise<unknown> {
		if (!this.#waits) return this.#call(ctx, args, language);
		if (ctx?.host.waiting.refuses(ctx)) return NEVER;
		const full = ctx?.host.waiting.refusal;
		if (full) throw new ScriptThrow(`${this.path}: ${full}`);
		const result = this.#call(ctx, args, language);
		return language === 'javascript' && ctx !== null ? Promise.resolve(result) : result;
	}

	/** The outcome of a promise that `call` returned. Never rejects. */
	async outcome(ctx: RequestContext, promise: Promise<unknown>): Promise<Outcome> {
		try {
			const value = (await promise) as KemiValue;
			return { value: this.#none ? false : value };
		} catch (error) {
			try {
				return { value: this.#failed(ctx, error) };
			} catch (thrown) {
				return { error: thrown as ScriptThrow };
			}
		}
	}

	#call(ctx: RequestContext | null, args: RawValue[], language: Language): KemiValue | Promise<unknown> {
		if (ctx === null) {
			this.#whileLoading(`${this.path} was called while the script is loading; it needs a request`);
			return false;
		}
		const params = this.#params;
		if (this.declaration.unchecked) args.length = 0;
		const count = params.length;
		if (args.length !== count && !this.#countFits(ctx, args.length, language)) return false;
		for (let i = 0; i < count; i++) {
			const param = params[i] as Parameter;
			const value = args[i];
			if (typeof value === 'string' && param.type === 'str') continue;
			const converted = convert(param, value, language);
			if (converted === undefined) return this.#wrongType(ctx, i, param, value);
			args[i] = converted;
		}
		if (this.#rest) {
			for (let i = count; i < args.length; i++) {
				const converted = convert(this.#rest, args[i], language);
				if (converted === undefined) return this.#wrongType(ctx, i, this.#rest, args[i]);
				args[i] = converted;
			}
		} else if (args.length > count) args.length = count;
		try {
			const result = this.#run(ctx, ...args);
			return this.#none && !(result instanceof Promise) ? false : (result as KemiValue);
		} catch (error) {
			return this.#failed(ctx, error);
		}
	}

	/** Wraps the function. */
	intercept(interceptor: Interceptor): void {
		this.call = interceptor(this, this.call.bind(this));
		this.intercepted = true;
	}

	/** True if the function is declared with this number of parameters. */
	takes(count: number): boolean {
		return this.#rest ? count >= this.#params.length : count === this.#params.length;
	}

	/**
	 * What the script gets for an error inside the function.
	 * @throws ScriptThrow
	 */
	#failed(ctx: RequestContext, error: unknown): -1 | false {
		if (error instanceof ScriptThrow) throw error;
		// The script recursed so deeply that no stack is left for the host: its error, not ours.
		if (error instanceof RangeError && /call stack/.test(error.message))
			throw new ScriptThrow('stack overflow');
		const refused =
			error instanceof Refusal ||
			error instanceof StoreRefusal ||
			(error instanceof RangeError && TOO_LONG.test(error.message));
		if (refused) ctx.report('error', `${this.path}: ${error.message}`);
		else ctx.report('bug', `${this.path} failed inside the host: ${(error as Error)?.stack ?? error}`);
		if (this.declaration.sendsReply) ctx.refusedReplies++;
		return refused && this.declaration.returns === 'int' ? -1 : false;
	}

	/**
	 * Checks the number of arguments. As in Kamailio, surplus arguments are ignored up to six in all, but not if
	 * the function takes none (app_lua_kemi_export.c).
	 */
	#countFits(ctx: RequestContext, given: number, language: Language): boolean {
		const wanted = this.#params.length;
		if (given > wanted && (this.#rest || (wanted > 0 && given <= MAX_ARGUMENTS))) return true;
		const text = `${this.path} takes ${this.#signature()}, got ${given} argument${given === 1 ? '' : 's'}`;
		// app_jsdt throws here, unless nothing at all was passed; scripts see the difference (case error-wrong-arg-count)
		this.#refuse(
			ctx,
			text,
			language === 'javascript' && given > 0 && given < wanted ? 'RangeError' : undefined,
		);
		return false;
	}

	#wrongType(ctx: RequestContext, index: number, param: Parameter, value: RawValue): false {
		const wanted = TYPE_WORDS[param.type];
		this.#refuse(
			ctx,
			`${this.path}: parameter ${index + 1} (${param.name}) must be ${wanted}, got ${typeName(value)}`,
		);
		return false;
	}

	#refuse(ctx: RequestContext, text: string, raise?: 'RangeError'): void {
		ctx.report('error', text);
		if (this.declaration.sendsReply) ctx.refusedReplies++;
		if (raise || ctx.host.strict) throw new ScriptThrow(text, raise);
	}

	#signature(): string {
		const names = this.declaration.params.map((p) => (p.rest ? `${p.name}...` : p.name));
		return names.length === 0 ? 'no parameters' : `(${names.join(', ')})`;
	}
}

/** The functions that Kamailio's own language has, by their names there. */
class CfgForms {
	readonly #forms = new Map<string, Exported[]>();

	add(name: string, entry: Exported): void {
		const forms = this.#forms.get(name) ?? [];
		const count = entry.declaration.params.length;
		const twin = forms.find((form) => form.takes(count));
		if (twin)
			throw new KemihostError(
				'KH_MODULE',
				`${name} with ${count} parameters is exported twice: as ${twin.path} and as ${entry.path}`,
			);
		forms.push(entry);
		this.#forms.set(name, forms);
	}

	get(name: string): readonly Exported[] {
		return this.#forms.get(name) ?? [];
	}

	get names(): readonly string[] {
		return [...this.#forms.keys()];
	}
}

/** All functions, by module and by path. */
export class ExportTable {
	readonly entries: readonly Exported[];
	readonly #byPath = new Map<string, Exported>();
	readonly #cfg = new CfgForms();
	readonly #absentCfg = new Map<string, Exported>();
	readonly #whileLoading: (text: string) => void;
	readonly #interceptor: Interceptor | undefined;

	/**
	 * @param whileLoading called with a message for each call that comes before there is a request
	 * @param interceptor wraps every function
	 * @throws KemihostError `KH_MODULE` if two modules export the same function
	 */
	constructor(
		modules: readonly KemiModule[],
		whileLoading: (text: string) => void,
		interceptor?: Interceptor,
	) {
		this.#whileLoading = whileLoading;
		this.#interceptor = interceptor;
		for (const module of modules) {
			for (const declaration of module.functions ?? []) {
				const entry = new Exported(module.ksrName ?? module.name, declaration, whileLoading);
				if (this.#byPath.has(entry.path))
					throw new KemihostError(
						'KH_MODULE',
						`${entry.path} is exported twice (second time by ${module.name})`,
					);
				this.#byPath.set(entry.path, entry);
				if (declaration.cfg) this.#cfg.add(declaration.cfg, entry);
			}
			for (const declaration of module.cfgFunctions ?? []) {
				const entry = new Exported(module.name, declaration, whileLoading, declaration.name);
				this.#cfg.add(declaration.name, this.#intercepted(entry));
			}
		}
		for (const { module, fn } of unavailableFunctions((path) => this.#byPath.has(path))) {
			const entry = new Exported(module, fn, whileLoading);
			this.#byPath.set(entry.path, entry);
		}
		this.entries = [...this.#byPath.values()];
		for (const entry of this.entries) this.#intercepted(entry);
	}

	#intercepted(entry: Exported): Exported {
		if (this.#interceptor) entry.intercept(this.#interceptor);
		return entry;
	}

	/** A function by its path, `KSR.hdr.get`. */
	find(path: string): Exported | undefined {
		return this.#byPath.get(path);
	}

	/**
	 * All functions with a name in Kamailio's own language (`append_to_reply`): they differ in their number of
	 * parameters.
	 */
	cfgForms(name: string): readonly Exported[] {
		return this.#cfg.get(name);
	}

	/** The function with a name in Kamailio's own language that takes this number of parameters. */
	findCfg(name: string, count: number): Exported | undefined {
		return this.#cfg.get(name).find((form) => form.takes(count));
	}

	/** Stands for a function of Kamailio's own language that kemihost does not have: a call of it says so. */
	absentCfg(name: string, module: string): Exported {
		const known = this.#absentCfg.get(name);
		if (known) return known;
		const entry = new Exported(module, unavailableCfgFunction(name, module), this.#whileLoading, name);
		this.#absentCfg.set(name, this.#intercepted(entry));
		return entry;
	}

	/** The names of all functions in Kamailio's own language. */
	get cfgNames(): readonly string[] {
		return this.#cfg.names;
	}

	/** The path of an existing function that is most similar to one that does not exist. */
	suggest(path: string): string | undefined {
		return suggest(path, [...this.#byPath.keys()]);
	}
}
