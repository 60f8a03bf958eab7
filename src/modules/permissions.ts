/**
 * The permissions module: whether an address is in a group (modules/permissions). The groups come from a file; what
 * Kamailio also decides by SIP's headers is left out.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiModule, type ModuleParam, str } from '../kemi/module.ts';
import { avps } from '../pv/variables/avp.ts';
import { AddressFileError, AddressGroups, type Match } from './permissions/addresses.ts';

/** What the module keeps. */
interface PermissionsState {
	/** Undefined where no file was given. */
	readonly groups: AddressGroups | undefined;
	/** The AVP that takes the tag of an entry that matched; undefined for none. */
	readonly tagAvp: string | undefined;
}

function readGroups(path: string): AddressGroups {
	try {
		return new AddressGroups(readFileSync(path, 'latin1'));
	} catch (error) {
		const why = error instanceof AddressFileError ? error.message : (error as Error).message;
		throw new KemihostError('KH_MODPARAM', `parameter address_file of module permissions: ${path}: ${why}`, {
			hint: 'a line holds group, address, mask, port and tag, of which the last three may be left out',
		});
	}
}

/** Looks an address up, and keeps the tag of the entry that matched. */
function find(ctx: RequestContext, place: string, port: number, group?: number): Match | undefined {
	const { groups, tagAvp } = ctx.state(permissions);
	const match = groups?.find(place, port, group);
	if (match?.tag !== undefined && tagAvp !== undefined) ctx.get(avps).push(tagAvp, match.tag);
	return match;
}

function allowSource(ctx: RequestContext, group: number): number {
	const { address, port } = ctx.request.connection.remote;
	return find(ctx, address, port, group) ? 1 : -1;
}

const fromDatabase = (name: string, value: string | number): ModuleParam => ({
	name,
	type: typeof value === 'number' ? 'int' : 'str',
	default: value,
	doc: 'Changes nothing: it belongs to a database.',
});

/** The functions on KSR.permissions. */
export const permissions: KemiModule<PermissionsState> = defineModule<PermissionsState>({
	name: 'permissions',
	doc: 'Groups of addresses.',
	params: [
		{
			name: 'address_file',
			type: 'str',
			default: null,
			doc: 'A file of groups. A line holds group, address or name, mask, port, tag; what stands behind the address may be left out, 0 is any mask or port, # begins a comment.',
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
			doc: 'Refused: groups are not loaded from a database.',
		},
		fromDatabase('db_mode', 0),
		fromDatabase('peer_tag_mode', 0),
		fromDatabase('address_table', 'address'),
		fromDatabase('trusted_table', 'trusted'),
		fromDatabase('grp_col', 'grp'),
		fromDatabase('ip_addr_col', 'ip_addr'),
		fromDatabase('mask_col', 'mask'),
		fromDatabase('port_col', 'port'),
		fromDatabase('source_col', 'src_ip'),
		fromDatabase('proto_col', 'proto'),
		fromDatabase('from_col', 'from_pattern'),
		fromDatabase('ruri_col', 'ruri_pattern'),
		fromDatabase('tag_col', 'tag'),
		fromDatabase('priority_col', 'priority'),
		fromDatabase('max_subnets', 512),
		fromDatabase('load_backends', 0xffff),
		fromDatabase('reload_delta', 5),
		fromDatabase('trusted_cleanup_interval', 60),
	],
	init(params) {
		const path = params.str('address_file');
		const avp = params.str('peer_tag_avp');
		const [, tagAvp] = /^\$avp\((?:s:)?([^)]+)\)$/.exec(avp ?? '') ?? [];
		if (avp && !tagAvp)
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter peer_tag_avp of module permissions: "${avp}" is no $avp(name)`,
			);
		if (params.str('db_url'))
			throw new KemihostError(
				'KH_MODPARAM',
				'parameter db_url of module permissions: groups are not loaded from a database',
				{ hint: 'address_file takes them from a file' },
			);
		return { groups: path ? readGroups(path) : undefined, tagAvp };
	},
	functions: [
		fn(
			'allow_source_address',
			[int('group')],
			'int',
			"1 where the client's address and port are in a group, -1 where not.",
			allowSource,
			{ cfg: 'allow_source_address' },
		),
		fn(
			'allow_address',
			[int('group'), str('address'), int('port')],
			'int',
			'1 where an address, or a name as it is listed, is in a group, -1 where not.',
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
			'Always -1: trusted peers are listed in a database only.',
			(ctx) => ctx.refuse('KSR.permissions.allow_trusted: there is no database of trusted peers'),
			{ cfg: 'allow_trusted' },
		),
	],
	cfgFunctions: [
		fn(
			'allow_source_address',
			[],
			'int',
			"1 where the client's address and port are in group 1, -1 where not.",
			(ctx) => allowSource(ctx, 1),
		),
	],
});
