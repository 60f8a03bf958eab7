/**
 * Where scripts may connect to: every module that opens connections for a script asks here. By default everything
 * is allowed. If there is a list, a name is resolved first, and the decision is about the address that is
 * connected to.
 *
 * @module
 */
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { KemihostError } from '../errors.ts';

/** The code of the error for a connection that may not be made. */
export const NOT_ALLOWED = 'KH_NET_NOT_ALLOWED';

/** A connection may not be made. */
class NotAllowedError extends Error {
	readonly code = NOT_ALLOWED;

	constructor(host: string) {
		super(`connections to ${host} are not allowed (--allow-net)`);
	}
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Rule = (address: Address) => boolean;

/** An address as what it is: IPv4 that is written as IPv6 is IPv4. */
function parse(text: string): Address {
	return ipaddr.process(text.replace(/%.*$/, ''));
}

/** What a list allows. */
export class NetworkPolicy {
	/** Undefined if everything is allowed. */
	readonly #rules: readonly Rule[] | undefined;
	readonly #names: readonly string[];

	/**
	 * @param list networks (`10.0.0.0/8`), addresses, names (`api.example.com`, `*.example.com`), `public` for every
	 *   address that is neither private nor special, `none`. Without a list everything is allowed.
	 * @throws KemihostError `KH_USAGE` for anything else
	 */
	constructor(list?: readonly string[]) {
		const rules: Rule[] = [];
		const names: string[] = [];
		for (const entry of list ?? []) {
			const rule = ruleOf(entry);
			if (rule) rules.push(rule);
			else if (/^(\*\.)?[\w-]+(\.[\w-]+)*\.?$/.test(entry)) names.push(entry.toLowerCase());
			else if (entry !== 'none')
				throw new KemihostError('KH_USAGE', `"${entry}" is no network, address or name to allow`, {
					hint: 'write 10.0.0.0/8, 192.0.2.1, api.example.com, *.example.com, public or none',
				});
		}
		this.#rules = list && rules;
		this.#names = names;
	}

	/** True if connections to an address are allowed. */
	allowsAddress(address: string): boolean {
		if (!this.#rules) return true;
		const parsed = parse(address);
		return this.#rules.some((rule) => rule(parsed));
	}

	/** True if connections to a name are allowed, whatever its addresses are. */
	allowsName(name: string): boolean {
		const plain = name.toLowerCase().replace(/\.$/, '');
		return this.#names.some((allowed) =>
			allowed.startsWith('*.') ? plain.endsWith(allowed.slice(1)) : plain === allowed.replace(/\.$/, ''),
		);
	}

	/**
	 * Checks a host before it is connected to. A name is judged by its addresses, in `lookup`.
	 * @throws an error with the code `NOT_ALLOWED`
	 */
	check(host: string): void {
		const plain = host.replace(/^\[|\]$/g, '');
		if (isIP(plain) !== 0 && !this.allowsAddress(plain)) throw new NotAllowedError(host);
	}

	/** Looks a name up for `net.connect`, and gives only addresses that are allowed. */
	readonly lookup: LookupFunction = (host, options, callback) => {
		if (this.#rules?.length === 0 && !this.allowsName(host)) return callback(new NotAllowedError(host), '');
		const all: LookupOptions & { all: true } = { ...(options as LookupOptions), all: true };
		lookup(host, all, (error, found) => {
			if (error) return callback(error, '');
			const allowed = this.allowsName(host)
				? found
				: found.filter(({ address }) => this.allowsAddress(address));
			const [first] = allowed;
			if (!first) return callback(new NotAllowedError(host), '');
			if ((options as LookupOptions).all)
				(callback as unknown as (error: null, addresses: LookupAddress[]) => void)(null, allowed);
			else callback(null, first.address, first.family);
		});
	};
}

function ruleOf(entry: string): Rule | undefined {
	if (entry === 'public') return (address) => address.range() === 'unicast';
	const plain = entry.replace(/^\[|\]$/g, '');
	if (ipaddr.isValidCIDR(plain)) {
		const [network, bits] = ipaddr.parseCIDR(plain);
		return (address) => address.kind() === network.kind() && address.match(network, bits);
	}
	if (isIP(plain) === 0) return undefined;
	const wanted = parse(plain).toNormalizedString();
	return (address) => address.toNormalizedString() === wanted;
}
