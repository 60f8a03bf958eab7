/**
 * The folder a script lives in: the only place that `require` and `import` may read.
 *
 * @module
 */
import { readFileSync, realpathSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, dirname, extname, join, normalize, relative, resolve, sep } from 'node:path';
import { init as initLexer, parse as parseModule } from 'es-module-lexer';
import { bytesOf } from '../bytes.ts';
import { KemihostError } from '../errors.ts';
import { ScriptError } from '../kemi/script-error.ts';
import { endingOf } from './ending.ts';
import { excerpt } from './excerpt.ts';

/** A script as an engine takes it. */
export interface ScriptSource {
	/** The name in error messages: the path below the script's folder, with forward slashes. */
	name: string;
	/**
	 * The source: Lua as a byte string, since Lua's strings are bytes; JavaScript as text. TypeScript has been stripped
	 * of its types, line by line.
	 */
	code: string;
	/** How it is compiled: as Lua, as a plain JavaScript script, as an ES module, or as a kamailio.cfg. */
	kind: 'lua' | 'script' | 'module' | 'native';
}

/** Endings of script files, and what is tried behind an `import` that names none. */
export const SCRIPT_ENDINGS = ['.lua', '.js', '.mjs', '.ts'] as const;

await initLexer();

/** A line that begins as only those of ES modules do. */
const MODULE_LINE =
	/^(import\s*["'{*]|import\s+\w+[\s,]|export\s+(default|const|let|var|function|async|class)\b|export\s*[{*])/m;

/** True if JavaScript source can only be an ES module. */
function hasModuleSyntax(code: string): boolean {
	try {
		const [, , , isModule] = parseModule(code);
		return isModule;
	} catch {
		// does not parse: the engine says why, which it can only do as what the script was meant to be
		return MODULE_LINE.test(code);
	}
}

/**
 * The files that a script was made of when it was loaded, by the path below the folder under which they were asked
 * for. With it the same script can be loaded again, whatever has become of the files.
 */
export type ScriptSnapshot = ReadonlyMap<string, Uint8Array>;

/** Changes a source before it is compiled: for tools that count which lines run. Line numbers have to stay. */
export type SourceTransform = (source: ScriptSource) => ScriptSource;

const unchanged: SourceTransform = (source) => source;

/** One script's folder. Nothing outside of it can be read, symbolic links included. */
export class ScriptFolder {
	/** The folder with all symbolic links resolved. */
	readonly root: string;
	readonly #snapshot: ScriptSnapshot;
	readonly #transform: SourceTransform;
	readonly #files = new Map<string, Uint8Array>();

	/**
	 * @param root the folder's path; throws where there is no such folder
	 * @param snapshot files that are taken from here rather than from the disk
	 * @param transform changes each source on its way to the engine
	 */
	constructor(root: string, snapshot: ScriptSnapshot = new Map(), transform = unchanged) {
		this.#transform = transform;
		this.root = realpathSync(resolve(root));
		this.#snapshot = snapshot;
	}

	/** What has been read so far. */
	get snapshot(): ScriptSnapshot {
		return this.#files;
	}

	/**
	 * The folder of a script, and the script's source.
	 * @throws KemihostError `KH_SCRIPT_READ` if the file cannot be read
	 */
	static open(
		path: string,
		snapshot?: ScriptSnapshot,
		transform?: SourceTransform,
	): { folder: ScriptFolder; source: ScriptSource } {
		try {
			// The folder is the one the path names, also where the script itself is a link into another.
			const folder = new ScriptFolder(dirname(path), snapshot, transform);
			const name = basename(path);
			return {
				folder,
				source: folder.#source(
					name,
					folder.#content(name, () => readFileSync(path)),
				),
			};
		} catch (error) {
			throw unreadable(path, error);
		}
	}

	/**
	 * Another script for the same engine. It may be in any folder: whoever starts the host has named it.
	 * @throws KemihostError `KH_SCRIPT_READ` if the file cannot be read
	 */
	scriptAt(path: string): ScriptSource {
		const file = resolve(path);
		const name = relative(this.root, file).replaceAll(sep, '/');
		try {
			return this.#source(
				name,
				this.#content(name, () => readFileSync(file)),
			);
		} catch (error) {
			throw unreadable(path, error);
		}
	}

	/**
	 * A Lua module's source by the name that `require` was given: `a.b` is `a/b.lua`, else `a/b/init.lua`.
	 * Undefined if the folder has none.
	 */
	requireLua(module: string): ScriptSource | undefined {
		if (!/^[\w-]+(\.[\w-]+)*$/.test(module)) return undefined;
		const path = module.replaceAll('.', '/');
		return this.#read(`${path}.lua`) ?? this.#read(`${path}/init.lua`);
	}

	/**
	 * A JavaScript module's source by its specifier (`./lib/x.js`, `../y`), seen from the module that imports it.
	 * Only relative specifiers name siblings. Undefined if the folder has none.
	 * @param from the importing source's `name`
	 */
	importModule(specifier: string, from: string): ScriptSource | undefined {
		if (!/^\.{1,2}\//.test(specifier)) return undefined;
		const path = join(dirname(from), specifier);
		const candidates = extname(path) ? [path] : SCRIPT_ENDINGS.slice(1).map((ending) => path + ending);
		for (const candidate of candidates) {
			const source = this.#read(candidate);
			if (source) return { ...source, kind: 'module' };
		}
		return undefined;
	}

	/**
	 * Any file, by its path from this folder: what a kamailio.cfg includes, which its administrator has written. Throws
	 * where it cannot be read.
	 */
	readAnywhere(path: string): Uint8Array {
		const file = resolve(this.root, path);
		return this.#content(relative(this.root, file).replaceAll(sep, '/'), () => readFileSync(file));
	}

	/** A source by its path below the folder; undefined if there is none. */
	source(path: string): ScriptSource | undefined {
		return this.#read(path);
	}

	#read(path: string): ScriptSource | undefined {
		try {
			const name = normalize(path).replaceAll(sep, '/');
			return this.#source(
				name,
				this.#content(name, () => readFileSync(this.#inside(name))),
			);
		} catch (error) {
			if (error instanceof ScriptError) throw error;
			return undefined; // not there: the engine says so in its language's own words
		}
	}

	/** The file behind a path below the folder. Throws where it is not below it, or not there. */
	#inside(path: string): string {
		const real = realpathSync(join(this.root, path));
		if (!real.startsWith(this.root + sep)) throw new RangeError(`${path} is outside of the folder`);
		return real;
	}

	#source(name: string, content: Buffer): ScriptSource {
		return this.#transform(toSource(name, content));
	}

	#content(name: string, read: () => Buffer): Buffer {
		const kept = this.#snapshot.get(name);
		const content = kept ? Buffer.from(kept) : read();
		this.#files.set(name, content);
		return content;
	}
}

/** What a file's ending and content say about how to compile it. */
function toSource(name: string, content: Buffer): ScriptSource {
	const ending = endingOf(name);
	if (ending === '.lua') return { name, code: content.toString('latin1'), kind: 'lua' };
	if (ending === '.cfg') return { name, code: content.toString('latin1'), kind: 'native' };
	const text = content.toString('utf8');
	if (ending === '.mjs') return { name, code: text, kind: 'module' };
	const code = ending === '.ts' ? stripTypes(name, text) : text;
	return { name, code, kind: hasModuleSyntax(code) ? 'module' : 'script' };
}

function stripTypes(name: string, content: string): string {
	try {
		return withoutWarning(() => stripTypeScriptTypes(content));
	} catch (error) {
		const { message, stack = '' } = error as Error;
		const { line, column } = placeIn(stack, content);
		const shown = line === undefined ? '' : excerpt(content.split('\n')[line - 1] ?? '', { line, column });
		throw new ScriptError(message, {
			...{ file: name, line, column, loading: true, cause: error },
			...(shown ? { excerpt: bytesOf(shown) } : {}),
		});
	}
}

/** How wide tabs are in the excerpt that the stripper puts in front of its stack. */
const TAB_WIDTH = 4;

/** Where a type stripper's error is: its stack begins with `:LINE`, the source with tabs expanded, and carets below. */
function placeIn(stack: string, content: string): { line?: number; column?: number } {
	const [, line, blanks] = /^\S*?:(\d+)\n(?:.*\n)*?( *)\^+\n/.exec(stack) ?? [];
	if (line === undefined || blanks === undefined) return {};
	const source = content.split('\n')[Number(line) - 1] ?? '';
	let [width, column] = [0, 1];
	while (width < blanks.length && column <= source.length)
		width += source[column++ - 1] === '\t' ? TAB_WIDTH : 1;
	return { line: Number(line), column };
}

/** Node warns once that its function is experimental, which says nothing to the reader of a script's log. */
function withoutWarning<T>(work: () => T): T {
	const { emitWarning } = process;
	process.emitWarning = () => {};
	try {
		return work();
	} finally {
		process.emitWarning = emitWarning;
	}
}

function unreadable(path: string, error: unknown): KemihostError {
	if (error instanceof KemihostError) return error;
	return new KemihostError('KH_SCRIPT_READ', `cannot read the script: ${(error as Error).message}`, {
		where: path,
		cause: error,
	});
}
