/**
 * The permissions module: whether an address is in a group, and whether a peer is trusted (modules/permissions). The groups come from
 * a file or a database; what Kamailio also decides by SIP's headers is left out.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fixed, fn, int, type KemiModule, type ModuleParam, str } from '../kemi/module.ts';
import { avps } from '../pv/variables/avp.ts';
import { fromUri } from '../pv/variables/sip-headers.ts';
import { nameParamOf, URL_FORMS } from './database-params.ts';
import type { Match } from './permissions/addresses.ts';
import { permissionsRpc } from './permissions/rpc.ts';
import { createState, loadAtStart, type PermissionsState, refreshTrusted } from './permissions/state.ts';
import { isFor, protocolOf } from './permissions/trusted.ts';

/** Keeps the tag of what matched. */
function keepTag(ctx: RequestContext, tag: string | null | undefined): void {
	const { tagAvp } = ctx.state(permissions);
	if (tag !== null && tag !== undefined && tagAvp !== undefined) ctx.get(avps).push(tagAvp, tag);
}

/** Looks an address up, and keeps the tag of the entry that matched. Asked for the group of a name, Kamailio keeps none. */
function find(ctx: RequestContext, place: string, port: number, group?: number): Match | undefined {
	const match = ctx.state(permissions).addresses?.find(place, port, group);
	if (match && (group !== undefined || !match.isName)) keepTag(ctx, match.tag);
	return match;
}

function allowSource(ctx: RequestContext, group: number): number {
	const { address, port } = ctx.request.connection.remote;
	return find(ctx, address, port, group) ? 1 : -1;
}

/** How many rules trust a source, and the first of them only where all tags are not asked for; -1 for none. */
function allowTrusted(ctx: RequestContext, caller: string, source: string, protocolName: string): number {
	const protocol = protocolOf(protocolName);
	if (protocol === undefined) return ctx.refuse(`${caller}: there is no protocol "${protocolName}"`);
	const state = ctx.state(permissions);
	refreshTrusted(state, ctx.host);
	if (!state.trusted) return ctx.refuse(`${caller}: ${state.trustedMissing}`);
	const fitting = state.trusted.of(source).filter((rule) => isFor(rule, protocol));
	const counted = state.countsAllTags ? fitting : fitting.slice(0, 1);
	for (const { tag } of counted) keepTag(ctx, tag);
	return counted.length || -1;
}

function allowTrustedClient(ctx: RequestContext, caller: string): number {
	const { remote, secure } = ctx.request.connection;
	return allowTrusted(ctx, caller, remote.address, secure ? 'tls' : 'tcp');
}

const number = (name: string, value: number, doc: string): ModuleParam => ({
	name,
	type: 'int',
	default: value,
	doc,
});

const file = (name: string, value: string, doc: string): ModuleParam => ({
	name,
	type: 'str',
	default: value,
	doc,
});

const TRUSTED_RESULT = '1 if it is trusted, with peer_tag_mode=1 the number of rules that say so; -1 if not.';

/** The functions on KSR.permissions. */
export const permissions: KemiModule<PermissionsState> = defineModule<PermissionsState>({
	name: 'permissions',
	doc: 'Groups of addresses, and peers that are trusted.',
	params: [
		{
			name: 'address_file',
			type: 'str',
			default: null,
			doc: 'A file of groups, which are not taken from a database then. A line holds group, address or name, mask, port, tag; what follows the address may be left out, 0 is any mask or port, # begins a comment.',
		},
		{
			name: 'peer_tag_avp',
			type: 'str',
			default: null,
			doc: 'The AVP that takes the tag of an entry that matched: $avp(name).',
		},
		{
			name: 'db_url',
			type: 'str',
			default: null,
			doc: `The database of groups and of trusted peers: ${URL_FORMS}.`,
		},
		number(
			'db_mode',
			0,
			'0 reads trusted peers again when they are asked for and a second has passed, 1 only when permissions.trustedReload says so. Groups are read at the start.',
		),
		number('peer_tag_mode', 0, '1 keeps the tags of all rules that trust a peer, 0 that of the first.'),
		nameParamOf('address_table', 'address', 'The table of groups.'),
		nameParamOf('trusted_table', 'trusted', 'The table of trusted peers.'),
		nameParamOf('grp_col', 'grp', 'The column of group numbers, from 1.'),
		nameParamOf('ip_addr_col', 'ip_addr', 'The column of addresses and names.'),
		nameParamOf('mask_col', 'mask', 'The column of the bits of networks.'),
		nameParamOf('port_col', 'port', 'The column of ports, 0 for any.'),
		nameParamOf('source_col', 'src_ip', "The column of trusted peers' addresses."),
		nameParamOf(
			'proto_col',
			'proto',
			'The column of protocols: any, udp, tcp, tls, sctp, ws, wss; none is for nobody.',
		),
		nameParamOf('from_col', 'from_pattern', 'The column of patterns of From, which say nothing of HTTP.'),
		nameParamOf(
			'ruri_col',
			'ruri_pattern',
			'The column of patterns of the Request-URI, which say nothing of HTTP.',
		),
		nameParamOf('tag_col', 'tag', 'The column of tags, in both tables.'),
		nameParamOf('priority_col', 'priority', 'The column that says which rule comes first.'),
		number('max_subnets', 512, 'How many networks there may be.'),
		number(
			'load_backends',
			0xffff,
			'What is loaded, as a sum: 1 groups, 2 trusted peers, 4 default_allow_file, 8 default_deny_file.',
		),
		number('reload_delta', 5, 'Seconds from one reload by RPC to the next.'),
		number('trusted_cleanup_interval', 60, 'Changes nothing: what is not used any more goes by itself.'),
		file(
			'default_allow_file',
			'permissions.allow',
			'Rules of which URI may reach which, in the folder of the script.',
		),
		file('default_deny_file', 'permissions.deny', 'Rules of which URI may not reach which.'),
		file('allow_suffix', '.allow', 'What follows the name of a file of rules that allow.'),
		file('deny_suffix', '.deny', 'What follows the name of a file of rules that deny.'),
	],
	init: createState,
	started: loadAtStart,
	close: ({ database }) => database?.close(),
	functions: [
		fn(
			'allow_source_address',
			[int('group')],
			'int',
			"1 if the client's address and port are in a group, -1 if not.",
			allowSource,
			{ cfg: 'allow_source_address' },
		),
		fn(
			'allow_address',
			[int('group'), str('address'), int('port')],
			'int',
			'1 if an address, or a name as it is listed, is in a group, -1 if not.',
			(ctx, group, address, port) => (find(ctx, address, port, group) ? 1 : -1),
			{ cfg: 'allow_address' },
		),
		fn(
			'allow_source_address_group',
			[],
			'int',
			"The group of the client's address and port: a single address counts before a network; -1 without one.",
			(ctx) => {
				const { address, port } = ctx.request.connection.remote;
				return find(ctx, address, port)?.group ?? -1;
			},
			{ cfg: 'allow_source_address_group' },
		),
		fn(
			'allow_address_group',
			[str('address'), int('port')],
			'int',
			'The group of an address, or of a name as it is listed; -1 without one.',
			(ctx, address, port) => find(ctx, address, port)?.group ?? -1,
			{ cfg: 'allow_address_group' },
		),
		fn(
			'allow_trusted',
			[],
			'int',
			`Looks the client's address and protocol (tcp, tls) up among the trusted peers: ${TRUSTED_RESULT}`,
			(ctx) => allowTrustedClient(ctx, 'KSR.permissions.allow_trusted'),
			{ cfg: 'allow_trusted' },
		),
	],
	cfgFunctions: [
		fn(
			'allow_source_address',
			[],
			'int',
			"1 if the client's address and port are in group 1, -1 if not.",
			(ctx) => allowSource(ctx, 1),
		),
		fn(
			'allow_trusted',
			[str('address'), str('protocol')],
			'int',
			`Looks an address and a protocol up among the trusted peers: ${TRUSTED_RESULT}`,
			(ctx, address, protocol) => allowTrusted(ctx, 'allow_trusted', address, protocol),
		),
		fn(
			'allow_trusted',
			[str('address'), str('protocol'), str('from')],
			'int',
			'The same: patterns of From say nothing of HTTP.',
			(ctx, address, protocol) => allowTrusted(ctx, 'allow_trusted', address, protocol),
		),
		fn(
			'allow_uri',
			[fixed('name'), str('uri')],
			'int',
			'1 if name.allow lets the URI of the From header reach another, or name.deny does not forbid it; -1 if it does, and without a From header.',
			(ctx, name, uri) => {
				const from = fromUri(ctx);
				if (from === null) return -1;
				return ctx.state(permissions).uriFiles.allows(name, String(from), uri) ? 1 : -1;
			},
		),
	],
	rpc: permissionsRpc(({ host }) => host.state(permissions)),
});
