/**
 * A script in an engine of its own, ready for requests.
 *
 * @module
 */
import type { Engine, EngineDefinition, EngineOptions } from '../../engines/engine.ts';
import { createEngine } from '../../engines/list.ts';
import { KemihostError } from '../errors.ts';
import type { ExportTable } from '../kemi/exports.ts';
import { hintFor } from '../kemi/hints.ts';
import { ScriptError } from '../kemi/script-error.ts';
import { suggest } from '../kemi/suggest.ts';
import { ScriptFolder, type ScriptSnapshot, type ScriptSource } from './folder.ts';

/** How a script is loaded. It stays the same over all reloads. */
export interface ScriptSetup {
	readonly path: string;
	readonly definition: EngineDefinition;
	readonly exports: ExportTable;
	readonly limits: EngineOptions['limits'];
	readonly log: EngineOptions['log'];
	/** The functions that events call, which the script has to define. */
	readonly callbacks: readonly { readonly event: string; readonly name: string }[];
}

/** A loaded script. */
export class LoadedScript {
	readonly engine: Engine;
	/** The files it was made of. */
	readonly snapshot: ScriptSnapshot;
	readonly #source: ScriptSource;
	readonly #exports: ExportTable;

	private constructor(engine: Engine, source: ScriptSource, snapshot: ScriptSnapshot, exports: ExportTable) {
		this.engine = engine;
		this.snapshot = snapshot;
		this.#source = source;
		this.#exports = exports;
	}

	/**
	 * Loads a script into a new engine, and checks that it defines what events call.
	 * @param snapshot files to take instead of those on the disk
	 * @throws KemihostError (a ScriptError, for the most part) where it cannot
	 */
	static async load(setup: ScriptSetup, snapshot?: ScriptSnapshot): Promise<LoadedScript> {
		const { definition, exports, limits, log } = setup;
		const { folder, source } = ScriptFolder.open(setup.path, snapshot);
		const engine = await createEngine(definition, { exports: exports.entries, limits, folder, log });
		const script = new LoadedScript(engine, source, folder.snapshot, exports);
		try {
			await engine.load(source);
			checkCallbacks(setup, engine.callbacks(), source.name);
			return script;
		} catch (error) {
			engine.close();
			throw error instanceof ScriptError ? script.#withHint(error) : error;
		}
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
		const hint = hintFor(this.#source.code.split('\n')[line - 1] ?? '', this.#exports);
		const loading = code === 'KH_SCRIPT_COMPILE';
		return hint ? new ScriptError(message, { file, line, traceback, hint, loading }) : error;
	}
}

/** Kamailio finds out about a misspelt callback only when requests go unanswered. */
function checkCallbacks({ callbacks }: ScriptSetup, defined: readonly string[], where: string): void {
	for (const { event, name } of callbacks) {
		if (defined.includes(name)) continue;
		const near = suggest(name, defined);
		const known = defined.slice(0, 10).join(', ');
		const hint = known ? `functions in the script: ${known}` : 'the script defines no global functions';
		throw new KemihostError('KH_SCRIPT_CALLBACK', `there is no function ${name}, which ${event} calls`, {
			where,
			hint: near ? `did you mean ${near}?` : hint,
		});
	}
}
