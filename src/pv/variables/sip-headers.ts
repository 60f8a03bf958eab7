/**
 * SIP's header fields. HTTP requests have few of them; where one is sent, these variables read it as in SIP
 * (modules/pv/pv_core.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { findKey, valuesOfKey } from '../headers.ts';
import type { PvIndex, PvValue, Variable } from '../variable.ts';
import type { Getter, Setter } from './names.ts';
import { parseSipUri } from './sip-uri.ts';

/** `"Name" <uri>;tag=x`, taken apart. */
export interface NameAddress {
	/** With its quotes. */
	display: string;
	uri: string;
	params: string;
}

const NAME_ADDRESS = /^\s*("(?:[^"\\]|\\.)*"|[^"<;]*?)\s*<([^>]*)>(.*)$/s;

/** Takes a field apart; what is nothing of the kind is a URI without a name. */
export function nameAddress(value: string): NameAddress {
	const [whole, display = '', uri = '', params = ''] = NAME_ADDRESS.exec(value) ?? [];
	if (whole !== undefined) return { display, uri, params };
	const [plain = '', ...rest] = value.split(';');
	return { display: '', uri: plain.trim(), params: rest.map((param) => `;${param}`).join('') };
}

/** The value of a parameter behind an address; null without one. */
export function parameter({ params }: NameAddress, name: string): string | null {
	for (const param of params.split(';')) {
		const [key = '', value = ''] = param.split('=');
		if (key.trim().toLowerCase() === name) return value.trim() || null;
	}
	return null;
}

type Part = (ctx: RequestContext, address: NameAddress) => PvValue;

const uri: Part = (_ctx, address) => address.uri || null;
const display: Part = (_ctx, address) => address.display || null;
const param =
	(name: string): Part =>
	(_ctx, address) =>
		parameter(address, name);

function uriPart(get: (parts: { user: string; host: string }) => PvValue): Part {
	return (ctx, address) => {
		const parts = parseSipUri(address.uri);
		if (!parts) ctx.report('error', `"${address.uri}" is no SIP URI`);
		return parts ? get(parts) : null;
	};
}

const user = uriPart((parts) => parts.user || null);
const host = uriPart((parts) => parts.host || null);
const userLength = uriPart((parts) => parts.user.length);

/** Reads a part of a field; null without the field, with an error line where Kamailio logs one. */
function addressPart(key: string, part: Part, missing?: string): Getter {
	return (ctx) => {
		const value = findKey(ctx, key);
		if (value !== null) return part(ctx, nameAddress(value));
		if (missing) ctx.report('error', `there is no ${missing} header`);
		return null;
	};
}

/** Changing From or To would change a forwarded request only; without the field it is refused. */
function setNothing(key: string, name: string): Setter {
	return (ctx) => {
		const present = findKey(ctx, key) !== null;
		if (!present) ctx.report('error', `there is no ${name} header to be changed`);
		return present;
	};
}

/** The variables of From (`f`) or To (`t`). */
function party(letter: 'f' | 't', key: 'from' | 'to', missing?: string): Variable[] {
	const name = key === 'from' ? 'From' : 'To';
	const variable = (names: string[], doc: string, part: Part, writable: boolean): Variable => ({
		names,
		doc: `${doc} in the ${name} header; null without one.`,
		get: addressPart(key, part, missing),
		...(writable && { set: setNothing(key, name) }),
	});
	return [
		variable([`${letter}u`, key], 'The URI', uri, true),
		variable([`${letter}U`, `${key}.user`], 'The user', user, true),
		variable([`${letter}d`, `${key}.domain`], 'The host', host, true),
		variable([`${letter}n`], 'The display name', display, true),
		variable([`${letter}t`, `${letter}ti`], 'The tag', param('tag'), false),
		variable([`${letter}Ul`], 'The length of the user', userLength, letter === 't'),
	];
}

/** A part of the n-th field of a name. */
function indexed(name: string, key: string, part: Part, doc: string): Variable {
	return {
		names: [name],
		doc,
		bind: ({ index }) => ({
			get(ctx) {
				const at: PvIndex = index?.(ctx) ?? 0;
				const value = typeof at === 'string' ? undefined : valuesOfKey(ctx, key).at(at);
				return value === undefined ? null : part(ctx, nameAddress(value));
			},
		}),
	};
}

/** A whole field; null without one, with an error line where Kamailio logs one. */
function wholeField(ctx: RequestContext, key: string, missing?: string): PvValue {
	const value = findKey(ctx, key);
	if (value === null && missing) ctx.report('error', `there is no ${missing} header`);
	return value;
}

function field(name: string, doc: string, get: Getter): Variable {
	return { names: [name], doc, get };
}

/** `$fu`, for KSR.kx. */
export const fromUri = addressPart('from', uri, 'From');
/** `$fU`, for KSR.kx. */
export const fromUser = addressPart('from', user, 'From');
/** `$fd`, for KSR.kx. */
export const fromHost = addressPart('from', host, 'From');
/** The URI of To, for KSR.kx, which logs where `$tu` does not. */
export const toUri = addressPart('to', uri, 'To');
/** The user of To, for KSR.kx. */
export const toUser = addressPart('to', user, 'To');
/** The host of To, for KSR.kx. */
export const toHost = addressPart('to', host, 'To');
/** `$ctu`: the URI of Contact. */
export const contactUri = addressPart('contact', uri);

/** `user@host` of From, which accounting uses without credentials that were checked. */
function accounting(ctx: RequestContext, whole: boolean): PvValue {
	const [name, place] = [fromUser(ctx), whole ? fromHost(ctx) : null];
	return name === null || !whole ? name : `${name}@${place}`;
}

/** The variables of SIP's header fields. */
export const sipHeaderVariables: readonly Variable[] = [
	...party('f', 'from', 'From'),
	...party('t', 'to'),
	field('tts', 'Whether To has a tag, 1 or 0.', (ctx) =>
		addressPart('to', param('tag'))(ctx) === null ? 0 : 1,
	),
	field('ful', 'The length of $fu.', (ctx) => String(fromUri(ctx) ?? '').length || null),
	field('Au', 'user@host of the From header; null without one.', (ctx) => accounting(ctx, true)),
	field('AU', 'The user of the From header; null without one.', (ctx) => accounting(ctx, false)),
	field('ci', 'The Call-ID header; null without one.', (ctx) => wholeField(ctx, 'call-id', 'Call-ID')),
	field('cs', 'The number in the CSeq header; null without one.', (ctx) => {
		const value = wholeField(ctx, 'cseq', 'CSeq');
		return value === null ? null : (/^\d*/.exec(String(value))?.[0] ?? null);
	}),
	field('csb', 'The CSeq header; null without one.', (ctx) => wholeField(ctx, 'cseq', 'CSeq')),
	field('ct', 'The Contact header, not the content type, which is $cT; null without one.', (ctx) => {
		return wholeField(ctx, 'contact') || null;
	}),
	field('ctu', 'The URI in the Contact header; null without one.', contactUri),
	field('cts', 'Whether Contact is *, 1 or 0; null without one.', (ctx) => {
		const value = findKey(ctx, 'contact');
		return value === null ? null : Number(value.trim() === '*');
	}),
	field('rt', 'The URI in the Refer-To header; null without one.', addressPart('refer-to', uri)),
	field(
		're',
		'The URI in the Remote-Party-ID header; null without one.',
		addressPart('remote-party-id', uri),
	),
	field('di', 'The URI in the Diversion header; null without one.', addressPart('diversion', uri)),
	field(
		'dir',
		'The reason in the Diversion header; null without one.',
		addressPart('diversion', param('reason')),
	),
	field(
		'dip',
		'The privacy in the Diversion header; null without one.',
		addressPart('diversion', param('privacy')),
	),
	field(
		'dic',
		'The counter in the Diversion header; null without one.',
		addressPart('diversion', param('counter')),
	),
	indexed('ai', 'p-asserted-identity', uri, 'The URI in a P-Asserted-Identity header; null without one.'),
	indexed('pu', 'p-preferred-identity', uri, 'The URI in a P-Preferred-Identity header; null without one.'),
	indexed('pU', 'p-preferred-identity', user, 'The user in a P-Preferred-Identity header; null without one.'),
	indexed('pd', 'p-preferred-identity', host, 'The host in a P-Preferred-Identity header; null without one.'),
	indexed(
		'pn',
		'p-preferred-identity',
		display,
		'The name in a P-Preferred-Identity header; null without one.',
	),
];
