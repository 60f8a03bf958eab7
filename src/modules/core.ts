/**
 * KSR itself: logging, tests of the method, of the addresses and of flags (core/kemi.c).
 *
 * @module
 */
import type { HostServices, RequestContext } from '../kemi/context.ts';
import { WORKER_ONE_INIT } from '../kemi/events.ts';
import { defineModule, fixed, fn, int, type KemiFunction, type KemiModule, str } from '../kemi/module.ts';
import type { LevelName } from '../log/levels.ts';
import { branches } from '../pv/branches.ts';
import { words } from '../words.ts';
import {
	anyBranchFlagCfgFunctions,
	anyBranchFlagFunctions,
	branchFlagFunctions,
	messageFlags,
	scriptFlags,
} from './core/flags.ts';
import { forwardingFunctions } from './core/forwarding.ts';
import { isSupportedMethod, methodMatches } from './core/methods.ts';
import { isMyself } from './core/myself.ts';
import { coreRpc } from './core/rpc.ts';
import { uriFunctions, uriStatements } from './core/uris.ts';
import { logAt } from './log-at.ts';

/** `KSR.info("text")` and its sisters: no variables are expanded, `%` and `$` are plain text. */
function logFunction(name: string, level: LevelName): KemiFunction {
	return fn(
		name,
		[str('text')],
		'none',
		`Logs a text at level ${level}.`,
		(ctx, text) => {
			ctx.log(level, text, 'script');
		},
		{ logs: level },
	);
}

/** The level of the native language's log without one: above debug, so that `debug=4` shows it. */
const LOG_LEVEL = 4;

/** The level names that `KSR.log` knows; any other logs an error line (sr_kemi_core_log). */
const LOG_NAMES: Readonly<Record<string, LevelName>> = words({
	dbg: 'debug',
	info: 'info',
	notice: 'notice',
	warn: 'warning',
	err: 'error',
	crit: 'critical',
});

function methodFunction(method: string): KemiFunction {
	return fn(
		`is_${method}`,
		[],
		'bool',
		`True for a ${method} request.`,
		(ctx) => methodMatches(ctx.request.method, method),
		{ steady: true },
	);
}

function protocolFunction(name: string, doc: string, test: (ctx: RequestContext) => boolean): KemiFunction {
	return fn(`is_${name}`, [], 'bool', doc, test);
}

const isIPv6 = (ctx: RequestContext) => ctx.request.connection.remote.address.includes(':');

/** Letters of `KSR.is_method_in` (core/kemi.c); those of SIP methods match no HTTP request. */
const METHOD_LETTERS: Readonly<Record<string, string>> = {
	G: 'GET',
	T: 'POST',
	V: 'PUT',
	D: 'DELETE',
	O: 'OPTIONS',
};

/** True for a host name or an address that is the host's own. */
type IsOwn = (place: string) => boolean;

interface CoreState {
	/** What other modules count as the host's own. */
	readonly own: IsOwn[];
}

/** What other modules may do. */
interface CoreApi {
	/** Has `KSR.is_myself` ask a module too, whatever the port (register_check_self_func). For a module's `init`. */
	countAsMyself(host: HostServices, isOwn: IsOwn): void;
}

/** The functions on KSR. */
export const core: KemiModule<CoreState, CoreApi> = defineModule<CoreState, CoreApi>({
	init: () => ({ own: [] }),
	api: { countAsMyself: (host, isOwn) => void host.state(core).own.push(isOwn) },
	name: 'core',
	ksrName: '',
	doc: 'Logging, and tests of the request.',
	cfgFunctions: [
		fn(
			'log',
			[fixed('text')],
			'int',
			'Logs a text at level debug, if the log shows what is below that too (`debug=4`); `$` means nothing in it.',
			(ctx, text) => logAt(ctx, LOG_LEVEL, text),
		),
		fn(
			'log',
			[int('level'), fixed('text')],
			'int',
			'Logs a text at a level by its number: 3 debug, 2 info, 1 notice, 0 warning, -1 error.',
			logAt,
		),
		...anyBranchFlagCfgFunctions,
		...uriStatements,
		fn('clear_branches', [], 'int', 'Takes all branches off the list. Always 1.', (ctx) => {
			ctx.get(branches).length = 0;
			return 1;
		}),
	],
	params: [
		{
			name: 'kemi.event_route_callback',
			type: 'str',
			default: null,
			doc: 'The function that is called for the events of the core; in kamailio.cfg a setting of its own.',
		},
	],
	events: [
		{
			name: WORKER_ONE_INIT,
			callbackParam: 'kemi.event_route_callback',
			doc: 'The host has started: told once, in the first child, before it serves.',
		},
	],
	rpc: coreRpc,
	functions: [
		logFunction('dbg', 'debug'),
		logFunction('info', 'info'),
		logFunction('notice', 'notice'),
		logFunction('warn', 'warning'),
		logFunction('err', 'error'),
		logFunction('crit', 'critical'),
		fn(
			'log',
			[str('level'), str('text')],
			'none',
			'Logs a text at a level: dbg, info, notice, warn, err or crit in any case. Any other word logs at level error.',
			(ctx, level, text) => {
				ctx.log(LOG_NAMES[level.toLowerCase()] ?? 'error', text, 'script');
			},
		),
		fn(
			'get_debug',
			[],
			'int',
			'The log threshold as a number: 3 shows all, 2 hides dbg, 0 hides info and notice.',
			(ctx) => ctx.host.log.threshold,
		),
		...['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'].map(methodFunction),
		fn(
			'is_method',
			[str('methods')],
			'bool',
			'True if the method is one of those in a list like GET|POST, in any case. A list that holds a name Kamailio does not know (PATCH, for example) is false; alone such a name is good.',
			(ctx, methods) => {
				const names = methods.split('|');
				const unknown = names.length > 1 ? names.find((name) => !isSupportedMethod(name)) : undefined;
				if (unknown === undefined) return names.some((name) => methodMatches(ctx.request.method, name));
				ctx.report('error', `KSR.is_method: "${unknown}" in a list is no known method`);
				return false;
			},
			{ cfg: 'is_method' },
		),
		fn(
			'is_method_in',
			[str('letters')],
			'bool',
			'True if the method is one of those named by letters: G GET, T POST, V PUT, D DELETE, O OPTIONS.',
			(ctx, letters) =>
				[...letters].some((letter) =>
					methodMatches(ctx.request.method, METHOD_LETTERS[letter.toUpperCase()] ?? ''),
				),
		),
		protocolFunction('TCP', 'True for a connection without TLS.', (ctx) => !ctx.request.connection.secure),
		protocolFunction('TLS', 'True for a connection with TLS.', (ctx) => ctx.request.connection.secure),
		protocolFunction('TCPX', 'True for any connection over TCP.', () => true),
		protocolFunction('UDP', 'Always false: HTTP comes over TCP.', () => false),
		protocolFunction('SCTP', 'Always false: HTTP comes over TCP.', () => false),
		protocolFunction('WS', 'True inside a WebSocket without TLS; never for a plain request.', () => false),
		protocolFunction('WSS', 'True inside a WebSocket with TLS; never for a plain request.', () => false),
		protocolFunction('WSX', 'True inside any WebSocket; never for a plain request.', () => false),
		protocolFunction('IPv4', 'True if the client has an IPv4 address.', (ctx) => !isIPv6(ctx)),
		protocolFunction('IPv6', 'True if the client has an IPv6 address.', isIPv6),
		fn('is_src_port', [int('port')], 'bool', "True if the client's port is that one.", (ctx, port) => {
			return ctx.request.connection.remote.port === port;
		}),
		fn('is_dst_port', [int('port')], 'bool', 'True if the request came to that port.', (ctx, port) => {
			return ctx.request.connection.local.port === port;
		}),
		fn(
			'is_proto',
			[str('letters')],
			'bool',
			'True if the transport is one of those named by letters: t or T TCP, s or S TLS.',
			(ctx, letters) => letters.toLowerCase().includes(ctx.request.connection.secure ? 's' : 't'),
		),
		fn(
			'is_myself',
			[str('uri')],
			'bool',
			'True if a sip: URI names an address that this host listens on; without a port any of its ports.',
			(ctx, uri) => isMyself(ctx, uri, (place) => ctx.state(core).own.some((isOwn) => isOwn(place))),
			{ cfg: 'is_myself' },
		),
		fn(
			'is_myself_srcip',
			[],
			'bool',
			"True if the client's address is one that this host listens on.",
			(ctx) =>
				ctx.host.addresses.some((address) => address.address === ctx.request.connection.remote.address),
		),
		fn(
			'route',
			[str('name')],
			'int',
			'Runs a route block of the kamailio.cfg: what it returns, 1 if it returns nothing, -1 if there is none of that name.',
			(ctx, name) =>
				ctx.host.routes?.route(name, ctx) ?? ctx.refuse(`KSR.route: the configuration has no route[${name}]`),
		),
		fn(
			'set_reply_close',
			[],
			'bool',
			'Ends the connection after the reply.',
			(ctx) => {
				ctx.reply.close();
				return true;
			},
			{ cfg: 'set_reply_close' },
		),
		fn(
			'set_reply_no_connect',
			[],
			'bool',
			'Asks not to open a connection for the reply. An HTTP reply never does.',
			() => true,
			{ cfg: 'set_reply_no_connect' },
		),
		fn(
			'set_drop',
			[],
			'none',
			'Marks the request as dropped, which means nothing for HTTP.',
			() => undefined,
		),
		...messageFlags,
		...scriptFlags,
		...branchFlagFunctions,
		...anyBranchFlagFunctions,
		...uriFunctions,
		...forwardingFunctions,
	],
});
