/**
 * KSR.ipops: what kind of address a text is, and which network it belongs to (modules/ipops/ipops_mod.c).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiFunction, str, variable } from '../kemi/module.ts';
import { addressKind, isPrivate, parseAddress, samePrefix } from './ipops/address.ts';
import { dnsFunctions, dnsVariables } from './ipops/dns.ts';
import { ipv4Kind, ipv6Kind } from './ipops/kinds.ts';
import { isInSubnet } from './ipops/subnet.ts';
import { setVariable } from './pvx/write.ts';

/** 1 for yes, -1 for no. */
function test(name: string, doc: string, is: (text: string) => boolean, cfg = name): KemiFunction {
	return fn(
		name,
		[str('address')],
		'int',
		`1 for ${doc}, -1 for anything else.`,
		(_ctx, text) => (is(text) ? 1 : -1),
		{
			cfg,
		},
	);
}

const KIND_NUMBERS = { ipv4: 1, ipv6: 2, reference: 3 } as const;

/** A reference in brackets is the address inside of them, where references are taken. */
function compare(a: string, b: string, references: boolean): 1 | -1 {
	const [first, second] = [a, b].map((text) => {
		const kind = addressKind(text);
		if (kind === 'reference') return references ? parseAddress(text.slice(1, -1)) : undefined;
		return kind && parseAddress(text);
	});
	return first && second && samePrefix(first, second, 8 * first.length) ? 1 : -1;
}

/** Sets a variable to the name of an address's range. */
function detailed(name: string, doc: string, kindOf: (text: string) => string | undefined): KemiFunction {
	return fn(
		name,
		[str('address'), variable('variable')],
		'int',
		`Sets a variable to ${doc}: PRIVATE, LOOPBACK, PUBLIC and so on. Gives 1, or -1 if it is none.`,
		(ctx: RequestContext, text, variable) => {
			const kind = kindOf(text);
			return kind === undefined ? -1 : setVariable(ctx, `KSR.ipops.${name}`, variable, kind);
		},
		{ cfg: name },
	);
}

function detailedKind(text: string): string | undefined {
	const kind = addressKind(text);
	return kind && (kind === 'ipv4' ? ipv4Kind(text) : ipv6Kind(text));
}

const LIST_DOC =
	'1 if an address is in one of the networks of a list (10.0.0.0/8, 192.168.1.1), -1 if not. IPv6 addresses stand without brackets.';

/** The functions on KSR.ipops. */
export const ipops = defineModule({
	name: 'ipops',
	doc: 'Internet addresses, and what the DNS knows of them.',
	variables: dnsVariables(),
	functions: [
		...dnsFunctions(),
		test(
			'is_ip',
			'an IPv4 address, an IPv6 address or one in brackets',
			(text) => addressKind(text) !== undefined,
		),
		test('is_pure_ip', 'an IPv4 or IPv6 address without brackets', (text) => {
			const kind = addressKind(text);
			return kind === 'ipv4' || kind === 'ipv6';
		}),
		test('is_ip4', 'an IPv4 address', (text) => addressKind(text) === 'ipv4', 'is_ipv4'),
		test('is_ip6', 'an IPv6 address without brackets', (text) => addressKind(text) === 'ipv6', 'is_ipv6'),
		test(
			'is_ip6_reference',
			'an IPv6 address in brackets',
			(text) => addressKind(text) === 'reference',
			'is_ipv6_reference',
		),
		test('is_ip_rfc1918', 'an IPv4 address of a private network', isPrivate),
		fn(
			'ip_type',
			[str('address')],
			'int',
			'1 for an IPv4 address, 2 for IPv6, 3 for IPv6 in brackets, -1 for anything else.',
			(_ctx, text) => {
				const kind = addressKind(text);
				return kind ? KIND_NUMBERS[kind] : -1;
			},
			{ cfg: 'ip_type' },
		),
		detailed('detailed_ip_type', 'the kind of an address', detailedKind),
		detailed('detailed_ipv4_type', 'the kind of an IPv4 address', ipv4Kind),
		detailed('detailed_ipv6_type', 'the kind of an IPv6 address', ipv6Kind),
		fn(
			'compare_ips',
			[str('address'), str('other')],
			'int',
			'1 if both are the same address, in brackets or not, -1 if not.',
			(_ctx, a, b) => compare(a, b, true),
			{ cfg: 'compare_ips' },
		),
		fn(
			'compare_pure_ips',
			[str('address'), str('other')],
			'int',
			'1 if both are the same address without brackets, -1 if not.',
			(_ctx, a, b) => compare(a, b, false),
			{ cfg: 'compare_pure_ips' },
		),
		fn('ip_is_in_subnet', [str('address'), str('networks')], 'int', LIST_DOC, (_ctx, text, list) =>
			isInSubnet(text, list),
		),
		fn(
			'is_in_subnet',
			[str('address'), str('networks')],
			'int',
			`${LIST_DOC} The same as ip_is_in_subnet.`,
			(_ctx, text, list) => isInSubnet(text, list),
			{ cfg: 'is_in_subnet' },
		),
	],
});
