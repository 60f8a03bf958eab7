/**
 * The uri_db module: whether the user of a URI is the one who has proved who it is, and whether a user exists
 * (modules/uri_db).
 *
 * @module
 */
import { lowerAscii } from '../bytes.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, param, str } from '../kemi/module.ts';
import { requestUri } from '../pv/variables/request-uri.ts';
import { fromUri, toUri } from '../pv/variables/sip-headers.ts';
import { parseSipUri } from '../pv/variables/sip-uri.ts';
import { auth } from './auth.ts';
import { DB_URL, nameParam, nameParamOf } from './database-params.ts';
import { ModuleDatabase } from './module-database.ts';

/** What functions give beside 1. */
const RESULT = {
	error: -1,
	noCredentials: -2,
	noUser: -4,
	failed: -8,
	notListed: -9,
	otherUser: -10,
	lookupFailed: -4,
	unknown: -5,
} as const;

interface UriDbState {
	readonly database: ModuleDatabase;
	readonly table: string;
	readonly userColumn: string;
	readonly domainColumn: string;
	readonly uriUserColumn: string;
	readonly usesTable: boolean;
	readonly usesDomain: boolean;
}

/** Who a URI is to belong to. */
interface Owner {
	readonly user: string;
	readonly realm: string;
}

/** Whether a URI belongs to somebody: to who is given, else to who has proved who it is. */
async function check(ctx: RequestContext, caller: string, uri: string, given?: Owner): Promise<number> {
	const parts = parseSipUri(uri);
	if (!parts) return ctx.refuse(`${caller}: "${uri}" is no SIP URI`);
	if (parts.user === '') {
		ctx.refuse(`${caller}: "${uri}" names no user`);
		return RESULT.noUser;
	}
	const owner = given ?? ctx.host.api(auth).authenticated(ctx);
	if (!owner) {
		ctx.refuse(`${caller}: there are no credentials that were checked`);
		return RESULT.noCredentials;
	}
	const { database, table, userColumn, domainColumn, uriUserColumn, usesTable } = ctx.state(uriDb);
	if (!usesTable) return lowerAscii(parts.user) === lowerAscii(owner.user) ? 1 : RESULT.otherUser;
	const text = `select ${userColumn} from ${table} where ${userColumn} = ? and ${domainColumn} = ? and ${uriUserColumn} = ?`;
	const result = await database.query(ctx, caller, text, [owner.user, owner.realm, parts.user]);
	if (!result) return RESULT.failed;
	return result.rows.length > 0 ? 1 : RESULT.notListed;
}

/** A URI that a header has to hold. */
function checkHeader(
	ctx: RequestContext,
	caller: string,
	header: string,
	uri: string,
): number | Promise<number> {
	return uri === '' ? ctx.refuse(`${caller}: there is no ${header} header`) : check(ctx, caller, uri);
}

const checkFrom = (ctx: RequestContext, caller: string) =>
	checkHeader(ctx, caller, 'From', String(fromUri(ctx) ?? ''));
const checkTo = (ctx: RequestContext, caller: string) =>
	checkHeader(ctx, caller, 'To', String(toUri(ctx) ?? ''));

/** Whether the user of the request's URI is in the table. */
async function exists(ctx: RequestContext, caller: string): Promise<number> {
	const parts = parseSipUri(requestUri(ctx) ?? '');
	if (!parts) return RESULT.error;
	const { database, table, userColumn, domainColumn, uriUserColumn, usesTable, usesDomain } =
		ctx.state(uriDb);
	const column = usesTable ? uriUserColumn : userColumn;
	const byDomain = usesDomain ? ` and ${domainColumn} = ?` : '';
	const text = `select ${column} from ${table} where ${column} = ?${byDomain}`;
	const params = usesDomain ? [parts.user, parts.host] : [parts.user];
	const result = await database.query(ctx, caller, text, params);
	if (!result) return RESULT.lookupFailed;
	return result.rows.length > 0 ? 1 : RESULT.unknown;
}

const RESULTS =
	'1 yes, -1 no URI, -2 no credentials that were checked, -4 no user in it, -8 the database failed, -9 not in the table, -10 another user';
const WAITS = { waits: true } as const;

/** The functions on KSR.uri_db. */
export const uriDb: KemiModule<UriDbState> = defineModule<UriDbState>({
	name: 'uri_db',
	doc: 'Whose a SIP URI is, by credentials that were checked and a table.',
	depends: [auth.name],
	params: [
		DB_URL,
		nameParamOf('db_table', 'subscriber', 'The table of users, or of the URIs that each may use.'),
		nameParamOf('user_column', 'username', "The column of users' names."),
		nameParamOf('domain_column', 'domain', "The column of users' domains."),
		nameParamOf('uriuser_column', 'uri_user', 'The column of users in URIs.'),
		param('use_uri_table', 0, '1 if db_table says which users of URIs belong to whom.'),
		param('use_domain', 0, '1 to have does_uri_exist look for the domain too.'),
	],
	functions: [
		fn(
			'check_from',
			[],
			'int',
			`Whether the user of From is who has proved who it is: ${RESULTS}.`,
			(ctx) => checkFrom(ctx, 'KSR.uri_db.check_from'),
			{ ...WAITS, cfg: 'check_from' },
		),
		fn(
			'check_to',
			[],
			'int',
			`Whether the user of To is who has proved who it is: ${RESULTS}.`,
			(ctx) => checkTo(ctx, 'KSR.uri_db.check_to'),
			{ ...WAITS, cfg: 'check_to' },
		),
		fn(
			'check_uri',
			[str('uri')],
			'int',
			`Whether the user of a SIP URI is who has proved who it is: ${RESULTS}.`,
			(ctx, uri) => check(ctx, 'KSR.uri_db.check_uri', uri),
			{ ...WAITS, cfg: 'check_uri' },
		),
		fn(
			'check_uri_realm',
			[str('uri'), str('user'), str('realm')],
			'int',
			`Whether the user of a SIP URI is that one, or where either text is empty, who has proved who it is: ${RESULTS}.`,
			(ctx, uri, user, realm) =>
				check(ctx, 'KSR.uri_db.check_uri_realm', uri, user && realm ? { user, realm } : undefined),
			{ ...WAITS, cfg: 'check_uri' },
		),
		fn(
			'does_uri_exist',
			[],
			'int',
			"Whether the table has the user of the request's SIP URI: 1 yes, -5 no, -4 the database failed, -1 for the targets of HTTP.",
			(ctx) => exists(ctx, 'KSR.uri_db.does_uri_exist'),
			{ ...WAITS, cfg: 'does_uri_exist' },
		),
	],

	init(params) {
		const name = (param: string) => nameParam(params, 'uri_db', param);
		return {
			database: new ModuleDatabase(params, 'uri_db'),
			table: name('db_table'),
			userColumn: name('user_column'),
			domainColumn: name('domain_column'),
			uriUserColumn: name('uriuser_column'),
			usesTable: params.int('use_uri_table') !== 0,
			usesDomain: params.int('use_domain') !== 0,
		};
	},

	started: ({ database }, host) => database.check(host),

	requestEnded: (ctx, { database }) => database.release(ctx),

	close: ({ database }) => database.close(),
});
