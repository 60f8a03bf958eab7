/**
 * The files of rules about URIs that a host has read, by the names that scripts and administrators have for them
 * (modules/permissions/permissions.c).
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { HostServices } from '../../kemi/context.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { UriRules } from './uri-rules.ts';

/** Where a file is: where it says, or else in the folder of the script. */
export function placeOf(host: HostServices, path: string): string {
	return existsSync(path) ? resolve(path) : resolve(dirname(host.scriptPath), path);
}

/** The files. */
export class UriFiles {
	readonly #host: HostServices;
	readonly #suffixes: readonly [allow: string, deny: string];
	readonly #rules = new Map<string, UriRules>();

	/** Reads the files that are there for all. */
	constructor(params: ParamValues, host: HostServices, loads: { allow: boolean; deny: boolean }) {
		this.#host = host;
		this.#suffixes = [params.str('allow_suffix') ?? '', params.str('deny_suffix') ?? ''];
		if (loads.allow) this.#read(params.str('default_allow_file') ?? '');
		if (loads.deny) this.#read(params.str('default_deny_file') ?? '');
	}

	/** Whether the files of a name let one URI reach another; they are read where nobody has asked for them before. */
	allows(name: string, from: string, to: string): boolean {
		const [allow, deny] = this.#suffixes.map((suffix) => this.#read(name + suffix));
		return allow?.fits(from, to) || !deny?.fits(from, to);
	}

	/** The same, for files that were read already; undefined with the path of one that was not. */
	test(name: string, from: string, to: string): boolean | { readonly missing: string } {
		for (const suffix of this.#suffixes) {
			const path = this.#pathOf(name + suffix);
			if (!this.#rules.has(path)) return { missing: path };
		}
		return this.allows(name, from, to);
	}

	#pathOf(file: string): string {
		return placeOf(this.#host, file);
	}

	/** A file that is not there has no rules. That is no mistake: two are looked for whether anybody wants them or not. */
	#read(file: string): UriRules {
		const path = this.#pathOf(file);
		const known = this.#rules.get(path);
		if (known) return known;
		const { log } = this.#host;
		let text = '';
		try {
			text = readFileSync(path, 'latin1');
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
				log.log('error', `permissions: ${path} cannot be read: ${(error as Error).message}`);
		}
		const rules = new UriRules(text, (line, why) =>
			log.log('error', `permissions: ${path}: line ${line} is no rule: ${why}`),
		);
		this.#rules.set(path, rules);
		return rules;
	}
}
