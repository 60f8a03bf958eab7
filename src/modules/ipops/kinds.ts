/**
 * What an address is for: the ranges of `detailed_ip_type` and their names (modules/ipops/detailed_ip_type.c).
 *
 * @module
 */
import { trimBlanks } from '../../bytes.ts';
import { type AddressBytes, parseIPv4, parseIPv6, samePrefix } from './address.ts';

interface Range {
	readonly network: AddressBytes;
	readonly bits: number;
	readonly name: string;
}

function ranges(parse: (text: string) => AddressBytes | undefined, table: string): Range[] {
	return table
		.trim()
		.split('\n')
		.map((line) => {
			const [, address = '', bits = '', name = ''] = /^\s*(\S+)\/(\d+) (\S+)$/.exec(line) ?? [];
			return { network: parse(address) ?? [], bits: Number(bits), name };
		});
}

/** The first range that holds an address says what it is; an IPv4 address in none of them is PUBLIC. */
const IPV4 = ranges(
	parseIPv4,
	`
	255.255.255.255/32 BROADCAST
	203.0.113.0/24 TEST-NET
	198.51.100.0/24 TEST-NET
	192.88.99.0/24 6TO4-RELAY
	192.0.2.0/24 TEST-NET
	192.0.0.0/24 RESERVED
	192.168.0.0/16 PRIVATE
	169.254.0.0/16 LINK-LOCAL
	198.18.0.0/15 RESERVED
	172.16.0.0/12 PRIVATE
	100.64.0.0/10 SHARED
	127.0.0.0/8 LOOPBACK
	10.0.0.0/8 PRIVATE
	0.0.0.0/8 PRIVATE
	240.0.0.0/4 RESERVED
	224.0.0.0/4 MULTICAST`,
);

const IPV6 = ranges(
	parseIPv6,
	`
	::/128 UNSPECIFIED
	::1/128 LOOPBACK
	::ffff:0:0/96 IPV4MAP
	100::/64 DISCARD
	2001:2::/48 BMWG
	2001::/32 TEREDO
	2001:db8::/32 DOCUMENTATION
	2001:10::/28 ORCHID
	2002::/16 6TO4
	fe80::/10 LINK-LOCAL-UNICAST
	ff00::/8 MULTICAST
	fc00::/7 UNIQUE-LOCAL-UNICAST
	2000::/3 GLOBAL-UNICAST
	::/0 RESERVED`,
);

function nameIn(table: readonly Range[], address: AddressBytes): string | undefined {
	return table.find(({ network, bits }) => samePrefix(address, network, bits))?.name;
}

/** The name of an IPv4 address's range; undefined if the text is none. Blanks around it do not matter. */
export function ipv4Kind(text: string): string | undefined {
	const address = parseIPv4(trimBlanks(text));
	return address && (nameIn(IPV4, address) ?? 'PUBLIC');
}

/**
 * The name of an IPv6 address's range, in brackets or not; undefined if the text is none. What stands at the end
 * of a text that begins with a bracket is taken for the other one.
 */
export function ipv6Kind(text: string): string | undefined {
	const address = parseIPv6(trimBlanks(text.startsWith('[') ? text.slice(1, -1) : text));
	return address && nameIn(IPV6, address);
}
