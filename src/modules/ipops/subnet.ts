/**
 * Whether an address is in one of several networks: `10.0.0.0/8, 192.168.1.1` (ipops_mod.c).
 *
 * @module
 */
import { trimBlanks } from '../../bytes.ts';
import { type AddressBytes, addressKind, masked, parseAddress, samePrefix } from './address.ts';

/** A network, or a single address where `bits` is undefined. */
interface Network {
	address: AddressBytes;
	bits: number | undefined;
}

/** The number a text begins with, as C's atoi() has it: 0 without one, and of a large one the low 32 bits. */
function atoi(text: string): number {
	const [, digits] = /^[ \t-\r]*([+-]?\d+)/.exec(text) ?? [];
	if (!digits) return 0;
	const long = Number(digits);
	if (Number.isSafeInteger(long)) return long | 0;
	return long < 0 ? 0 : -1;
}

/** Reads `address/bits`. A network of -1 bits is a single address; one of more bits than there are matches nothing. */
function parseNetwork(text: string): Network | undefined {
	const slash = text.lastIndexOf('/');
	const name = slash > 0 ? text.slice(0, slash) : text;
	const kind = addressKind(name);
	const address = kind === 'reference' ? undefined : parseAddress(name);
	if (!address) return undefined;
	const bits = slash > 0 ? atoi(text.slice(slash + 1)) : -1;
	return { address, bits: bits === -1 ? undefined : bits };
}

/**
 * 1 if an address is in a network of a list, -1 if not or if it is none, 0 if it breaks off (`::1:`).
 *
 * Kamailio masks an IPv6 address where it stands when it compares it with a network: what follows in the list is
 * compared with what is left of it. Whoever relies on lists of IPv6 networks should know, so it is the same here.
 */
export function isInSubnet(text: string, list: string): 1 | -1 | 0 {
	const kind = addressKind(text);
	if (kind !== 'ipv4' && kind !== 'ipv6') return -1;
	let address = parseAddress(text);
	if (!address) return 0;
	for (const item of list.split(',')) {
		const network = parseNetwork(trimBlanks(item, ' '));
		if (network?.address.length !== address.length) continue;
		const all = 8 * address.length;
		const { bits = all } = network;
		if (bits < 0 || bits > all) continue;
		if (samePrefix(address, network.address, bits)) return 1;
		if (kind === 'ipv6') address = masked(address, bits);
	}
	return -1;
}
