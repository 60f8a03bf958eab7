/**
 * The files of a configuration: the main file and those it includes.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { bytesOf, textOf } from '../../bytes.ts';
import { KemihostError } from '../../errors.ts';
import { SourceFile } from './source.ts';

/** The most that a configuration may hold in all its files, against files that include each other many times. */
const MOST_BYTES = 4 << 20;

/** Reads a file's content; throws where it cannot. */
export type ReadFile = (path: string) => Uint8Array;

/** Opens files and remembers them. */
export class ConfigFiles {
	readonly #read: ReadFile;
	readonly #files = new Map<string, SourceFile>();
	#bytes = 0;

	/** @param read by default from the disk */
	constructor(read: ReadFile = (path) => readFileSync(path)) {
		this.#read = read;
	}

	/** All files that were read, by path. */
	get all(): ReadonlyMap<string, SourceFile> {
		return this.#files;
	}

	/**
	 * The main file.
	 * @throws KemihostError `KH_CFG` if it cannot be read
	 */
	open(path: string): SourceFile {
		try {
			return this.#load(path);
		} catch (error) {
			throw new KemihostError('KH_CFG', `cannot read the configuration: ${(error as Error).message}`, {
				where: path,
				cause: error,
			});
		}
	}

	/**
	 * A file by the name in an include: from the working folder, else from the folder of the file that includes it.
	 * @param name a byte string
	 * @returns why not, where it cannot be read
	 */
	include(name: string, from: string): SourceFile | string {
		const path = textOf(name);
		let reason = 'no such file';
		for (const candidate of isAbsolute(path) ? [path] : [path, join(dirname(from), path)]) {
			try {
				return this.#load(candidate);
			} catch (error) {
				const { code, message } = error as NodeJS.ErrnoException;
				if (code !== 'ENOENT') reason = bytesOf(message);
			}
		}
		return reason;
	}

	/** A text that stands in a file without being one: the value of a define. */
	text(path: string, text: string): SourceFile {
		return new SourceFile(path, text);
	}

	#load(path: string): SourceFile {
		const known = this.#files.get(path);
		const text = known?.text ?? Buffer.from(this.#read(path)).toString('latin1');
		this.#bytes += text.length;
		if (this.#bytes > MOST_BYTES) throw new Error(`the configuration has more than ${MOST_BYTES >> 20} MiB`);
		const file = known ?? new SourceFile(path, text);
		this.#files.set(path, file);
		return file;
	}
}
