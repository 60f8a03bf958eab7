/**
 * `modparam("module", "name", value)` in an example.
 *
 * @module
 */
import type { ModParam } from '../kemi/params.ts';

export type { ModParam } from '../kemi/params.ts';

const SETTING = /^modparam\(("[^"]*"), *("[^"]*"), *("(?:[^"\\]|\\.)*"|-?\d+)\)$/;

/**
 * Reads one.
 * @throws Error for any other line
 */
export function readSetting(text: string, line: number): ModParam {
	const [, module = '', name = '', value = ''] = SETTING.exec(text.trim()) ?? [];
	if (!module) throw new Error(`line ${line}: expected modparam("module", "name", value): ${text}`);
	return { module: JSON.parse(module), name: JSON.parse(name), value: JSON.parse(value) };
}

/** The same as text. */
export function settingText({ module, name, value }: ModParam): string {
	return `modparam("${module}", "${name}", ${JSON.stringify(value)})`;
}
