/**
 * Functions of KSR.siputils that compare two texts as SIP does: URIs, and names of header fields (core/parser/parse_uri.c,
 * modules/siputils/utils.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fn, type KemiFunction, str } from '../../kemi/module.ts';
import { fieldNameProblem, isKnownField, keyAskedFor } from '../../pv/headers.ts';
import { parseSipUri, type SipUri, uriParameter } from '../../pv/variables/sip-uri.ts';

type Outcome = 1 | -1 | -2;

const sameText = (a: string | undefined, b: string | undefined) => a?.toLowerCase() === b?.toLowerCase();

/** Parameters that make a difference even if just one of two URIs has them (RFC 3261, 19.1.4). */
const DECISIVE = ['user', 'ttl', 'maddr', 'method'];

/** The names of a URI's parameters. */
function parameterNames({ rest }: SipUri): string[] {
	const [params = ''] = rest.split('?');
	return params
		.split(';')
		.slice(1)
		.map((param) => param.replace(/=.*/s, '').toLowerCase());
}

function sameAddress(a: SipUri, b: SipUri): boolean {
	return a.user === b.user && sameText(a.host, b.host);
}

function sameUri(a: SipUri, b: SipUri): boolean {
	const common = parameterNames(a).filter((name) => uriParameter(b, name) !== undefined);
	return (
		sameAddress(a, b) &&
		sameText(a.scheme, b.scheme) &&
		a.password === b.password &&
		a.port === b.port &&
		[...DECISIVE, ...common].every((name) => sameText(uriParameter(a, name), uriParameter(b, name)))
	);
}

function uriFunction(name: string, doc: string, same: (a: SipUri, b: SipUri) => boolean): KemiFunction {
	const run = (ctx: RequestContext, first: string, second: string): Outcome => {
		const [a, b] = [parseSipUri(first), parseSipUri(second)];
		if (a && b) return same(a, b) ? 1 : -1;
		ctx.refuse(`KSR.siputils.${name}: "${a ? second : first}" is no SIP URI`);
		return -2;
	};
	return fn(name, [str('first'), str('second')], 'int', doc, run, { cfg: name });
}

function compareNames(ctx: RequestContext, first: string, second: string): Outcome {
	if (first === '' || second === '') return -2;
	const wrong = [first, second].map(fieldNameProblem).find((problem) => problem !== undefined);
	if (wrong !== undefined) return ctx.refuse(`KSR.siputils.cmp_hdr_name: ${wrong}`);
	const [a, b] = [keyAskedFor(first), keyAskedFor(second)];
	if (a === b) return 1;
	return isKnownField(a) || isKnownField(b) ? -1 : -2;
}

/** All of them. */
export const comparisons: readonly KemiFunction[] = [
	uriFunction(
		'cmp_uri',
		'1 if two SIP URIs are the same address with the same parameters, as RFC 3261 compares them; -1 if not, -2 if one is no URI.',
		sameUri,
	),
	uriFunction(
		'cmp_aor',
		'1 if two SIP URIs have the same user and host, -1 if not, -2 if one is no URI.',
		sameAddress,
	),
	fn(
		'cmp_hdr_name',
		[str('first'), str('second')],
		'int',
		'1 if two names are of the same header field, also by its one-letter form; -1 if not, or -2 if SIP has neither of them. -1 after an error line for what is no name, -2 for an empty one.',
		compareNames,
		{ cfg: 'cmp_hdr_name' },
	),
];
