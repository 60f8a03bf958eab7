/**
 * What scripts may see of the command line and of this process.
 *
 * @module
 */
import { bytesOf } from '../bytes.ts';

/** The values of `$def()`, as byte strings. */
export function definesFor(defines: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
	return new Map(Object.entries(defines).map(([name, value]) => [bytesOf(name), bytesOf(value)]));
}

/**
 * The environment variables that scripts may see, as byte strings.
 * @param names which; `*` for all
 */
export function environmentFor(names: readonly string[] = []): ReadonlyMap<string, string> {
	const all = names.includes('*');
	return new Map(
		Object.entries(process.env).flatMap(([name, value]) =>
			value !== undefined && (all || names.includes(name)) ? [[bytesOf(name), bytesOf(value)]] : [],
		),
	);
}
