/**
 * A script in an engine of its own, ready for requests.
 *
 * @module
 */
import type { Engine, EngineDefinition, EngineOptions } from '../../engines/engine.ts';
import { createEngine } from '../../engines/list.ts';
import type { Clock } from '../clock.ts';
import { KemihostError } from '../errors.ts';
import { type EventCallback, means } from '../kemi/events.ts';
import type { ExportTable } from '../kemi/exports.ts';
import { hintFor } from '../kemi/hints.ts';
import { ScriptError } from '../kemi/script-error.ts';
import { suggest } from '../kemi/suggest.ts';
import { ScriptFolder, type ScriptSnapshot, type ScriptSource, type SourceTransform } from './folder.ts';

/** How a script is loaded. It stays the same over all reloads. */
export interface ScriptSetup {
	readonly path: string;
	readonly definition: EngineDefinition;
	readonly exports: ExportTable;
	readonly limits: EngineOptions['limits'];
	readonly log: EngineOptions['log'];
	readonly native: EngineOptions['native'];
	/** The functions that module parameters name for events, which the script has to define. */
	readonly callbacks: readonly EventCallback[];
	/** The events that the host is there for. */
	readonly required: readonly string[];
	readonly clock?: Clock;
	readonly transform?: SourceTransform;
}

/** A loaded script. */
export class LoadedScript {
	readonly engine: Engine;
	/** The files it was made of. */
	readonly snapshot: ScriptSnapshot;
	readonly #source: ScriptSource;
	readonly #setup: ScriptSetup;
	readonly #handlers = new Map<string, string | undefined>();

	private constructor(engine: Engine, source: ScriptSource, snapshot: ScriptSnapshot, setup: ScriptSetup) {
		this.engine = engine;
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
		const engine = await createEngine(definition, {
			exports: exports.entries,
			limits,
			folder,
			log,
			native,
			...(clock ? { clock } : {}),
		});
		const script = new LoadedScript(engine, source, folder.snapshot, setup);
		try {
			await engine.load(source);
			checkHandlers(setup, engine.callbacks(), source.name);
			return script;
		} catch (error) {
			engine.close();
			throw error instanceof ScriptError ? script.#withHint(error) : error;
		}
	}

	/** What `engine.call` takes to handle an event; undefined where the script does not handle it. */
	handlerOf(event: string): string | undefined {
		const known = this.#handlers.get(event);
		if (known !== undefined || this.#handlers.has(event)) return known;
		const handler = handlerName(this.#setup, event);
		const found = handler !== undefined && this.engine.callbacks().includes(handler) ? handler : undefined;
		this.#handlers.set(event, found);
		return found;
	}

	/** What happened, where, what may help, and the script's own stack: an error of this script for a reader. */
	describe(error: ScriptError): string {
		const { where, message, hint, traceback } = this.#withHint(error);
		const parts = [where ? `${where}: ${message}` : message];
		if (hint) parts.push(`hint: ${hint}`);
		if (traceback) parts.push(traceback);
		return parts.join('\n');
	}

	#withHint(error: ScriptError): ScriptError {
		const { message, file, line, traceback, code, hint: known } = error;
		if (known || line === undefined || file !== this.#source.name) return error;
		const hint = hintFor(this.#source.code.split('\n')[line - 1] ?? '', this.#setup.exports);
		const loading = code === 'KH_SCRIPT_COMPILE';
		return hint ? new ScriptError(message, { file, line, traceback, hint, loading }) : error;
	}
}

/** The handler of an event by its name: the language's own for it, or what a module parameter says. */
function handlerName({ definition, callbacks }: ScriptSetup, event: string): string | undefined {
	if (definition.eventHandler) return definition.eventHandler(event);
	return callbacks.find((callback) => means(callback.event, event))?.name;
}

/** Kamailio finds out about a misspelt callback only when requests go unanswered. */
function checkHandlers(setup: ScriptSetup, defined: readonly string[], where: string): void {
	const { definition, callbacks, required } = setup;
	const wanted = definition.eventHandler
		? required.map((event) => ({ event, name: definition.eventHandler?.(event) ?? '' }))
		: callbacks.map(({ event, name }) => ({ event: event.name, name }));
	for (const { event, name } of wanted) {
		if (defined.includes(name)) continue;
		const near = suggest(name, defined);
		const known = defined.slice(0, 10).join(', ');
		const none = 'the script defines no global functions';
		const hint = known ? `functions in the script: ${known}` : none;
		throw new KemihostError('KH_SCRIPT_CALLBACK', `there is no function ${name}, which ${event} calls`, {
			where,
			hint: near ? `did you mean ${near}?` : hint,
		});
	}
}
