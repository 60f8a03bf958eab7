/**
 * Scripts in Lua and JavaScript that route blocks call: `lua_run("fn")`. Kamailio keeps a second interpreter for
 * them in each child; here it is created on the first call.
 *
 * @module
 */
import type { Engine, EngineOptions } from '../../engines/engine.ts';
import { createEngine, KSR_ENGINES } from '../../engines/list.ts';
import type { RequestContext } from '../kemi/context.ts';
import type { GuestLanguage, GuestScripts, Guests } from '../kemi/language.ts';
import { LimitError, ScriptError } from '../kemi/script-error.ts';

/** How many texts of `lua_dostring` keep their function. */
const MOST_TEXTS = 256;

/** One interpreter. */
class Guest {
	readonly engine: Engine;
	/** The functions that texts were made of. */
	readonly texts = new Map<string, string>();

	constructor(engine: Engine) {
		this.engine = engine;
	}
}

/** The interpreters beside one script. */
export class ScriptGuests implements Guests {
	readonly #options: EngineOptions;
	readonly #scripts: GuestScripts;
	readonly #ready = new Map<GuestLanguage, Guest>();
	readonly #starting = new Map<GuestLanguage, Promise<Guest>>();

	/** @param options those of the script's own engine */
	constructor(options: EngineOptions, scripts: GuestScripts) {
		this.#options = options;
		this.#scripts = scripts;
	}

	run(
		language: GuestLanguage,
		name: string,
		args: readonly string[],
		ctx: RequestContext,
	): number | Promise<number> {
		return this.#with(language, ctx, (guest) => this.#call(language, guest, name, args, ctx));
	}

	evaluate(language: GuestLanguage, text: string, ctx: RequestContext): number | Promise<number> {
		return this.#with(language, ctx, (guest) => {
			const known = guest.texts.get(text);
			if (known !== undefined) return this.#call(language, guest, known, [], ctx);
			return this.#define(language, guest, text).then(
				(name) => this.#call(language, guest, name, [], ctx),
				(error: unknown) => failed(ctx, error),
			);
		});
	}

	file(language: GuestLanguage, path: string, ctx: RequestContext): number | Promise<number> {
		let text: string;
		try {
			text = Buffer.from(this.#options.folder.readAnywhere(path)).toString(
				language === 'lua' ? 'latin1' : 'utf8',
			);
		} catch (error) {
			return ctx.refuse((error as Error).message);
		}
		return this.evaluate(language, text, ctx);
	}

	/** Frees the interpreters. */
	close(): void {
		for (const { engine } of this.#ready.values()) engine.close();
		this.#ready.clear();
	}

	/** Does something with an interpreter: at once where it is there. */
	#with(
		language: GuestLanguage,
		ctx: RequestContext,
		work: (guest: Guest) => number | Promise<number>,
	): number | Promise<number> {
		const guest = this.#ready.get(language);
		if (guest) return work(guest);
		let starting = this.#starting.get(language);
		if (!starting) {
			starting = this.#start(language).finally(() => this.#starting.delete(language));
			this.#starting.set(language, starting);
		}
		return starting.then(work, (error: unknown) => failed(ctx, error));
	}

	async #start(language: GuestLanguage): Promise<Guest> {
		const definition = KSR_ENGINES.find((engine) => engine.language === language);
		if (!definition) throw new ScriptError(`there is no engine for ${language}`);
		const guest = new Guest(await createEngine(definition, this.#options));
		for (const path of this.#scripts[language] ?? [])
			await guest.engine.load(this.#options.folder.scriptAt(path));
		this.#ready.set(language, guest);
		return guest;
	}

	/** Makes a function of a text. Its name is given back. */
	async #define(language: GuestLanguage, guest: Guest, text: string): Promise<string> {
		if (guest.texts.size >= MOST_TEXTS) guest.texts.clear();
		const name = `kemihost_text_${guest.texts.size}`;
		const code = language === 'lua' ? `function ${name}() ${text}\nend` : `function ${name}() { ${text}\n}`;
		const kind = language === 'lua' ? 'lua' : 'script';
		await guest.engine.load({ name: `${language} text`, code, kind });
		guest.texts.set(text, name);
		return name;
	}

	#call(
		language: GuestLanguage,
		{ engine }: Guest,
		name: string,
		args: readonly string[],
		ctx: RequestContext,
	): number | Promise<number> {
		const caller = ctx.engine;
		const goBack = (result: number) => {
			ctx.engine = caller;
			return result;
		};
		const fail = (error: unknown) => {
			ctx.engine = caller;
			if (error instanceof LimitError && error.engineLost) this.#ready.delete(language);
			return failed(ctx, error);
		};
		ctx.engine = engine;
		try {
			const waiting = engine.call(name, args, ctx);
			return waiting ? waiting.then(() => goBack(1), fail) : goBack(1);
		} catch (error) {
			return fail(error);
		}
	}
}

/** An error of a script is an error line here and -1, as in Kamailio. */
function failed(ctx: RequestContext, error: unknown): -1 {
	if (!(error instanceof ScriptError) && !(error instanceof LimitError)) throw error;
	return ctx.refuse(error.where ? `${error.where}: ${error.message}` : error.message);
}
