/**
 * The list of engines. Nothing else in kemihost names an engine.
 *
 * @module
 */
import { KemihostError } from '../src/errors.ts';
import type { Language } from '../src/kemi/language.ts';
import { suggest } from '../src/kemi/suggest.ts';
import { endingOf } from '../src/source/ending.ts';
import { words } from '../src/words.ts';
import type { Engine, EngineDefinition, EngineOptions } from './engine.ts';

/** In the order of preference for their language. An engine's own code loads when it is created. */
export const ENGINES: readonly EngineDefinition[] = [
	{
		name: 'fengari',
		aliases: ['lua'],
		language: 'lua',
		doc: "Lua 5.3 in JavaScript with Lua 5.1's numbers and library, for scripts from a Kamailio server",
		create: async (options) => (await import('./fengari/engine.ts')).createFengari(options),
	},
	{
		name: 'wasmoon',
		aliases: ['lua54'],
		language: 'lua',
		doc: 'Lua 5.4 in WebAssembly, with integers of 64 bits; computes ten times as fast as fengari',
		create: async (options) => (await import('./wasmoon/engine.ts')).createWasmoon(options),
	},
	{
		name: 'quickjs',
		aliases: ['js', 'jsdt'],
		language: 'javascript',
		doc: 'ES2023 in WebAssembly; the cheapest to call',
		create: async (options) => (await import('./quickjs/engine.ts')).createQuickjs(options),
	},
	{
		name: 'isolated-vm',
		aliases: ['v8'],
		language: 'javascript',
		doc: 'V8 in an isolate of its own; the fastest where a handler computes',
		create: async (options) => (await import('./isolated-vm/engine.ts')).createIsolatedVm(options),
	},
	{
		name: 'native',
		aliases: ['cfg'],
		language: 'native',
		doc: "Kamailio's own routing language, the route blocks of a kamailio.cfg, compiled to closures",
		eventHandler: (event) => `event_route[${event}]`,
		create: async (options) => (await import('./native/engine.ts')).createNative(options),
	},
];

/** The engine of the route blocks that scripts in other languages call. */
export const ROUTE_BLOCKS = ENGINES.find(({ eventHandler }) => eventHandler) as EngineDefinition;

/** The engines of the languages that see KSR. */
export const KSR_ENGINES: readonly EngineDefinition[] = ENGINES.filter(
	({ language }) => language !== 'native',
);

const LANGUAGE_OF: Readonly<Record<string, Language>> = words({
	'.lua': 'lua',
	'.js': 'javascript',
	'.mjs': 'javascript',
	'.ts': 'javascript',
	'.cfg': 'native',
});

/**
 * The engine of a name or an alias.
 * @throws KemihostError `KH_ENGINE_UNKNOWN`
 */
export function engineNamed(asked: string): EngineDefinition {
	const engine = ENGINES.find((e) => e.name === asked || e.aliases.includes(asked));
	if (engine) return engine;
	const near = suggest(
		asked,
		ENGINES.flatMap(({ name, aliases }) => [name, ...aliases]),
	);
	throw new KemihostError('KH_ENGINE_UNKNOWN', `there is no engine "${asked}"`, {
		hint: near ? `did you mean ${near}?` : `engines: ${ENGINES.map((e) => e.name).join(', ')}`,
	});
}

/**
 * The engine for a script: the one asked for, or the first for the file's ending.
 * @throws KemihostError `KH_ENGINE_UNKNOWN`, `KH_ENGINE_MISMATCH`
 */
export function chooseEngine(script: string, asked?: string): EngineDefinition {
	const ending = endingOf(script);
	const language = LANGUAGE_OF[ending];
	if (!language)
		throw new KemihostError(
			'KH_ENGINE_MISMATCH',
			`no engine runs files ${ending === '' ? 'without an ending' : `that end in "${ending}"`}`,
			{
				where: script,
				hint: `scripts end in ${Object.keys(LANGUAGE_OF).join(', ')}`,
			},
		);
	if (asked === undefined) return ENGINES.find((engine) => engine.language === language) as EngineDefinition;
	const engine = engineNamed(asked);
	if (engine.language !== language) {
		const fitting = ENGINES.filter((e) => e.language === language).map((e) => e.name);
		throw new KemihostError(
			'KH_ENGINE_MISMATCH',
			`${engine.name} runs ${engine.language}, not ${ending} files`,
			{
				where: script,
				hint: `for this file: ${fitting.join(', ')}`,
			},
		);
	}
	return engine;
}

/**
 * All engines that can run a script, in the order of preference.
 * @throws KemihostError `KH_ENGINE_MISMATCH`
 */
export function enginesFor(script: string): readonly EngineDefinition[] {
	const { language } = chooseEngine(script);
	return ENGINES.filter((engine) => engine.language === language);
}

/**
 * Builds an engine.
 * @throws KemihostError `KH_ENGINE_MISSING` if its package is not there
 */
export async function createEngine(definition: EngineDefinition, options: EngineOptions): Promise<Engine> {
	try {
		return await definition.create(options);
	} catch (error) {
		if (error instanceof KemihostError) throw error;
		throw new KemihostError(
			'KH_ENGINE_MISSING',
			`the engine ${definition.name} cannot be loaded: ${(error as Error).message}`,
			{
				hint: 'reinstall with "npm ci", or choose another engine with --engine',
				cause: error,
			},
		);
	}
}
