/**
 * Line coverage of scripts: each source is changed before the engine gets it, so that it reports which of its
 * lines run. Route blocks are not run from source; they have a probe before each statement.
 *
 * @module
 */
import { dirname, resolve } from 'node:path';
import type { StatementProbe } from '../../../engines/engine.ts';
import type { Interceptor } from '../../kemi/exports.ts';
import { defineModule, fn, int } from '../../kemi/module.ts';
import type { ScriptSource, SourceTransform } from '../../source/folder.ts';
import type { FileCoverage } from '../results.ts';
import { instrumentJavaScript } from './javascript.ts';
import { instrumentLua } from './lua.ts';

interface Counted {
	readonly file: string;
	readonly lines: Set<number>;
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

	/** For the host's options: stands in front of the statements of route blocks. */
	probeOf(script: string): StatementProbe {
		return ({ file, line }) => {
			const { lines, hit } = this.#counted(resolve(dirname(script), file));
			lines.add(line);
			return () => void hit.add(line);
		};
	}

	/** What was seen of each file. */
	files(): FileCoverage[] {
		const sorted = (set: Set<number>) => [...set].sort((a, b) => a - b);
		return this.#files.map(({ file, lines, hit }) => ({ file, lines: sorted(lines), hit: sorted(hit) }));
	}

	#counted(path: string): Counted {
		const known = this.#files[this.#byPath.get(path) ?? -1];
		if (known) return known;
		const counted: Counted = { file: path, lines: new Set(), hit: new Set() };
		this.#byPath.set(path, this.#files.length);
		this.#files.push(counted);
		return counted;
	}

	#instrument(source: ScriptSource, path: string): ScriptSource {
		if (source.kind === 'native') return source;
		const id = this.#byPath.get(path) ?? this.#files.length;
		const made =
			source.kind === 'lua'
				? instrumentLua(source.code, id, HIT)
				: instrumentJavaScript(source.code, id, HIT, source.kind === 'module');
		if (!made) return source; // does not parse: the engine says why
		const { lines } = this.#counted(path);
		for (const line of made.lines) lines.add(line);
		return { ...source, code: made.code };
	}
}
