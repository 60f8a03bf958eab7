/**
 * Watches the files of a script for changes.
 *
 * @module
 */
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ScriptSnapshot } from './folder.ts';

/** Editors write a file in several steps; a change counts once it has been quiet for so long, in milliseconds. */
const QUIET = 30;

/** Calls back when a file of the running script changes. Folders are watched, since editors replace files. */
export class ScriptWatcher {
	readonly #root: string;
	readonly #snapshot: () => ScriptSnapshot;
	readonly #onChange: () => void;
	readonly #watchers = new Map<string, FSWatcher>();
	#timer: NodeJS.Timeout | undefined;

	/**
	 * @param root the script's folder
	 * @param snapshot the files of the script as it runs now; asked again after each change
	 */
	constructor(root: string, snapshot: () => ScriptSnapshot, onChange: () => void) {
		this.#root = root;
		this.#snapshot = snapshot;
		this.#onChange = onChange;
		this.#watchFolders();
	}

	/** Ends the watch. */
	close(): void {
		clearTimeout(this.#timer);
		for (const watcher of this.#watchers.values()) watcher.close();
	}

	/** A script that was loaded anew may have files in other folders than before. */
	#watchFolders(): void {
		for (const name of this.#snapshot().keys()) {
			const folder = dirname(name);
			if (this.#watchers.has(folder)) continue;
			const watcher = watch(join(this.#root, folder), (_event, changed) => this.#changed(folder, changed));
			this.#watchers.set(
				folder,
				watcher.on('error', () => watcher.close()),
			);
		}
	}

	#changed(folder: string, changed: string | null): void {
		const ours = [...this.#snapshot().keys()].some(
			(name) => dirname(name) === folder && (changed === null || basename(name) === changed),
		);
		if (!ours) return;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			try {
				this.#watchFolders();
			} catch {
				// a folder has gone, which the reload that follows finds out
			}
			this.#onChange();
		}, QUIET);
	}
}
