/**
 * The contract of an engine, which runs scripts of one language. An engine knows no KSR function by name and
 * nothing about HTTP.
 *
 * @module
 */
import type { Clock } from '../src/clock.ts';
import type { Position } from '../src/config/kamailio/ast.ts';
import type { ReadOptions } from '../src/config/kamailio/read.ts';
import type { RequestContext } from '../src/kemi/context.ts';
import type { Exported, ExportTable } from '../src/kemi/exports.ts';
import type { Language, RouteBlocks, ScriptPosition } from '../src/kemi/language.ts';
import type { LevelName } from '../src/log/levels.ts';
import type { VariableRegistry } from '../src/pv/registry.ts';
import type { ScriptFolder, ScriptSource } from '../src/source/folder.ts';

/** An entry of the engine list: what is known of an engine before its code is loaded. */
export interface EngineDefinition {
	readonly name: string;
	readonly aliases: readonly string[];
	readonly language: Language;
	/** One line for `--help` and the README. */
	readonly doc: string;
	/**
	 * The name of an event's handler in `callbacks` and `call`, for a language that has event handlers of its own:
	 * `event_route[xhttp:request]`. In other languages a module parameter names the function.
	 */
	readonly eventHandler?: (event: string) => string;
	/** Loads the engine's code and builds one instance. Rejects if its package is not installed. */
	create(options: EngineOptions): Promise<Engine>;
}

/** What the host gives to an engine. */
export interface EngineOptions {
	/** Every KSR function; the engine builds the KSR object from it, once. */
	readonly exports: readonly Exported[];
	/** CPU time of one slice of script code in milliseconds; memory of the whole engine in bytes. */
	readonly limits: { readonly cpuMs: number; readonly memoryBytes: number };
	/** The time as the script sees it, if it is not the machine's. */
	readonly clock?: Clock;
	/** What `require` and `import` may read. */
	readonly folder: ScriptFolder;
	/** For Kamailio's own language only. */
	readonly native: NativeServices;
	/** Where `print` and `console` go. The text is a byte string. */
	log(level: LevelName, text: string): void;
}

/**
 * What the engine of Kamailio's own language needs besides KSR: that language is part of the configuration, and
 * has variables built in.
 */
export interface NativeServices {
	/** Every function, which can be found by its name in that language too. */
	readonly functions: ExportTable;
	readonly variables: VariableRegistry;
	/** How the configuration is read, including what the command line defines. */
	readonly reading: Omit<ReadOptions, 'readFile'>;
	/** For tools that follow which statements run. */
	readonly probe?: StatementProbe | undefined;
	/** For tools that show what was called. */
	readonly watchRoute?: RouteWatch | undefined;
}

/** A route block that is running, and its current statement. */
export interface RunningRoute {
	/** As it is written: `route[NAME]`, `event_route[EVENT]`. */
	readonly name: string;
	readonly at: Position | undefined;
}

/**
 * Called for each statement when it is compiled; the function that it returns is called each time that
 * statement is about to run.
 * @param routes gives the routes that are running, one called by the other, outermost first
 */
export type StatementProbe = (
	at: Position,
) => (ctx: RequestContext, routes: () => readonly RunningRoute[]) => void;

/** Called for each route block that a route calls by name; the function that it returns is called with the result. */
export type RouteWatch = (ctx: RequestContext, route: string) => (result: number) => void;

/** One instance of an engine, with its script's globals. All strings that are passed in or out are byte strings. */
export interface Engine extends ScriptPosition {
	/** Compiles and runs a script's top level under the CPU limit. Throws a ScriptError or LimitError. */
	load(source: ScriptSource): Promise<void>;
	/** The names of the script's global (in a module: exported) functions. */
	callbacks(): string[];
	/**
	 * Calls a callback for one request. Returns undefined once the handler has run to its end, or a promise if it waits.
	 * A script that threw `EXIT_VALUE` has ended normally. Throws (or rejects with) a ScriptError or LimitError.
	 */
	call(callback: string, args: readonly string[], ctx: RequestContext): undefined | Promise<undefined>;
	/** The script's route blocks, if the language has them. */
	readonly routes?: RouteBlocks;
	/** The size of the engine's heap now, in bytes. */
	memory(): number;
	/** Frees everything. The engine is not used afterwards. */
	close(): void;
}
