/**
 * Whether an address is in a network, as `src_ip == 10.0.0.0/8` asks.
 *
 * @module
 */
import ipaddr from 'ipaddr.js';

/**
 * A test for an address.
 * @param mask the length of the prefix in bits, or a mask as an address; undefined for one single address
 * @returns the test, or what is wrong
 */
export function networkTest(
	address: string,
	mask: number | string | undefined,
): ((ip: string) => boolean) | string {
	if (!ipaddr.isValid(address)) return `"${address}" is no address`;
	const network = ipaddr.parse(address);
	const all = network.kind() === 'ipv4' ? 32 : 128;
	const bits = typeof mask === 'string' ? prefixLength(mask) : (mask ?? all);
	if (bits === undefined || bits < 0 || bits > all) return `"${mask}" is no mask for ${address}`;
	return (ip) => {
		if (!ipaddr.isValid(ip)) return false;
		const parsed = ipaddr.parse(ip);
		return parsed.kind() === network.kind() && parsed.match(network, bits);
	};
}

function prefixLength(mask: string): number | undefined {
	if (!ipaddr.isValid(mask)) return undefined;
	return ipaddr.parse(mask).prefixLengthFromSubnetMask() ?? undefined;
}
