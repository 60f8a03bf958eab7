/**
 * How an engine reports that a script failed or was stopped.
 *
 * @module
 */
import { type ErrorDetails, KemihostError } from '../errors.ts';

/** What an engine knows of an error in a script. */
export interface ScriptErrorDetails extends ErrorDetails {
	file?: string | undefined;
	line?: number | undefined;
	/** In characters, from 1; JavaScript's engines know it. For Lua it is found later (`source/lua-places.ts`). */
	column?: number | undefined;
	/** The script's own call stack, innermost first, without frames of the host. */
	traceback?: string | undefined;
	/** True while the script was being loaded rather than called. */
	loading?: boolean;
}

/** A script does not compile, or raised an error that nothing in it caught. The message has no position in it. */
export class ScriptError extends KemihostError {
	override readonly name = 'ScriptError';
	readonly file: string | undefined;
	readonly line: number | undefined;
	readonly column: number | undefined;
	readonly traceback: string | undefined;

	constructor(message: string, details: ScriptErrorDetails = {}) {
		const { file, line } = details;
		const where = file === undefined ? undefined : line === undefined ? file : `${file}:${line}`;
		super(details.loading ? 'KH_SCRIPT_COMPILE' : 'KH_SCRIPT_ERROR', message, { where, ...details });
		this.file = file;
		this.line = line;
		this.column = details.column;
		this.traceback = details.traceback;
	}
}

/** Which limit stopped a script. */
export type LimitName = 'cpu' | 'time' | 'memory' | 'waiting';

/** A script was stopped by one of its limits; nothing in the script could catch it. */
export class LimitError extends KemihostError {
	override readonly name = 'LimitError';
	readonly limit: LimitName;
	/** True if the engine cannot be used any further and has to be built anew. */
	readonly engineLost: boolean;

	constructor(limit: LimitName, message: string, details: { engineLost?: boolean } & ErrorDetails = {}) {
		super('KH_LIMIT', message, details);
		this.limit = limit;
		this.engineLost = details.engineLost ?? false;
	}
}
