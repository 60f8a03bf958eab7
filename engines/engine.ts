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

/** What the engine list knows of an engine before anything of it is loaded. */
export interface EngineDefinition {
	readonly name: string;
	readonly aliases: readonly string[];
	readonly language: Language;
	/** One line for `--help` and the README. */
	readonly doc: string;
	/**
	 * How `callbacks` and `call` name the handler of an event, where the language has handlers of its own for events:
	 * `event_route[xhttp:request]`. Without it a module parameter names the function.
	 */
	readonly eventHandler?: (event: string) => string;
	/** Loads the engine's code and builds one instance. Fails where its package is missing. */
	create(options: EngineOptions): Promise<Engine>;
}

/** What an engine is given. */
export interface EngineOptions {
	/** Every KSR function; the engine builds the KSR object from it, once. */
	readonly exports: readonly Exported[];
	/** CPU time of one slice of script code in milliseconds; memory of the whole engine in bytes. */
	readonly limits: { readonly cpuMs: number; readonly memoryBytes: number };
	/** The time as the script sees it, where that is not the machine's. */
	readonly clock?: Clock;
	/** What `require` and `import` may read. */
	readonly folder: ScriptFolder;
	/** What Kamailio's own language is made of. */
	readonly native: NativeServices;
	/** Where `print` and `console` go. The text is a byte string. */
	log(level: LevelName, text: string): void;
}

/** What Kamailio's own language needs of the host: it is part of the configuration, and knows variables by itself. */
export interface NativeServices {
	/** Every function, also by its name in that language. */
	readonly functions: ExportTable;
	readonly variables: VariableRegistry;
	/** How the configuration is read: what the command line defines. */
	readonly reading: Omit<ReadOptions, 'readFile'>;
	/** For tools that want to know which statements run. */
	readonly probe?: StatementProbe | undefined;
	/** For tools that show what was called. */
	readonly watchRoute?: RouteWatch | undefined;
}

/** A route block that has not ended, and the statement of it that runs. */
export interface RunningRoute {
	/** As it is written: `route[NAME]`, `event_route[EVENT]`. */
	readonly name: string;
	readonly at: Position | undefined;
}

/**
 * Told of each statement when it is compiled; what it gives is called whenever that statement is about to run.
 * @param routes gives the routes that are inside each other, outermost first
 */
export type StatementProbe = (
	at: Position,
) => (ctx: RequestContext, routes: () => readonly RunningRoute[]) => void;

/** Told of each route block that a route calls by its name; what it gives is told of the result. */
export type RouteWatch = (ctx: RequestContext, route: string) => (result: number) => void;

/** One instance of an engine, with its script's globals. Strings that cross this border are byte strings. */
export interface Engine extends ScriptPosition {
	/** Compiles and runs a script's top level under the CPU limit. Throws a ScriptError or LimitError. */
	load(source: ScriptSource): Promise<void>;
	/** The names of the script's global (in a module: exported) functions. */
	callbacks(): string[];
	/**
	 * Calls a callback for one request. Returns at once where the handler ran through, with a promise only where
	 * it waits. A script that threw `EXIT_VALUE` ended normally. Throws (or rejects with) a ScriptError or LimitError.
	 */
	call(callback: string, args: readonly string[], ctx: RequestContext): undefined | Promise<undefined>;
	/** The script's route blocks, where the language has them. */
	readonly routes?: RouteBlocks;
	/** Bytes that the engine's heap holds now. */
	memory(): number;
	/** Frees everything. The engine is not used afterwards. */
	close(): void;
}
