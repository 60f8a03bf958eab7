/**
 * The settings of a configuration that affect how its routes are compiled.
 *
 * @module
 */
import type { ConfigFile } from '../../src/config/kamailio/ast.ts';

/** The last value of a core parameter that is a number. */
export function numberSetting({ settings }: ConfigFile, name: string): number | undefined {
	for (const setting of settings.toReversed())
		if (setting.kind === 'core-parameter' && setting.name === name && setting.value?.kind === 'int')
			return setting.value.value;
	return undefined;
}

/** The numbers of the flags that the file declares: those it gives, and for the others the lowest that are free. */
export function flagNumbers({ settings }: ConfigFile): ReadonlyMap<string, number> {
	const declared = settings.flatMap((setting) =>
		setting.kind === 'flags' && !setting.avp ? setting.flags : [],
	);
	const numbers = new Map<string, number>();
	for (const { name, number } of declared) if (number !== undefined) numbers.set(name, number);
	const taken = new Set(numbers.values());
	let next = 0;
	for (const { name } of declared) {
		if (numbers.has(name)) continue;
		while (taken.has(next)) next++;
		taken.add(next);
		numbers.set(name, next);
	}
	return numbers;
}
