/**
 * Core parameters: checks their names and types, and collects those that have an effect.
 *
 * @module
 */
import { suggest } from '../../kemi/suggest.ts';
import type { ConfigFile, CoreParameter } from './ast.ts';
import {
	CORE_PARAMETERS,
	type EffectiveName,
	KEMI_CALLBACKS,
	type KnownParameter,
} from './core-parameters.ts';
import type { Problems } from './problem.ts';

/** What the parameters with an effect were set to, last. */
export interface CoreSettings {
	readonly values: Readonly<Partial<Record<EffectiveName, string | number>>>;
	/** Those that were set and do nothing here, once each. */
	readonly withoutEffect: readonly string[];
}

const SPECIAL = ['listen', 'alias', 'domain', 'loadmodule', 'modparam', 'cfgengine', 'flags', 'socket'];

/** Names of log facilities and the like stand without quotes. */
function settingOf({ value }: CoreParameter): string | number {
	return value.kind === 'word' ? value.text : value.value;
}

function typeFits({ value }: CoreParameter, { type }: KnownParameter): boolean {
	if (type === 'any') return true;
	return type === 'int' ? value.kind === 'int' : value.kind === 'string';
}

/** Reads the core parameters. What is wrong with them is noted as problems. */
export function coreSettingsOf({ settings }: ConfigFile, problems: Problems): CoreSettings {
	const values: Partial<Record<EffectiveName, string | number>> = {};
	const withoutEffect = new Set<string>();
	for (const setting of settings) {
		if (setting.kind !== 'core-parameter') continue;
		if (setting.name.startsWith('kemi.')) {
			checkCallback(setting, problems);
			continue;
		}
		const known = CORE_PARAMETERS.get(setting.name);
		if (!known) {
			const near = suggest(setting.name, [...CORE_PARAMETERS.keys(), ...SPECIAL]);
			problems.error(
				setting.at,
				`there is no core parameter ${setting.name}`,
				near ? `did you mean ${near}?` : 'docs/configuration.md lists all of them',
			);
		} else if (!typeFits(setting, known)) {
			problems.error(
				setting.value.at,
				`${setting.name} wants ${known.type === 'int' ? 'a number' : 'a string'}`,
				known.type === 'int' ? 'yes and no are numbers, too' : 'strings stand in quotes',
			);
		} else if (known.kind === 'effect') values[known.name as EffectiveName] = settingOf(setting);
		else withoutEffect.add(setting.name);
	}
	return { values, withoutEffect: [...withoutEffect] };
}

function checkCallback({ at, name, value }: CoreParameter, problems: Problems): void {
	const own = name.slice('kemi.'.length);
	const names: readonly string[] = KEMI_CALLBACKS;
	if (own === 'received_route_mode') return;
	if (!names.includes(own)) {
		const near = suggest(own, names);
		problems.error(at, `there is no core parameter ${name}`, near && `did you mean kemi.${near}?`);
	} else if (value.kind !== 'string') problems.error(value.at, `${name} wants a string`);
}
