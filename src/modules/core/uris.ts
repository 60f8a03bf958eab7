/**
 * Functions that set `$ru`, a part of it, and `$du` (core/action.c, core/kemi.c). What they set is what these variables show; an
 * HTTP request goes nowhere.
 *
 * @module
 */
import { fixed, fn, int, type KemiFunction, str } from '../../kemi/module.ts';
import {
	changeRequestUri,
	destinationUri,
	rewriteRequestUri,
	setDestinationUri,
} from '../../pv/variables/request-uri.ts';
import { type SipUri, uriParameter } from '../../pv/variables/sip-uri.ts';

/** What a text makes of a URI. */
type Change = (text: string, uri: SipUri) => Partial<SipUri>;

const ofUser: Change = (user) => ({ user });
const ofHost: Change = (host) => ({ host });

/** `seturi` and its kin, and those of `$du`. */
export const uriFunctions: readonly KemiFunction[] = [
	fn('seturi', [str('uri')], 'bool', 'Sets $ru.', (ctx, uri) => {
		rewriteRequestUri(ctx, uri);
		return true;
	}),
	fn('setuser', [str('user')], 'bool', 'Sets the user in $ru; false if $ru is no SIP URI.', (ctx, user) =>
		changeRequestUri(ctx, (uri) => ofUser(user, uri)),
	),
	fn('sethost', [str('host')], 'bool', 'Sets the host in $ru; false if $ru is no SIP URI.', (ctx, host) =>
		changeRequestUri(ctx, (uri) => ofHost(host, uri)),
	),
	fn(
		'setdsturi',
		[str('uri')],
		'bool',
		'Sets $du.',
		(ctx, uri) => {
			setDestinationUri(ctx, uri);
			return true;
		},
		{ cfg: 'setdsturi' },
	),
	fn(
		'resetdsturi',
		[],
		'bool',
		'Leaves $du without a value.',
		(ctx) => {
			setDestinationUri(ctx, '');
			return true;
		},
		{ cfg: 'resetdsturi' },
	),
	fn('isdsturiset', [], 'bool', 'True if $du is set.', (ctx) => destinationUri(ctx) !== null, {
		cfg: 'isdsturiset',
	}),
];

/** A statement that changes `$ru` by a text in which `$` means nothing, under all its names. */
function changing(names: string, what: string, change: Change): KemiFunction[] {
	return names
		.split(' ')
		.map((name) =>
			fn(name, [fixed('text')], 'bool', `${what}; false if $ru is no SIP URI.`, (ctx, text) =>
				changeRequestUri(ctx, (uri) => change(text, uri)),
			),
		);
}

function stripping(name: string, what: string, rest: (user: string, count: number) => string): KemiFunction {
	const doc = `Takes that many characters from the ${what} of the user in $ru; false if $ru is no SIP URI.`;
	return fn(name, [int('count')], 'bool', doc, (ctx, count) =>
		changeRequestUri(ctx, ({ user }) => ({ user: rest(user, count) })),
	);
}

/** The URI with a parameter that says that it is a telephone number. */
function asPhone(uri: SipUri): Partial<SipUri> {
	if (uriParameter(uri, 'user') === 'phone') return {};
	return { rest: uri.rest.replace(/(?=\?)|$/, ';user=phone') };
}

/** The statements of Kamailio's own language. */
export const uriStatements: readonly KemiFunction[] = [
	...['seturi', 'rewriteuri'].map((name) =>
		fn(name, [fixed('uri')], 'bool', 'Sets $ru.', (ctx, uri) => {
			rewriteRequestUri(ctx, uri);
			return true;
		}),
	),
	fn('revert_uri', [], 'bool', 'Makes $ru the target again.', (ctx) => {
		rewriteRequestUri(ctx, undefined);
		return true;
	}),
	...changing('setuser rewriteuser', 'Sets the user in $ru', ofUser),
	...changing('setuserpass rewriteuserpass', 'Sets user and password in $ru', (user) => ({
		user,
		password: '',
	})),
	...changing('sethost rewritehost', 'Sets the host in $ru', ofHost),
	...changing('setport rewriteport', 'Sets the port in $ru', (port) => ({ port })),
	...changing('sethostport rewritehostport', 'Sets host and port in $ru', (host) => ({ host, port: '' })),
	...changing('prefix', 'Puts a text in front of the user in $ru', (text, { user }) => ({
		user: text + user,
	})),
	stripping('strip', 'beginning', (user, count) => user.slice(count)),
	stripping('strip_tail', 'end', (user, count) => user.slice(0, Math.max(0, user.length - count))),
	fn('userphone', [], 'bool', 'Adds the parameter user=phone to $ru; false if it is no SIP URI.', (ctx) =>
		changeRequestUri(ctx, asPhone),
	),
];
