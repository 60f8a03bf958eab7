/**
 * Groups of addresses, networks and names, as the file of the permissions module lists them (modules/permissions/address.c).
 *
 * @module
 */
import { type AddressBytes, parseAddress, samePrefix } from '../ipops/address.ts';

/** One line of the file. */
interface Entry {
	readonly group: number;
	/** 0 for any port. */
	readonly port: number;
	readonly tag: string | undefined;
}

interface Network extends Entry {
	readonly address: AddressBytes;
	readonly bits: number;
}

/** What an entry that matches says. */
export interface Match {
	readonly group: number;
	readonly tag: string | undefined;
}

/** An address, in brackets or without; undefined for a name. */
function readAddress(text: string): AddressBytes | undefined {
	return parseAddress(/^\[(.*)\]$/.exec(text)?.[1] ?? text);
}

/** Thrown where a line is not good. */
export class AddressFileError extends Error {}

/** The groups of a file. */
export class AddressGroups {
	/** By their bytes as text; the newest first, as Kamailio's table has them. */
	readonly #addresses = new Map<string, Entry[]>();
	/** By group, and within one in the file's order. */
	readonly #networks: Network[] = [];
	/** By name; the newest first. */
	readonly #names = new Map<string, Entry[]>();

	/**
	 * Reads a file: group, address or name, mask, port, tag; `#` begins a comment. What stands behind the address may be
	 * left out.
	 * @throws AddressFileError
	 */
	constructor(text: string) {
		for (const [index, line] of text.split('\n').entries()) this.#read(line, index + 1);
		this.#networks.sort((a, b) => a.group - b.group);
	}

	#read(line: string, number: number): void {
		const [content = ''] = line.split('#');
		if (content.trim() === '') return;
		const wrong = (why: string) => new AddressFileError(`line ${number} ${why}: ${line.trim()}`);
		const parts = /^\s*(\d*)(?!\d)\s*(\S+)(?:\s+(\d+))?(?:\s+(\d+))?(?:\s+(\S+))?/.exec(content);
		if (!parts) throw wrong('names no address');
		const [, group = '', place = '', mask = '0', port = '0', tag] = parts;
		const entry = { group: Number(group), port: Number(port), tag };
		const address = readAddress(place);
		if (!address) {
			this.#add(this.#names, place, entry);
			return;
		}
		const all = 8 * address.length;
		const bits = Number(mask) || all;
		if (bits > all) throw wrong('has a mask of too many bits');
		if (bits === all) this.#add(this.#addresses, address.join(), entry);
		else this.#networks.push({ ...entry, address, bits });
	}

	#add(table: Map<string, Entry[]>, key: string, entry: Entry): void {
		const entries = table.get(key);
		if (entries) entries.unshift(entry);
		else table.set(key, [entry]);
	}

	/**
	 * The first entry that a place matches: single addresses before networks.
	 * @param place an address or a name
	 * @param group the group it has to be in; undefined for any
	 */
	find(place: string, port: number, group?: number): Match | undefined {
		const fits = (entry: Entry) =>
			(group === undefined || entry.group === group) && (entry.port === 0 || entry.port === port);
		const address = readAddress(place);
		if (!address) return this.#names.get(place)?.find(fits);
		return (
			this.#addresses.get(address.join())?.find(fits) ??
			this.#networks.find((entry) => fits(entry) && samePrefix(address, entry.address, entry.bits))
		);
	}
}
