/**
 * Writes databases of addresses in the format of MaxMind (MaxMind DB file format 2.0), small ones for tests and samples.
 * Run as a program it writes `docs/samples/places.mmdb`.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { type AddressBytes, parseAddress } from '../src/modules/ipops/address.ts';
import { ROOT } from './command.ts';

/** What a network has; whole numbers become unsigned ones of 16 bits, or of 32 where that is too small, others doubles. */
export type MmdbValue =
	| string
	| number
	| boolean
	| readonly MmdbValue[]
	| { readonly [name: string]: MmdbValue };

/** Types of the format. */
const TYPE = { text: 2, double: 3, uint16: 5, uint32: 6, map: 7, uint64: 9, array: 11, boolean: 14 } as const;

const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
/** What stands between the tree and the data. */
const SEPARATOR = Buffer.alloc(16);
/** How many zero bits lead from the root to the addresses of IPv4. */
const IPV4_DEPTH = 96;

function head(type: number, size: number): Buffer {
	const [byte, more] =
		size < 29 ? [size, []] : size < 285 ? [29, [size - 29]] : [30, [(size - 285) >> 8, (size - 285) & 255]];
	return Buffer.from(type <= 7 ? [(type << 5) | byte, ...more] : [byte, type - 7, ...more]);
}

function whole(type: number, value: number): Buffer {
	const digits = value.toString(16);
	const bytes =
		value === 0
			? Buffer.alloc(0)
			: Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
	return Buffer.concat([head(type, bytes.length), bytes]);
}

function encode(value: MmdbValue): Buffer {
	if (typeof value === 'string') {
		const bytes = Buffer.from(value);
		return Buffer.concat([head(TYPE.text, bytes.length), bytes]);
	}
	if (typeof value === 'boolean') return head(TYPE.boolean, Number(value));
	if (typeof value === 'number') {
		if (Number.isInteger(value) && value >= 0)
			return whole(value < 65_536 ? TYPE.uint16 : TYPE.uint32, value);
		const bytes = Buffer.alloc(8);
		bytes.writeDoubleBE(value);
		return Buffer.concat([head(TYPE.double, 8), bytes]);
	}
	if (Array.isArray(value)) return Buffer.concat([head(TYPE.array, value.length), ...value.map(encode)]);
	const members = Object.entries(value);
	return Buffer.concat([
		head(TYPE.map, members.length),
		...members.flatMap(([name, member]) => [encode(name), encode(member)]),
	]);
}

/** A node of the tree: what its two bits lead to. */
type Node = [Node | number | undefined, Node | number | undefined];

/** The bits of a network, from the root of a tree for IPv6. */
function bitsOf(network: string): number[] {
	const [address = '', length = ''] = network.split('/');
	const bytes = [...(parseAddress(address) as AddressBytes)];
	const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1));
	const own = bits.slice(0, Number(length || bits.length));
	return isIPv4(address) ? [...Array<number>(IPV4_DEPTH).fill(0), ...own] : own;
}

/**
 * A database.
 * @param networks each with what it has: `192.0.2.0/24`, `2001:db8::/32`; none may lie in another
 */
export function makeMmdb(networks: Readonly<Record<string, MmdbValue>>): Buffer {
	const root: Node = [undefined, undefined];
	const data: Buffer[] = [];
	let size = 0;
	for (const [network, value] of Object.entries(networks)) {
		const bits = bitsOf(network);
		let node = root;
		for (const bit of bits.slice(0, -1)) {
			const next = (node[bit] ?? [undefined, undefined]) as Node;
			node[bit] = next;
			node = next;
		}
		node[bits.at(-1) as number] = size;
		const bytes = encode(value);
		data.push(bytes);
		size += bytes.length;
	}

	const nodes: Node[] = [];
	const number = (node: Node): void => {
		nodes.push(node);
		for (const next of node) if (typeof next === 'object') number(next);
	};
	number(root);
	const places = new Map(nodes.map((node, i) => [node, i]));
	const tree = Buffer.alloc(nodes.length * 6);
	for (const [i, node] of nodes.entries())
		for (const [bit, next] of node.entries()) {
			const leads =
				next === undefined
					? nodes.length
					: typeof next === 'number'
						? nodes.length + SEPARATOR.length + next
						: (places.get(next) as number);
			tree.writeUIntBE(leads, i * 6 + bit * 3, 3);
		}

	const metadata: Record<string, MmdbValue> = {
		binary_format_major_version: 2,
		binary_format_minor_version: 0,
		database_type: 'kemihost sample',
		description: { en: 'A few networks, made for tests' },
		ip_version: 6,
		languages: ['en'],
		record_size: 24,
	};
	const members = Object.entries(metadata).flatMap(([name, value]) => [encode(name), encode(value)]);
	// readers want these in the types that the format says
	const typed = [
		...[encode('node_count'), whole(TYPE.uint32, nodes.length)],
		...[encode('build_epoch'), whole(TYPE.uint64, 1_700_000_000)],
	];
	return Buffer.concat([
		tree,
		SEPARATOR,
		...data,
		MARKER,
		head(TYPE.map, Object.keys(metadata).length + 2),
		...members,
		...typed,
	]);
}

/** The sample: networks that are for documentation, in places that they are not. */
const SAMPLE: Readonly<Record<string, MmdbValue>> = {
	'192.0.2.0/24': {
		city: { names: { de: 'Mailand', en: 'Milan' } },
		continent: { code: 'EU' },
		country: { iso_code: 'IT' },
		location: { latitude: 45.4642, longitude: 9.1898, metro_code: 501, time_zone: 'Europe/Rome' },
		postal: { code: '20121' },
		subdivisions: [{ iso_code: 'MI', names: { en: 'Milan' } }],
	},
	'198.51.100.0/25': { registered_country: { iso_code: 'DE' }, location: { latitude: -1.5 } },
	'198.51.100.128/25': { country: { iso_code: 'US' }, traits: { is_anonymous_proxy: true } },
	'2001:db8::/32': { country: { iso_code: 'JP' }, city: { names: { en: 'Tōkyō' } } },
};

if (import.meta.main) writeFileSync(`${ROOT}docs/samples/places.mmdb`, makeMmdb(SAMPLE));
