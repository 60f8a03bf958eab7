/**
 * A script that is loaded in an engine of its own and ready for requests.
 *
 * @module
 */
import { resolve } from 'node:path';
import type { Engine, EngineDefinition, EngineOptions } from '../../engines/engine.ts';
import { createEngine, ROUTE_BLOCKS } from '../../engines/list.ts';
import { bytesOf, textOf } from '../bytes.ts';
import type { Clock } from '../clock.ts';
import { KemihostError } from '../errors.ts';
import { type EventCallback, means } from '../kemi/events.ts';
import type { ExportTable } from '../kemi/exports.ts';
import { hintFor } from '../kemi/hints.ts';
import type { GuestScripts, RouteBlocks } from '../kemi/language.ts';
import { ScriptError } from '../kemi/script-error.ts';
import { suggest } from '../kemi/suggest.ts';
import { excerpt } from '../source/excerpt.ts';
import {
	ScriptFolder,
	type ScriptSnapshot,
	type ScriptSource,
	type SourceTransform,
} from '../source/folder.ts';
import { LuaPlaces } from '../source/lua-places.ts';
import type { EntryGuard } from './guard.ts';
import { ScriptGuests } from './guests.ts';

/** How a script is loaded. It stays the same over all reloads. */
export interface ScriptSetup {
	readonly path: string;
	/** Scripts that are loaded into the same engine before it, in this order. */
	readonly before?: readonly string[];
	readonly definition: EngineDefinition;
	readonly exports: ExportTable;
	readonly limits: EngineOptions['limits'];
	readonly log: EngineOptions['log'];
	readonly native: EngineOptions['native'];
	/** The kamailio.cfg whose route blocks a script in another language can call. */
	readonly routes?: string;
	/** Scripts that route blocks call. */
	readonly guests?: GuestScripts;
	/** The functions that module parameters name for events, which the script has to define. */
	readonly callbacks: readonly EventCallback[];
	/** The route blocks that module parameters name for events, in place of event routes. */
	readonly eventRoutes: readonly EventCallback[];
	/** The events that the host is there for. */
	readonly required: readonly string[];
	/** Told of every call into the engine. */
	readonly guard?: EntryGuard | undefined;
	readonly clock?: Clock;
	readonly transform?: SourceTransform;
}

/** What handles an event: a callback, in the script's engine or among the route blocks. */
export interface Handler {
	readonly engine: Engine;
	/** What `engine.call` takes. */
	readonly callback: string;
}

/** A loaded script. */
export class LoadedScript {
	readonly engine: Engine;
	/** The engine of the route blocks beside it. */
	readonly #blocks: Engine | undefined;
	/** Scripts in other languages that route blocks call. */
	readonly guests: ScriptGuests;
	/** The files it was made of. */
	readonly snapshot: ScriptSnapshot;
	readonly #source: ScriptSource;
	readonly #setup: ScriptSetup;
	readonly #handlers = new Map<string, Handler | undefined>();
	/** By file. */
	readonly #luaPlaces = new Map<string, LuaPlaces>();
	/** What the script and the route blocks define: asked for once, since a request must not find an engine that is broken. */
	#callbacks: readonly string[] = [];
	#blockNames: readonly string[] = [];

	private constructor(
		engine: Engine,
		blocks: Engine | undefined,
		guests: ScriptGuests,
		source: ScriptSource,
		snapshot: ScriptSnapshot,
		setup: ScriptSetup,
	) {
		this.engine = engine;
		this.#blocks = blocks;
		this.guests = guests;
		this.snapshot = snapshot;
		this.#source = source;
		this.#setup = setup;
	}

	/**
	 * Loads a script into a new engine, and checks that it defines what events call.
	 * @param snapshot files to take instead of those on the disk
	 * @throws KemihostError (a ScriptError, for the most part) where it cannot
	 */
	static async load(setup: ScriptSetup, snapshot?: ScriptSnapshot): Promise<LoadedScript> {
		const { definition, exports, limits, log, native, clock, transform } = setup;
		const { folder, source } = ScriptFolder.open(setup.path, snapshot, transform);
		const options = {
			exports: exports.entries,
			limits,
			folder,
			log,
			native,
			...(clock ? { clock } : {}),
		};
		const engine = await createEngine(definition, options);
		const besides = setup.routes !== undefined && !definition.eventHandler;
		const blocks = besides ? await createEngine(ROUTE_BLOCKS, options) : undefined;
		const script = new LoadedScript(
			engine,
			blocks,
			new ScriptGuests(options, setup.guests ?? {}),
			source,
			folder.snapshot,
			setup,
		);
		try {
			if (blocks && setup.routes !== undefined)
				await blocks.load({ name: resolve(setup.routes), code: '', kind: 'native' });
			for (const path of setup.before ?? []) await script.#run(folder.scriptAt(path));
			await script.#run(source);
			script.#callbacks = engine.callbacks();
			script.#blockNames = blocks?.callbacks() ?? [];
			script.#checkHandlers();
			return script;
		} catch (error) {
			script.close();
			throw error instanceof ScriptError ? script.#withHint(error) : error;
		}
	}

	/** Runs the top level. What of it comes behind an `await` is not watched. */
	#run(source: ScriptSource): Promise<void> {
		const { guard } = this.#setup;
		guard?.enter(source.name);
		try {
			return this.engine.load(source);
		} finally {
			guard?.leave();
		}
	}

	/** What `engine.call` takes to handle an event; undefined if the script does not handle it. */
	handlerOf(event: string): Handler | undefined {
		const known = this.#handlers.get(event);
		if (known !== undefined || this.#handlers.has(event)) return known;
		const found = this.#find(event);
		this.#handlers.set(event, found);
		return found;
	}

	/** The route blocks: those of a configuration that is the script, or those beside it. */
	get routes(): RouteBlocks | undefined {
		return this.engine.routes ?? this.#blocks?.routes;
	}

	/** Frees its engines. */
	close(): void {
		this.engine.close();
		this.#blocks?.close();
		this.guests.close();
	}

	/** The script's own function comes first, as in Kamailio; an event route handles what it does not. */
	#find(event: string): Handler | undefined {
		const callback = handlerName(this.#setup, event);
		if (callback !== undefined && this.#callbacks.includes(callback))
			return { engine: this.engine, callback };
		const block = blockName(this.#setup, event);
		return this.#blocks && this.#blockNames.includes(block)
			? { engine: this.#blocks, callback: block }
			: undefined;
	}

	/** Kamailio finds out about a misspelt callback only when requests go unanswered. */
	#checkHandlers(): void {
		const { definition, callbacks, required, eventRoutes } = this.#setup;
		const named = ({ event, name }: EventCallback) => ({ event: event.name, name });
		const blocks = eventRoutes.map(named);
		if (definition.eventHandler)
			this.#checkNames(this.#callbacks, definition, [
				...required.map((event) => ({ event, name: blockName(this.#setup, event) })),
				...blocks,
			]);
		else {
			this.#checkNames(this.#callbacks, definition, callbacks.map(named));
			if (this.#blocks) this.#checkNames(this.#blockNames, ROUTE_BLOCKS, blocks);
		}
	}

	#checkNames(
		defined: readonly string[],
		definition: EngineDefinition,
		wanted: readonly { readonly event: string; readonly name: string }[],
	): void {
		for (const { event, name } of wanted)
			if (!defined.includes(name)) throw missing(this.#source.name, event, name, defined, definition);
	}

	/** What happened, where, what may help, and the script's own stack: an error of this script for a reader. */
	describe(error: ScriptError): string {
		const { where, message, hint, excerpt: source, traceback } = this.#withHint(error);
		const parts = [where ? `${where}: ${message}` : message];
		if (source) parts.push(source.trimEnd());
		if (hint) parts.push(`hint: ${hint}`);
		if (traceback) parts.push(traceback);
		return parts.join('\n');
	}

	#withHint(error: ScriptError): ScriptError {
		const { message, file, line, traceback, code, cause } = error;
		if (error.excerpt || line === undefined || file === undefined) return error;
		const source = this.#line(file, line);
		if (source === undefined) return error;
		const hint = error.hint ?? hintFor(message, source, this.#setup.exports);
		const loading = code === 'KH_SCRIPT_COMPILE';
		const column = this.#column(error, file, line);
		// columns count characters, and the source is bytes
		const shown =
			column === undefined ? excerpt(source, { line }) : bytesOf(excerpt(textOf(source), { line, column }));
		return new ScriptError(message, { file, line, column, traceback, hint, excerpt: shown, loading, cause });
	}

	/** Where in its line an error happened, as far as the engine or the source tell. */
	#column({ column, message }: ScriptError, file: string, line: number): number | undefined {
		const { definition, transform } = this.#setup;
		// what a tool has changed keeps its lines, not its columns
		if (definition.language !== 'lua') return transform ? undefined : column;
		let places = this.#luaPlaces.get(file);
		if (!places) {
			places = new LuaPlaces(Buffer.from(this.snapshot.get(file) ?? '').toString());
			this.#luaPlaces.set(file, places);
		}
		return places.column(line, message);
	}

	/** A line of one of the script's files as a byte string: as it was read, not as it may be on the disk by now. */
	#line(file: string, line: number): string | undefined {
		const content = this.snapshot.get(file);
		return content && Buffer.from(content).toString('latin1').split('\n')[line - 1];
	}
}

/** The handler of an event by its name: the language's own for it, or what a module parameter says. */
function handlerName(setup: ScriptSetup, event: string): string | undefined {
	if (setup.definition.eventHandler) return blockName(setup, event);
	return setup.callbacks.find((callback) => means(callback.event, event))?.name;
}

/** The route block of an event: `event_route[EVENT]`, unless a module parameter names another. */
function blockName({ eventRoutes }: ScriptSetup, event: string): string {
	const named = eventRoutes.find((route) => means(route.event, event))?.name;
	return named ?? ROUTE_BLOCKS.eventHandler?.(event) ?? '';
}

function missing(
	where: string,
	event: string,
	name: string,
	defined: readonly string[],
	{ eventHandler }: EngineDefinition,
): KemihostError {
	const near = suggest(name, defined);
	const known = defined.slice(0, 10).join(', ');
	const what = eventHandler ? 'routes' : 'functions';
	const none = eventHandler ? 'the file has no routes' : 'the script defines no global functions';
	const hint = known ? `${what} in the script: ${known}` : none;
	const text = eventHandler ? `there is no ${name}` : `there is no function ${name}, which ${event} calls`;
	return new KemihostError('KH_SCRIPT_CALLBACK', text, {
		where,
		hint: near ? `did you mean ${near}?` : hint,
	});
}
