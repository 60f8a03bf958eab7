/**
 * `import`, of siblings in the script's folder only.
 *
 * QuickJS asks for a module's name first, and for its source where it has not loaded one of that name. Only the
 * second question can be answered by an error.
 *
 * @module
 */
import { ScriptError } from '../../src/kemi/script-error.ts';
import type { ScriptFolder, ScriptSource } from '../../src/source/folder.ts';
import { keepRequests } from '../javascript/awaits.ts';

/** Why a module cannot be had, and where in the script it was asked for. */
export interface MissingModule {
	message: string;
	file: string;
	line: number;
}

/** Finds modules for one engine. */
export class Modules {
	readonly #folder: ScriptFolder;
	/** All that was read: for QuickJS to load, and to name the line of an import that fails. */
	readonly #sources = new Map<string, ScriptSource>();
	/** The last import that failed. */
	#missing: { name: string; why: MissingModule } | undefined;

	constructor(folder: ScriptFolder) {
		this.#folder = folder;
	}

	/** Makes a source known that was not imported. */
	add(source: ScriptSource): void {
		this.#sources.set(source.name, source);
	}

	/** The name under which QuickJS is to know what `importer` imports. It is never empty. */
	resolve(specifier: string, importer: string): string {
		try {
			const source = this.#folder.importModule(specifier, importer);
			if (source) {
				this.#sources.set(source.name, source);
				return source.name;
			}
		} catch (error) {
			if (!(error instanceof ScriptError)) throw error;
			return this.#fail(
				specifier,
				importer,
				error.where ? `${error.where}: ${error.message}` : error.message,
			);
		}
		const hint = /^\.{1,2}\//.test(specifier) ? '' : ": a module's path begins with './' or '../'";
		return this.#fail(specifier, importer, `there is no module "${specifier}" to import${hint}`);
	}

	/** The source of the module that `resolve` named last, or why there is none. */
	source(name: string): string | MissingModule {
		if (this.#missing?.name === name) return this.#missing.why;
		const source = this.#sources.get(name);
		if (source) return keepRequests(source);
		return { message: `there is no module "${name}"`, file: name, line: 1 };
	}

	#fail(specifier: string, importer: string, message: string): string {
		const lines = this.#sources.get(importer)?.code.split('\n') ?? [];
		const line =
			Math.max(
				0,
				lines.findIndex((text) => text.includes(specifier)),
			) + 1;
		const name = `/${specifier}`; // names of real modules are paths below the folder
		this.#missing = { name, why: { message, file: importer, line } };
		return name;
	}
}
