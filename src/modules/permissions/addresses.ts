/**
 * Groups of addresses, networks and names (modules/permissions/hash.c).
 *
 * @module
 */
import ipaddr from 'ipaddr.js';
import { coreHash } from '../cfgutils/core-hash.ts';
import { type AddressBytes, parseAddress, samePrefix } from '../ipops/address.ts';

/** What a line of a file or a row of a table says. */
export interface AddressEntry {
	readonly group: number;
	/** An address, in brackets or without, or a name. */
	readonly place: string;
	/** The bits of a network; 0 for a single address. */
	readonly bits: number;
	/** 0 for any port. */
	readonly port: number;
	readonly tag: string | undefined;
}

interface Network extends AddressEntry {
	readonly address: AddressBytes;
}

/** What an entry that matches says. */
export interface Match extends Pick<AddressEntry, 'group' | 'tag'> {
	readonly isName: boolean;
}

/** A line of `permissions.addressDump` and its like: what Kamailio's tables show. */
export interface AddressListing {
	/** The slot of Kamailio's table, or the place among the networks. */
	readonly table: number;
	readonly entry: AddressEntry;
	/** The address as Kamailio writes it, or the name. */
	readonly place: string;
}

/** An address, in brackets or without; undefined for a name. */
function readAddress(text: string): AddressBytes | undefined {
	return parseAddress(/^\[(.*)\]$/.exec(text)?.[1] ?? text);
}

function addressText(address: AddressBytes): string {
	return ipaddr.fromByteArray([...address]).toString();
}

/** How many slots Kamailio's tables have. */
export const SLOTS = 128;

/** The slot of a text in a table of Kamailio's, and of an address by its first four bytes. */
export function slotOf(text: string): number {
	return coreHash(text, '') & (SLOTS - 1);
}

/** Thrown for an entry that is not good. */
export class AddressError extends Error {}

/** The groups. */
export class AddressGroups {
	/** By their bytes as text; the newest first, as Kamailio's table has them. */
	readonly #addresses = new Map<string, AddressEntry[]>();
	/** By group, and within one in the order in which they came. */
	readonly #networks: Network[] = [];
	/** By name; the newest first. */
	readonly #names = new Map<string, AddressEntry[]>();
	readonly #singles: AddressListing[] = [];
	readonly #named: AddressListing[] = [];

	/**
	 * @param maxNetworks more are refused
	 * @throws AddressError, whose message says what is wrong with the entry
	 */
	constructor(entries: Iterable<AddressEntry>, maxNetworks: number) {
		for (const entry of entries) {
			this.#add(entry);
			if (this.#networks.length > maxNetworks)
				throw new AddressError(`is one network too many: max_subnets allows ${maxNetworks}`);
		}
		this.#networks.sort((a, b) => a.group - b.group);
	}

	#add(entry: AddressEntry): void {
		const address = readAddress(entry.place);
		if (!address) {
			index(this.#names, entry.place, entry);
			this.#named.push({ table: slotOf(entry.place), entry, place: entry.place });
			return;
		}
		const all = 8 * address.length;
		const bits = entry.bits || all;
		if (bits > all) throw new AddressError('has a mask of too many bits');
		if (bits < all) {
			this.#networks.push({ ...entry, address, bits });
			return;
		}
		index(this.#addresses, address.join(), entry);
		const table = slotOf(String.fromCharCode(...address.slice(0, 4)));
		this.#singles.push({ table, entry, place: addressText(address) });
	}

	/**
	 * The first entry that a place matches: single addresses before networks.
	 * @param place an address or a name
	 * @param group the group it has to be in; undefined for any
	 */
	find(place: string, port: number, group?: number): Match | undefined {
		const fits = (entry: AddressEntry) =>
			(group === undefined || entry.group === group) && (entry.port === 0 || entry.port === port);
		const address = readAddress(place);
		const entry = address
			? (this.#addresses.get(address.join())?.find(fits) ??
				this.#networks.find((one) => fits(one) && samePrefix(address, one.address, one.bits)))
			: this.#names.get(place)?.find(fits);
		return entry && { group: entry.group, tag: entry.tag, isName: address === undefined };
	}

	/** Single addresses by slots, in each the newest first. */
	get singles(): readonly AddressListing[] {
		return bySlots(this.#singles);
	}

	/** Networks by group. */
	get networks(): readonly AddressListing[] {
		return this.#networks.map((entry, table) => ({ table, entry, place: addressText(entry.address) }));
	}

	/** Names by slots, in each the newest first. */
	get names(): readonly AddressListing[] {
		return bySlots(this.#named);
	}
}

function index(table: Map<string, AddressEntry[]>, key: string, entry: AddressEntry): void {
	const entries = table.get(key);
	if (entries) entries.unshift(entry);
	else table.set(key, [entry]);
}

function bySlots(listings: readonly AddressListing[]): AddressListing[] {
	return listings.toReversed().sort((a, b) => a.table - b.table);
}
