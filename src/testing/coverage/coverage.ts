/**
 * Line coverage of scripts: each source is changed on its way to the engine so that it tells which of its lines run.
 *
 * @module
 */
import { dirname, resolve } from 'node:path';
import type { Interceptor } from '../../kemi/exports.ts';
import { defineModule, fn, int } from '../../kemi/module.ts';
import type { ScriptSource, SourceTransform } from '../../source/folder.ts';
import type { FileCoverage } from '../results.ts';
import { instrumentJavaScript } from './javascript.ts';
import { instrumentLua } from './lua.ts';

interface Counted {
	readonly file: string;
	readonly lines: readonly number[];
	readonly hit: Set<number>;
}

const MODULE = 'kemihost_coverage';
/** What scripts call, with the file's number and the line. */
const HIT = `KSR.${MODULE}.hit`;

/** Collects over any number of hosts. */
export class Coverage {
	readonly #files: Counted[] = [];
	readonly #byPath = new Map<string, number>();

	/** Scripts call it; the interceptor answers, also while a script is being loaded. */
	readonly module = defineModule({
		name: MODULE,
		doc: 'Tells which lines run.',
		functions: [fn('hit', [int('file'), int('line')], 'none', 'A line runs.', () => undefined)],
	});

	/** For the host's options. */
	readonly interceptor: Interceptor = ({ path }, call) => {
		if (path !== HIT) return call;
		return (_ctx, [file, line]) => {
			this.#files[Number(file)]?.hit.add(Number(line));
			return false;
		};
	};

	/** For the host's options: changes the sources of a script. */
	transformOf(script: string): SourceTransform {
		return (source) => this.#instrument(source, resolve(dirname(script), source.name));
	}

	/** What was seen of each file. */
	files(): FileCoverage[] {
		return this.#files.map(({ file, lines, hit }) => ({ file, lines, hit: [...hit].sort((a, b) => a - b) }));
	}

	#instrument(source: ScriptSource, path: string): ScriptSource {
		const id = this.#byPath.get(path) ?? this.#files.length;
		const made =
			source.kind === 'lua'
				? instrumentLua(source.code, id, HIT)
				: instrumentJavaScript(source.code, id, HIT, source.kind === 'module');
		if (!made) return source; // does not parse: the engine says why
		if (!this.#byPath.has(path)) {
			this.#byPath.set(path, id);
			this.#files.push({ file: path, lines: made.lines, hit: new Set() });
		}
		return { ...source, code: made.code };
	}
}
