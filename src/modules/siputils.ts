/**
 * KSR.siputils: those of its checks that are about texts and headers (modules/siputils/checks.c). The rest of the
 * module edits SIP requests.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiFunction, type Parameter, str } from '../kemi/module.ts';
import { findHeader } from '../pv/headers.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { contactUri } from '../pv/variables/sip-headers.ts';
import { parseSipUri } from '../pv/variables/sip-uri.ts';
import { authRequest } from './auth/state.ts';
import { comparisons } from './siputils/compare.ts';

/** 1 if a text is what the pattern says, `otherwise` where not, and -2 for an empty one. */
function check(name: string, what: string, pattern: RegExp, otherwise: -2 | -3): KemiFunction {
	const doc = `1 for ${what}, ${otherwise} for other texts${otherwise === -2 ? '' : ', -2 for an empty one'}.`;
	return fn(
		name,
		[str('text')],
		'int',
		doc,
		(_ctx, text) => {
			if (text === '') return -2;
			return pattern.test(text) ? 1 : otherwise;
		},
		{ cfg: name },
	);
}

/** The To header's tag marks a request inside of a dialog. */
function hasToTag(ctx: RequestContext): 1 | -1 {
	const tag = ctx.host.variables.variable('$tt');
	return !(tag instanceof PvSyntaxError) && tag.get(ctx) ? 1 : -1;
}

/** Functions that edit the Contact header of a request that is forwarded. */
function contactFunction(name: string, params: Parameter[], without: 1 | -1): KemiFunction {
	const run = (ctx: RequestContext) => {
		if (findHeader(ctx, 'Contact') === null) {
			return without === 1 ? 1 : ctx.refuse(`KSR.siputils.${name}: there is no Contact header`);
		}
		// a URI has a scheme, which is all that Kamailio asks of it here
		if (String(contactUri(ctx) ?? '').includes(':')) return 1;
		ctx.refuse(`KSR.siputils.${name}: the Contact header is not good`);
		return -4;
	};
	const doc = `Edits the Contact header of a request that is forwarded, nothing that a handler could see. Gives 1, ${without === 1 ? '' : '-1 without the header, '}-4 if it is not good.`;
	return fn(name, params, 'int', doc, run, { cfg: name });
}

/** Whether the credentials that were checked are a user's. */
function isUser(ctx: RequestContext, user: string): 1 | -1 {
	const good = ctx.peek(authRequest)?.user;
	if (good === undefined)
		return ctx.refuse('KSR.siputils.is_user: no credentials were found good; KSR.auth looks at them first');
	return good === user ? 1 : -1;
}

/** The functions on KSR.siputils. */
export const siputils = defineModule({
	name: 'siputils',
	doc: 'Checks of texts and headers.',
	functions: [
		check('is_numeric', 'digits', /^\d+$/, -2),
		check(
			'is_tel_number',
			'digits, or a plus sign and digits that do not begin with 0',
			/^(?:\d|\+[1-9])\d*$/,
			-2,
		),
		check('is_alphanum', 'letters and digits of ASCII', /^[0-9A-Za-z]+$/, -3),
		fn(
			'is_alphanumex',
			[str('text'), str('more')],
			'int',
			'1 for letters and digits of ASCII and the bytes of a second text, -3 for other texts, -2 for an empty one.',
			(_ctx, text, more) => {
				if (text === '') return -2;
				const allowed = new Set(more);
				return [...new Set(text)].every((char) => /[0-9A-Za-z]/.test(char) || allowed.has(char)) ? 1 : -3;
			},
			{ cfg: 'is_alphanumex' },
		),
		fn(
			'is_uri',
			[str('text')],
			'int',
			'1 for a sip:, sips:, tel: or urn: URI, -1 for anything else. An HTTP URL is none.',
			(_ctx, text) => (parseSipUri(text) ? 1 : -1),
			{ cfg: 'is_uri' },
		),
		fn('has_totag', [], 'int', '1 if the To header has a tag, -1 if not.', hasToTag, {
			cfg: 'has_totag',
		}),
		contactFunction('encode_contact', [str('prefix'), str('address')], -1),
		contactFunction('contact_param_encode', [str('name'), str('address')], 1),
		...['contact_param_decode', 'contact_param_rm'].map((name) =>
			fn(
				name,
				[str('name')],
				'int',
				'Edits the Contact header of a request that is forwarded, nothing that a handler could see. Gives 1.',
				() => 1,
				{ cfg: name },
			),
		),
		fn(
			'is_user',
			[str('user')],
			'int',
			'1 if the request has the credentials of that user, which KSR.auth has found to be good; -1 if not.',
			isUser,
			{ cfg: 'is_user' },
		),
		...comparisons,
		fn('is_first_hop', [], 'int', '1: an HTTP request has no Via headers of proxies.', () => 1, {
			cfg: 'is_first_hop',
		}),
		fn(
			'is_first_hop_mode',
			[int('mode')],
			'int',
			'The same; the mode says what SIP headers it looks at.',
			() => 1,
			{ cfg: 'is_first_hop' },
		),
		fn('is_request', [], 'int', '1: a handler sees requests only.', () => 1, { cfg: 'is_request' }),
		fn('is_reply', [], 'int', '-1: a handler sees requests only.', () => -1, { cfg: 'is_reply' }),
		fn('is_http', [], 'int', '1: the request is one of HTTP.', () => 1, { cfg: 'is_http' }),
		fn('is_sip', [], 'int', '-1: the request is none of SIP.', () => -1, { cfg: 'is_sip' }),
	],
});
