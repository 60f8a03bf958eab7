/**
 * The addresses of the commands' pages: `/rpc`, `/rpc/core`, `/rpc/core/core.echo`, `/rpc/core/core.echo?arg=a%20b`.
 *
 * @module
 */

/** What an address asks for. */
export interface WebAddress {
	/** `core` of `core.echo`; undefined for the page of all groups. */
	readonly group?: string;
	/** The whole name of a command. */
	readonly command?: string;
	/** The command's arguments; undefined for the form that asks for them. */
	readonly args?: readonly string[];
}

/** The group of a command: its name up to the first dot. */
export const groupOf = (command: string): string => command.split('.', 1)[0] as string;

/**
 * Reads an address as Kamailio's xhttp_rpc does: arguments are one text, which blanks part, whatever name it has.
 * @param path the part of the request target behind the root; both are byte strings
 * @returns undefined for what is no address of a page
 */
export function readWebAddress(path: string): WebAddress | undefined {
	const [, group, command, query] = /^(?:\/([^/?]*)(?:\/([^/?]*)(?:\?(.*))?)?)?$/s.exec(path) ?? [undefined];
	if (query !== undefined) {
		const [, value] = /^[^=]+=(.*)$/s.exec(query) ?? [];
		return group && command && value !== undefined
			? { group, command, args: readArguments(value) }
			: undefined;
	}
	if (command) return group ? { group, command } : undefined;
	if (group) return { group };
	return path === '' || path === '/' ? {} : undefined;
}

function readArguments(value: string): string[] {
	const text = value
		.replaceAll('+', ' ')
		.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return text.split(/[ \t\r\n]+/).filter((word) => word !== '');
}
