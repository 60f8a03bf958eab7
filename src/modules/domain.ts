/**
 * The domain module: which domains are the host's own, by a table (modules/domain).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, param, str } from '../kemi/module.ts';
import { RpcFault, rpc, sameEverywhere } from '../kemi/rpc.ts';
import { avps } from '../pv/variables/avp.ts';
import { requestUri } from '../pv/variables/request-uri.ts';
import { fromUri } from '../pv/variables/sip-headers.ts';
import { parseSipUri } from '../pv/variables/sip-uri.ts';
import { CachedTables } from './cached-tables.ts';
import { core } from './core.ts';
import { DB_URL, databaseParam, nameParam, nameParamOf } from './database-params.ts';
import { Domains, readDomains } from './domain/domains.ts';

interface DomainState {
	readonly tables: CachedTables<Domains>;
}

function isLocal(ctx: RequestContext, caller: string, name: string): 1 | -1 {
	const { tables } = ctx.state(domain);
	if (!tables.hasDatabase) return ctx.refuse(`${caller}: db_url is not set`);
	return tables.content.find(name) ? 1 : -1;
}

/** Keeps a domain's attributes as AVPs, with a text in front of their names. */
function lookUp(ctx: RequestContext, caller: string, name: string, prefix: string): 1 | -1 {
	if (isLocal(ctx, caller, name) < 0) return -1;
	const found = ctx.state(domain).tables.content.find(name);
	if (!found) return -1;
	for (const attribute of found.attributes) ctx.get(avps).push(prefix + attribute.name, attribute.value);
	ctx.get(avps).push(`${prefix}did`, found.id);
	return 1;
}

/** What the From header without a good URI comes to. */
const NO_FROM = -2;

function isFromLocal(ctx: RequestContext, caller: string): 1 | -1 | typeof NO_FROM {
	const uri = parseSipUri(String(fromUri(ctx) ?? ''));
	if (uri) return isLocal(ctx, caller, uri.host);
	ctx.refuse(`${caller}: the From header holds no SIP URI`);
	return NO_FROM;
}

const LOOKS_UP =
	'1 if a domain is in the table, whose attributes become AVPs by their names, and $avp(did) its id; -1 if not.';

/** The functions on KSR.domain. */
export const domain: KemiModule<DomainState> = defineModule<DomainState>({
	name: 'domain',
	doc: "Domains of one's own, with attributes, from a table.",
	depends: [core.name],
	params: [
		DB_URL,
		nameParamOf('domain_table', 'domain', 'The table of domains.'),
		nameParamOf('domain_col', 'domain', "The column of domains' names."),
		nameParamOf('did_col', 'did', 'The column of ids, which several domains may share; NULL is the name.'),
		nameParamOf('domain_attrs_table', 'domain_attrs', 'The table of attributes.'),
		nameParamOf('name_col', 'name', "The column of attributes' names."),
		nameParamOf('type_col', 'type', 'The column of their types: 0 integers, 2 texts.'),
		nameParamOf('value_col', 'value', 'The column of their values.'),
		param('register_myself', 0, '1 to have KSR.is_myself count these domains as the host.'),
	],
	functions: [
		fn(
			'is_domain_local',
			[str('domain')],
			'int',
			'1 if a domain is in the table, whatever its case, -1 if not.',
			(ctx, name) => isLocal(ctx, 'KSR.domain.is_domain_local', name),
			{ cfg: 'is_domain_local' },
		),
		fn(
			'lookup_domain',
			[str('domain')],
			'int',
			LOOKS_UP,
			(ctx, name) => lookUp(ctx, 'KSR.domain.lookup_domain', name, ''),
			{ cfg: 'lookup_domain' },
		),
		fn(
			'lookup_domain_prefix',
			[str('domain'), str('prefix')],
			'int',
			'The same with a text in front of the names of the AVPs.',
			(ctx, name, prefix) => lookUp(ctx, 'KSR.domain.lookup_domain_prefix', name, prefix),
			{ cfg: 'lookup_domain' },
		),
		fn(
			'is_from_local',
			[],
			'int',
			'1 if the host of the URI in From is in the table, -1 if not, -2 after an error line without such a URI.',
			(ctx) => isFromLocal(ctx, 'KSR.domain.is_from_local'),
			{ cfg: 'is_from_local' },
		),
		fn(
			'is_uri_host_local',
			[],
			'int',
			"1 if the host of the request's SIP URI is in the table; -1 if not, and for the targets of HTTP.",
			(ctx) => {
				const caller = 'KSR.domain.is_uri_host_local';
				const uri = parseSipUri(requestUri(ctx) ?? '');
				return uri ? isLocal(ctx, caller, uri.host) : -1;
			},
			{ cfg: 'is_uri_host_local' },
		),
	],
	rpc: [
		rpc(
			'domain.reload',
			'',
			'Reads both tables again.',
			async ({ host }) => {
				if (!(await host.state(domain).tables.reload(host)))
					throw new RpcFault(400, 'Reload of domain tables failed');
				return undefined;
			},
			sameEverywhere,
		),
		rpc('domain.dump', '', 'All domains with their ids, and the names of all attributes.', ({ host }) => {
			const { content } = host.state(domain).tables;
			return {
				domains: content.list.map((entry) => ({ domain: entry.domain, did: entry.id })),
				attributes: content.attributes.map(({ id, names }) => ({ did: id, attrs: names })),
			};
		}),
	],

	init(params, host) {
		const name = (param: string) => nameParam(params, 'domain', param);
		const names = {
			table: name('domain_table'),
			domain: name('domain_col'),
			id: name('did_col'),
			attributesTable: name('domain_attrs_table'),
			name: name('name_col'),
			type: name('type_col'),
			value: name('value_col'),
		};
		const tables = new CachedTables<Domains>(
			'domain',
			databaseParam(params, 'domain'),
			new Domains([], []),
			(read) => readDomains(read, names),
		);
		if (params.int('register_myself') !== 0)
			host.api(core).countAsMyself(host, (place) => tables.content.find(place) !== undefined);
		return { tables };
	},

	started: ({ tables }) => tables.start(),
});
