/**
 * KSR.kx: the request's parts as plain function calls (modules/kemix/kemix_mod.c). They give what the variable in
 * their description gives.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiFunction, str } from '../kemi/module.ts';
import { findHeader } from '../pv/headers.ts';
import { leadingInteger } from '../pv/integers.ts';
import type { PvValue } from '../pv/variable.ts';
import { protocol, protocolId, receivingSocket, sourceSocket, sourceUri } from '../pv/variables/addresses.ts';
import { authUser } from '../pv/variables/credentials.ts';
import { bodyText, messageBuffer, messageLength } from '../pv/variables/request.ts';
import {
	destinationUri,
	originalUri,
	requestHost,
	requestUri,
	requestUser,
} from '../pv/variables/request-uri.ts';
import { environment } from '../pv/variables/settings.ts';
import {
	contactUri,
	fromHost,
	fromUri,
	fromUser,
	toHost,
	toUri,
	toUser,
} from '../pv/variables/sip-headers.ts';
import { requestSeconds } from '../pv/variables/time.ts';

type Reader = (ctx: RequestContext) => PvValue;

function getter(name: string, doc: string, read: Reader): KemiFunction {
	return fn(name, [], 'xval', doc, read);
}

/** `get_x`, `gete_x` and `getw_x`: null, an empty string or `<null>` where there is nothing. */
function getters(name: string, what: string, read: Reader): KemiFunction[] {
	return [
		getter(`get_${name}`, `${what}; null without one.`, read),
		getter(`gete_${name}`, `${what}; an empty string without one.`, (ctx) => read(ctx) ?? ''),
		getter(`getw_${name}`, `${what}; <null> without one.`, (ctx) => read(ctx) ?? '<null>'),
	];
}

function intGetter(name: string, doc: string, read: (ctx: RequestContext) => number): KemiFunction {
	return fn(name, [], 'int', doc, read);
}

/** The body; null if it is empty, other than `$rb`. */
const body: Reader = (ctx) => bodyText(ctx) || null;

/** The functions on KSR.kx. */
export const kemix = defineModule({
	name: 'kemix',
	ksrName: 'kx',
	doc: "The request's parts.",
	functions: [
		getter('get_method', 'The method: $rm.', (ctx) => ctx.request.method),
		...getters('body', 'The body, $rb', body),
		intGetter('get_bodylen', 'The size of the body: $bs.', (ctx) => ctx.request.body.length),
		getter('get_msgbuf', 'The whole request: $mb.', messageBuffer),
		intGetter('get_msglen', 'The length of the whole request: $ml.', messageLength),
		intGetter('get_msgtype', 'The type of the message, 1 for a request: $mt.', () => 1),
		intGetter('get_timestamp', "The request's time in seconds: $Ts.", requestSeconds),
		intGetter('get_conid', 'The number of the connection: $conid.', (ctx) => ctx.request.connection.id),

		getter('get_srcip', "The client's address: $si.", (ctx) => ctx.request.connection.remote.address),
		getter('get_srcport', "The client's port: $sp.", (ctx) => ctx.request.connection.remote.port),
		getter('get_srcuri', 'The client as a sip: URI: $su.', sourceUri),
		getter('get_srcaddr_sock', 'The client as transport:address:port: $sas.', sourceSocket),
		getter(
			'get_rcvip',
			'The address that the request came to: $Ri.',
			(ctx) => ctx.request.connection.local.address,
		),
		getter(
			'get_rcvport',
			'The port that the request came to: $Rp.',
			(ctx) => ctx.request.connection.local.port,
		),
		getter('get_rcvadvip', 'The same as get_rcvip: $RAi.', (ctx) => ctx.request.connection.local.address),
		getter('get_rcvadvport', 'The same as get_rcvport: $RAp.', (ctx) => ctx.request.connection.local.port),
		getter(
			'get_rcvaddr_sock',
			'The address the request came to as transport:address:port: $Ras.',
			receivingSocket,
		),
		getter('get_rcv_sock_name', 'The name of the listening socket: null, as $Rn.', () => null),
		getter('get_proto', 'The transport, tcp or tls: $proto.', protocol),
		intGetter('get_protoid', 'The number of the transport: $prid.', protocolId),

		...getters('ua', 'The User-Agent header, $ua', (ctx) => findHeader(ctx, 'User-Agent')),
		...getters('au', 'The user of digest credentials, $au', authUser),
		fn(
			'get_def',
			[str('name')],
			'xval',
			'The value of a #!define; an empty string without one.',
			(ctx, name) => {
				return ctx.host.defines.get(name) ?? '';
			},
		),
		fn(
			'get_defn',
			[str('name')],
			'int',
			'The value of a #!define as an integer; 0 without one.',
			(ctx, name) => leadingInteger(ctx.host.defines.get(name) ?? ''),
		),
		fn('ifdef', [str('name')], 'bool', 'True if there is such a #!define.', (ctx, name) => {
			return ctx.host.defines.has(name);
		}),
		fn('ifndef', [str('name')], 'bool', 'True if there is no such #!define.', (ctx, name) => {
			return !ctx.host.defines.has(name);
		}),
		fn(
			'get_env',
			[str('name')],
			'xval',
			'An environment variable that --env gives; an empty string without one.',
			(ctx, name) => {
				return environment(ctx, name) ?? '';
			},
		),
		fn(
			'get_envn',
			[str('name')],
			'int',
			'An environment variable that --env gives, as an integer; 0 without one.',
			(ctx, name) => leadingInteger(environment(ctx, name) ?? ''),
		),

		getter('get_ruri', 'A SIP URI that a script has set, $ru; see KSR.xhttp.get_hu.', requestUri),
		getter('get_ouri', 'The target where it is a SIP URI, $ou; see KSR.xhttp.get_hu.', originalUri),
		getter('get_nhuri', '$du or $ru.', (ctx) => destinationUri(ctx) ?? requestUri(ctx)),
		...getters('ruser', 'The user in $ru, $rU', requestUser),
		...getters('rhost', 'The host in $ru, $rd', requestHost),
		...getters('duri', 'A destination that a script has set, $du', destinationUri),
		getter('get_furi', 'The URI of the From header, $fu; null without one.', fromUri),
		...getters('fuser', 'The user of the From header, $fU', fromUser),
		...getters('fhost', 'The host of the From header, $fd', fromHost),
		getter('get_turi', 'The URI of the To header, $tu; null without one.', toUri),
		...getters('tuser', 'The user of the To header, $tU', toUser),
		...getters('thost', 'The host of the To header, $td', toHost),
		...getters('cturi', 'The URI of the Contact header, $ctu', contactUri),
		getter(
			'get_callid',
			'The Call-ID header, $ci; an empty string without one.',
			(ctx) => findHeader(ctx, 'Call-ID') ?? '',
		),
		intGetter('get_status', 'The status of a reply: -1 for a request.', () => -1),
		getter('gets_status', 'The status of a reply: null for a request.', () => null),
		getter('get_send_sock', 'The socket for sending: null, as $fs.', () => null),
		getter('get_send_sock_name', 'The name of the socket for sending: null, as $fsn.', () => null),
		intGetter('get_send_sock_port', 'The port of the socket for sending: 0, as $fsp.', () => 0),
	],
});
