/**
 * Internet addresses as texts and as bytes (modules/ipops/ip_parser.rl, and the C library's inet_pton).
 *
 * @module
 */

/** An address's bytes: 4 of IPv4, 16 of IPv6. */
export type AddressBytes = readonly number[];

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
/** An IPv4 address that may break off behind its first dot. */
const IPV4_BEGUN = new RegExp(`^(?:${OCTET}\\.){1,3}(?:${OCTET})?$`);
/** Kamailio looks no further than the first digit of the last number: `10.0.0.1.example` is private. */
const RFC1918 = new RegExp(`^(?:10\\.${OCTET}|172\\.(?:1[6-9]|2\\d|3[01])|192\\.168)\\.(?:${OCTET}\\.)\\d`);
const GROUP = /^[\da-f]{1,4}$/i;

/** Dotted decimal without leading zeros; undefined for anything else. */
export function parseIPv4(text: string): AddressBytes | undefined {
	return IPV4.test(text) ? text.split('.').map(Number) : undefined;
}

/** An IPv6 address without brackets and zone; undefined for anything else. */
export function parseIPv6(text: string): AddressBytes | undefined {
	const [left = '', right, more] = text.split('::');
	if (more !== undefined) return undefined;
	const head = parseGroups(left, right === undefined);
	if (right === undefined) return head?.length === 16 ? head : undefined;
	const tail = parseGroups(right, true);
	const missing = 16 - (head?.length ?? 16) - (tail?.length ?? 16);
	return head && tail && missing >= 2 ? [...head, ...Array<number>(missing).fill(0), ...tail] : undefined;
}

/** Groups between colons as bytes; the last one may be an IPv4 address. */
function parseGroups(text: string, mayEndInIPv4: boolean): AddressBytes | undefined {
	if (text === '') return [];
	const pieces = text.split(':');
	const ipv4 = mayEndInIPv4 ? parseIPv4(pieces.at(-1) ?? '') : undefined;
	const groups = ipv4 ? pieces.slice(0, -1) : pieces;
	if (!groups.every((group) => GROUP.test(group))) return undefined;
	const bytes = groups.flatMap((group) => {
		const value = Number.parseInt(group, 16);
		return [value >> 8, value & 0xff];
	});
	return ipv4 ? [...bytes, ...ipv4] : bytes;
}

/**
 * True for an IPv6 address with `::` that breaks off, as `::1:` and `::1.2` do. Kamailio's parser has seen a whole
 * address when the text ends, and takes it for one.
 */
function breaksOff(text: string): boolean {
	const begin = text.indexOf('::');
	if (begin < 0) return false;
	const left = parseGroups(text.slice(0, begin), false);
	const pieces = text.slice(begin + 2).split(':');
	const last = pieces.pop() ?? '';
	if (!left || !pieces.every((piece) => GROUP.test(piece))) return false;
	const groups = left.length / 2 + pieces.length;
	if (last.includes('.')) return groups <= 5 && IPV4_BEGUN.test(last);
	return groups <= 6 && (last === '' || GROUP.test(last));
}

/** What a text is: an address, an IPv6 address in brackets (a reference), or undefined. */
export function addressKind(text: string): 'ipv4' | 'ipv6' | 'reference' | undefined {
	if (IPV4.test(text)) return 'ipv4';
	if (text.startsWith('['))
		return text.endsWith(']') && parseIPv6(text.slice(1, -1)) ? 'reference' : undefined;
	return parseIPv6(text) || breaksOff(text) ? 'ipv6' : undefined;
}

/** The bytes of an address of either kind; undefined if it is none. */
export function parseAddress(text: string): AddressBytes | undefined {
	return parseIPv4(text) ?? parseIPv6(text);
}

/** True if a text begins with an address of RFC 1918. */
export function isPrivate(text: string): boolean {
	return RFC1918.test(text);
}

/** True if two addresses agree in their first `bits`; never for addresses of two kinds. */
export function samePrefix(a: AddressBytes, b: AddressBytes, bits: number): boolean {
	return a.length === b.length && a.every((byte, i) => ((byte ^ (b[i] as number)) & maskByte(bits, i)) === 0);
}

/** An address with everything behind its first `bits` set to zero. */
export function masked(address: AddressBytes, bits: number): AddressBytes {
	return address.map((byte, i) => byte & maskByte(bits, i));
}

/** The byte at `index` of a network mask. */
function maskByte(bits: number, index: number): number {
	const inside = Math.min(8, Math.max(0, bits - 8 * index));
	return (0xff << (8 - inside)) & 0xff;
}
