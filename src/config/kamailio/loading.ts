/**
 * `loadmodule` and `modparam`: which modules a configuration loads, and with which parameters.
 *
 * @module
 */
import { dirname, isAbsolute, join } from 'node:path';
import { textOf } from '../../bytes.ts';
import type { KemiModule, ModuleParam } from '../../kemi/module.ts';
import type { ModParam as HostModParam } from '../../kemi/params.ts';
import { suggest } from '../../kemi/suggest.ts';
import { compilePosix } from '../../pv/posix-regex.ts';
import { words } from '../../words.ts';
import type { ConfigFile, LoadModule, ModParam } from './ast.ts';
import { FORMER_MODULES, KNOWN_MODULES, presentName } from './known-modules.ts';
import { KNOWN_PARAMS } from './known-params.ts';
import { moduleName } from './loaded-modules.ts';
import type { Problems } from './problem.ts';
import { where } from './source.ts';

/** The modules that run scripts, by the language of `cfgengine`. */
const ENGINE_MODULES: Readonly<Record<string, 'lua' | 'jsdt'>> = words({
	app_lua: 'lua',
	app_lua_sr: 'lua',
	app_jsdt: 'jsdt',
});

/** Names of Kamailio's modules for what kemihost has under another. */
const PARTS: Readonly<Record<string, readonly string[]>> = words({ pv: ['pv', 'pvx'] });

/** What a configuration loads. */
export interface Loading {
	/** The names of all modules that are loaded, Kamailio's and own ones. */
	readonly loaded: ReadonlySet<string>;
	/** Modules of Kamailio's that are not here. */
	readonly absent: readonly string[];
	/** Paths of own modules. */
	readonly own: readonly string[];
	/** Parameters of modules that are here or one's own. */
	readonly modparams: readonly HostModParam[];
	/** The scripts of each engine module, in the order of the file. */
	readonly scripts: Readonly<Record<'lua' | 'jsdt', readonly string[]>>;
	/** Parameters that Kamailio has and kemihost has not. */
	readonly withoutEffect: readonly string[];
}

/** Collects what is loaded. */
class Loader {
	readonly #config: ConfigFile;
	readonly #modules: readonly KemiModule[];
	readonly #problems: Problems;
	readonly loaded = new Set<string>();
	readonly absent: string[] = [];
	readonly own: string[] = [];
	readonly modparams: HostModParam[] = [];
	readonly scripts: Record<'lua' | 'jsdt', string[]> = { lua: [], jsdt: [] };
	readonly withoutEffect: string[] = [];

	constructor(config: ConfigFile, modules: readonly KemiModule[], problems: Problems) {
		this.#config = config;
		this.#modules = modules;
		this.#problems = problems;
	}

	load({ at, path }: LoadModule): void {
		const text = textOf(path);
		if (/\.[cm]?[jt]s$/.test(text)) {
			this.own.push(isAbsolute(text) ? text : join(dirname(this.#config.path), text));
			return;
		}
		const name = moduleName(path);
		this.loaded.add(name);
		if (this.#modules.some((module) => module.name === name) || ENGINE_MODULES[name]) return;
		if (KNOWN_MODULES.has(name) || FORMER_MODULES.has(name)) this.absent.push(name);
		else {
			const here = this.#modules.map((module) => module.name);
			const near = suggest(name, here) ?? suggest(name, [...KNOWN_MODULES]);
			this.#problems.error(at, `there is no module ${name}`, near && `did you mean ${near}?`);
		}
	}

	modparam(param: ModParam): void {
		const names = this.#matching(param);
		if (names === undefined) return;
		if (names.length === 0) {
			// the parameters of one's own modules are checked when the modules are there
			if (this.own.length > 0) this.#pass(param, param.modules);
			else this.#notLoaded(param);
		}
		for (const name of names) this.#set(param, name);
	}

	/** The loaded modules that a parameter is for; undefined if the expression is none. */
	#matching({ at, modules: written }: ModParam): string[] | undefined {
		const modules = presentName(written);
		if (this.loaded.has(modules)) return [modules];
		const regex = compilePosix(`^(${modules})$`);
		if (typeof regex !== 'string') return [...this.loaded].filter((name) => regex.test(name));
		this.#problems.error(at, `"${modules}" is no expression over names of modules: ${regex}`);
		return undefined;
	}

	#notLoaded({ at, modules }: ModParam): void {
		const near = suggest(modules, [...this.loaded]);
		const known = KNOWN_MODULES.has(modules) || this.#modules.some(({ name }) => name === modules);
		const load = known ? `loadmodule "${modules}.so" belongs above this line` : undefined;
		this.#problems.error(at, `module ${modules} is not loaded`, load ?? (near && `did you mean ${near}?`));
	}

	#set(param: ModParam, module: string): void {
		const engine = ENGINE_MODULES[module];
		if (engine && param.name === 'load') {
			if (param.value.kind === 'string') this.scripts[engine].push(textOf(param.value.value));
			else this.#problems.error(param.value.at, `parameter load of module ${module} wants a string`);
			return;
		}
		const parts = PARTS[module] ?? [module];
		for (const part of parts) {
			const declared = this.#modules.find(({ name }) => name === part)?.params ?? [];
			const declaration = declared.find(({ name }) => name === param.name);
			if (!declaration) continue;
			if (this.#typeFits(param, module, declaration)) this.#pass(param, part);
			return;
		}
		this.#unknown(param, module);
	}

	#typeFits({ value, name }: ModParam, module: string, { type }: ModuleParam): boolean {
		const fits = value.kind === 'pv' || (type === 'int') === (value.kind === 'int');
		if (!fits)
			this.#problems.error(
				value.at,
				`parameter ${name} of module ${module} wants ${type === 'int' ? 'an integer' : 'a string'}`,
				type === 'int' ? 'numbers stand without quotes' : 'strings stand in quotes',
			);
		return fits;
	}

	/** A parameter that kemihost has not: Kamailio's own are accepted, for modules that are not here all are. */
	#unknown({ at, name }: ModParam, module: string): void {
		const here = this.#modules.find((one) => one.name === module);
		const kamailios = (KNOWN_PARAMS[module] ?? '').split(' ').map((entry) => entry.split(':')[0] ?? '');
		if (kamailios.includes(name) || (!here && !ENGINE_MODULES[module])) {
			this.withoutEffect.push(`${module}.${name}`);
			return;
		}
		const near = suggest(name, [...kamailios, ...(here?.params ?? []).map((param) => param.name)]);
		this.#problems.error(at, `module ${module} has no parameter ${name}`, near && `did you mean ${near}?`);
	}

	#pass({ at, name, value }: ModParam, module: string): void {
		this.modparams.push({ module, name, value: this.#valueOf(value), where: where(at) });
	}

	/** A value; of variables there is `$def(NAME)`. */
	#valueOf(value: ModParam['value']): string | number {
		if (value.kind !== 'pv') return value.value;
		const [, name] = /^\$\(?defv?\(([^()]*)\)/.exec(value.text) ?? [];
		const define = name === undefined ? undefined : this.#config.defines.get(name);
		if (define !== undefined) return define.replace(/^(["'])(.*)\1$/s, '$2');
		this.#problems.error(value.at, `${value.text} has no value while the configuration is read`);
		return '';
	}
}

/**
 * What a configuration loads. What is wrong with it is noted as problems.
 * @param modules those that ship
 */
export function loadingOf(config: ConfigFile, modules: readonly KemiModule[], problems: Problems): Loading {
	const loader = new Loader(config, modules, problems);
	for (const setting of config.settings) {
		if (setting.kind === 'load-module') loader.load(setting);
		else if (setting.kind === 'modparam') loader.modparam(setting);
	}
	return loader;
}
