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

/** Groups whose settings belong to Kamailio itself. */
const OWN_GROUPS: ReadonlySet<string> = new Set(['core', 'tcp', 'sctp', 'malloc']);

/** The setting that a line declares, `group.name`; undefined for other lines, and for one instance of a group. */
function declaredBy(setting: ConfigFile['settings'][number]): string | undefined {
	if (setting.kind === 'custom-parameter')
		return setting.groupId === undefined ? `${setting.group}.${setting.name}` : undefined;
	if (setting.kind !== 'modparam' || setting.modules !== 'cfg_rpc' || setting.name !== 'setting')
		return undefined;
	return setting.value.kind === 'string' ? /^\s*([\w.]+)/.exec(setting.value.value)?.[1] : undefined;
}

/**
 * Tells whether a setting, `group.name`, may exist: it is one that the file declares, or the group is one of Kamailio's or of a module
 * that the file loads, whose settings are not all known here.
 * @param loaded the modules that the file loads; undefined if all may be
 */
export function settingTest(
	{ settings }: ConfigFile,
	loaded: ReadonlySet<string> | undefined,
): (group: string, name: string) => boolean {
	const names = new Set(settings.map(declaredBy));
	return (group, name) =>
		names.has(`${group}.${name}`) || OWN_GROUPS.has(group) || loaded === undefined || loaded.has(group);
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
