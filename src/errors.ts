/**
 * Every error that kemihost itself reports: one table of codes, each with the exit code of the command line.
 *
 * @module
 */

/** Exit codes of the command line. */
export const EXIT_CODES = {
	ok: { code: 0, doc: 'the host ended as it was asked to' },
	failure: { code: 1, doc: 'something failed at run time, for example a port that is in use' },
	usage: { code: 2, doc: 'the command line is wrong: an unknown name, or a value that does not fit' },
	script: { code: 3, doc: 'the script cannot be read, does not compile, or lacks its callback' },
	config: { code: 78, doc: 'a configuration file or a module parameter is wrong' },
} as const;

/** The name of an exit code. */
export type ExitName = keyof typeof EXIT_CODES;

/** Stable codes: what may be matched by programs and looked up in docs/errors.md. */
export const ERRORS = {
	KH_USAGE: { exit: 'usage', doc: 'A flag or a command is unknown, or its value has the wrong form.' },
	KH_ENGINE_UNKNOWN: { exit: 'usage', doc: 'No engine has that name.' },
	KH_ENGINE_MISMATCH: { exit: 'usage', doc: 'The engine does not run files of that kind.' },
	KH_ENGINE_MISSING: {
		exit: 'usage',
		doc: 'The package behind the engine is not installed or does not load.',
	},
	KH_NODE_VERSION: { exit: 'usage', doc: 'The Node.js that runs the host is too old.' },
	KH_CONFIG: {
		exit: 'config',
		doc: 'The file given by `--config` cannot be read or holds something unknown.',
	},
	KH_CFG: { exit: 'config', doc: 'A kamailio.cfg cannot be read, or something in it is wrong.' },
	KH_MODPARAM: {
		exit: 'config',
		doc: 'A module parameter is unknown, or its value has the wrong type or form.',
	},
	KH_MODULE: { exit: 'config', doc: "A module's declaration contradicts itself or another module's." },
	KH_LISTEN: { exit: 'failure', doc: 'The host cannot listen on an address.' },
	KH_STATE: { exit: 'failure', doc: 'The folder or the server of the shared state cannot be used.' },
	KH_DATABASE: {
		exit: 'failure',
		doc: 'A database cannot be reached, or does not have what is to be loaded from it.',
	},
	KH_SCRIPT_READ: { exit: 'script', doc: 'The script file cannot be read.' },
	KH_SCRIPT_COMPILE: { exit: 'script', doc: 'The script does not compile, or fails while it is loaded.' },
	KH_SCRIPT_CALLBACK: { exit: 'script', doc: 'The script does not define the function that an event calls.' },
	KH_SCRIPT_ERROR: { exit: 'script', doc: 'The script raised an error while it handled an event.' },
	KH_VARIABLE: { exit: 'usage', doc: 'There is no such variable, or it does not take the value.' },
	KH_RECORDING: { exit: 'config', doc: 'A recording cannot be read, or holds something else.' },
	KH_LIMIT: { exit: 'failure', doc: 'A script ran into one of its limits.' },
	KH_RPC: { exit: 'failure', doc: 'No running host was found, or it refused an RPC command.' },
	KH_CHILD: { exit: 'failure', doc: 'A child process ended or failed in a way of its own.' },
	KH_CLOSED: { exit: 'failure', doc: 'The host was closed and takes no more requests.' },
} as const satisfies Record<string, { exit: ExitName; doc: string }>;

/** A stable error code. */
export type ErrorCode = keyof typeof ERRORS;

/** What may decorate an error beyond its message. */
export interface ErrorDetails {
	/** Where it happened: `handler.lua:12`. */
	where?: string | undefined;
	/** What the reader can do about it. */
	hint?: string | undefined;
	/** The source line with a caret below it (`src/source/excerpt.ts`). */
	excerpt?: string | undefined;
	cause?: unknown;
}

/** An error for the reader: what happened, where, and what to do. */
export class KemihostError extends Error {
	override readonly name: string = 'KemihostError';
	readonly code: ErrorCode;
	readonly where: string | undefined;
	readonly hint: string | undefined;
	readonly excerpt: string | undefined;

	constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.code = code;
		this.where = details.where;
		this.hint = details.hint;
		this.excerpt = details.excerpt;
	}

	/** The command line's exit code for this error. */
	get exitCode(): number {
		return EXIT_CODES[ERRORS[this.code].exit].code;
	}

	/** The error in one paragraph, as the command line prints it. */
	describe(): string {
		const place = this.where ? `${this.where}: ` : '';
		const hint = this.hint ? `\n  hint: ${this.hint}` : '';
		const source = this.excerpt ? `\n${this.excerpt.trimEnd()}` : '';
		return `${place}${this.message} [${this.code}]${source}${hint}`;
	}
}
