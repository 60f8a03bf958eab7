/**
 * The auth_db module: digest authentication against a table of subscribers (modules/auth_db).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { chain } from '../kemi/chain.ts';
import type { RequestContext } from '../kemi/context.ts';
import {
	defineModule,
	fn,
	int,
	type KemiFunction,
	type KemiModule,
	noEffect,
	type ParamValues,
	param,
	str,
} from '../kemi/module.ts';
import { splitUser } from '../pv/digest.ts';
import { parseSipUri } from '../pv/variables/sip-uri.ts';
import { isSqlName } from '../sql/names.ts';
import type { SqlValue } from '../sql/sql.ts';
import { auth } from './auth.ts';
import { DB_URL, nameParam } from './database-params.ts';
import { ModuleDatabase } from './module-database.ts';
import { type OutputVariable, outputVariable } from './output-variable.ts';

const FLAG_IS_HASH = 1;
/** Bits of the flags of `is_subscriber` and `auth_check`. */
const SUBSCRIBER = { useDomain: 1, skipCredentials: 2 } as const;
const CHECK_USER = 1;
/** A column that is empty is no password, and nothing is right: tables of Kamailio have empty texts where nothing was set. */
const NO_PASSWORD: readonly string[] = [];
/** What `is_subscriber` gives for a user that the table has not. */
const NO_SUBSCRIBER = -2;

/** A column that is put into a variable. */
interface Loaded {
	readonly column: string;
	readonly variable: string;
}

interface AuthDbState {
	readonly database: ModuleDatabase;
	readonly userColumn: string;
	readonly domainColumn: string;
	readonly passwordColumn: string;
	/** The hashes of users that are written with their domain. */
	readonly domainPasswordColumn: string;
	readonly calculates: boolean;
	readonly usesDomain: boolean;
	readonly loadsAlways: boolean;
	readonly loaded: readonly Loaded[];
}

function loadedColumns(params: ParamValues): Loaded[] {
	return (params.str('load_credentials') ?? '')
		.split(';')
		.map((item) => item.trim())
		.filter((item) => item !== '')
		.map((item) => {
			const [, variable, column = item] = /^(\$.+?)\s*=\s*(\w+)$/.exec(item) ?? [];
			if (!isSqlName(column))
				throw new KemihostError('KH_MODPARAM', `parameter load_credentials of module auth_db: "${item}"`, {
					hint: 'columns, each with a variable or without: "$avp(id)=rpid;email_address"',
				});
			return { column, variable: variable ?? `$avp(${column})` };
		});
}

/** Asks for a subscriber's row; undefined if there is none, null after an error line. */
async function rowOf(
	ctx: RequestContext,
	caller: string,
	table: string,
	columns: readonly string[],
	{ user, domain }: { readonly user: string; readonly domain: string | undefined },
): Promise<readonly SqlValue[] | undefined | null> {
	const { database, userColumn, domainColumn } = ctx.state(authDb);
	if (!isSqlName(table)) {
		ctx.refuse(`${caller}: "${table}" is no name of a table`);
		return null;
	}
	const byDomain = domain === undefined ? '' : ` and ${domainColumn} = ?`;
	const text = `select ${columns.join(', ')} from ${table} where ${userColumn} = ?${byDomain}`;
	const result = await database.query(ctx, caller, text, domain === undefined ? [user] : [user, domain]);
	return result ? result.rows[0] : null;
}

/** Puts columns of a row into variables. */
function load(
	ctx: RequestContext,
	caller: string,
	loaded: readonly Loaded[],
	values: readonly SqlValue[],
): void {
	for (const [i, { variable }] of loaded.entries()) {
		const value = values[i];
		const output: OutputVariable | undefined = outputVariable(ctx, caller, variable);
		if (output && value !== null && value !== undefined) output.set(ctx, value);
	}
}

async function authenticate(
	ctx: RequestContext,
	caller: string,
	{ realm, table, asker, method }: { realm: string; table: string; asker: 'www' | 'proxy'; method: string },
): Promise<number> {
	if (realm === '' || table === '') return ctx.refuse(`${caller}: realm and table must not be empty`);
	const state = ctx.state(authDb);
	const { calculates, loaded } = state;
	let row: readonly SqlValue[] | undefined | null;
	const passwordOf = async (whole: string) => {
		const { user, domain } = splitUser(whole);
		const column = !calculates && domain !== '' ? state.domainPasswordColumn : state.passwordColumn;
		const columns = [column, ...loaded.map((one) => one.column)];
		row = await rowOf(ctx, caller, table, columns, {
			user,
			domain: state.usesDomain ? domain || realm : undefined,
		});
		if (!row) return row;
		const [password = null] = row;
		return password === null || password === '' ? NO_PASSWORD : String(password);
	};
	const flags = calculates ? 0 : FLAG_IS_HASH;
	const expected = { realm, passwordOf, flags, asker, method };
	const result = await ctx.host.api(auth).authenticateLater(ctx, caller, expected);
	if (row && (result > 0 || state.loadsAlways)) load(ctx, caller, loaded, row.slice(1));
	return result;
}

/** Whether a table has a subscriber, by a SIP URI. */
async function isSubscriber(ctx: RequestContext, uri: string, table: string, flags: number): Promise<number> {
	const caller = 'KSR.auth_db.is_subscriber';
	const parts = parseSipUri(uri);
	if (!parts) return ctx.refuse(`${caller}: "${uri}" is no SIP URI`);
	const { loaded, userColumn } = ctx.state(authDb);
	const wanted = flags & SUBSCRIBER.skipCredentials ? [] : loaded;
	const columns = [userColumn, ...wanted.map(({ column }) => column)];
	const domain = flags & SUBSCRIBER.useDomain && parts.host !== '' ? parts.host : undefined;
	const row = await rowOf(ctx, caller, table, columns, { user: parts.user, domain });
	if (!row) return row === null ? -1 : NO_SUBSCRIBER;
	load(ctx, caller, wanted, row.slice(1));
	return 1;
}

const RESULTS =
	'1 good, -1 error, -2 wrong password, -3 unknown user, -4 stale nonce, -5 no credentials, -6 nonce used before';
const WHERE = [str('realm'), str('table')] as const;
const WAITS = { waits: true } as const;

/** What Kamailio has under two names in its own language, one for WWW and one for proxies. */
const inRoutes = (['www', 'proxy'] as const).flatMap((asker): KemiFunction[] =>
	['authenticate', 'authorize'].map((verb) => {
		const name = `${asker}_${verb}`;
		return fn(
			name,
			WHERE,
			'int',
			`Checks the digest credentials in ${asker === 'www' ? '' : 'Proxy-'}Authorization: ${RESULTS}.`,
			(ctx, realm, table) => authenticate(ctx, name, { realm, table, asker, method: ctx.request.method }),
			WAITS,
		);
	}),
);

/** The functions on KSR.auth_db. */
export const authDb: KemiModule<AuthDbState> = defineModule({
	name: 'auth_db',
	doc: 'Digest authentication against a table of a SQL database.',
	depends: [auth.name],
	params: [
		DB_URL,
		param('user_column', 'username', "The column of users' names."),
		param('domain_column', 'domain', "The column of users' domains."),
		param('password_column', 'ha1', 'The column of hashes, or of passwords with calculate_ha1.'),
		param('password_column_2', 'ha1b', 'The column of hashes for users that are written with their domain.'),
		param('calculate_ha1', 0, '1 if password_column holds passwords.'),
		param('use_domain', 0, '1 to look for the domain of the user too, the realm where it has none.'),
		param('load_credentials', null, 'Columns for variables: "$avp(id)=rpid;email_address".'),
		param('force_generate_avps', 0, '1 to load them where the password was wrong, too.'),
		noEffect('version_table', 1, 'no table says of which version another is'),
	],
	functions: [
		fn(
			'www_authenticate',
			WHERE,
			'int',
			`Checks the digest credentials in Authorization against a table: ${RESULTS}.`,
			(ctx, realm, table) =>
				authenticate(ctx, 'KSR.auth_db.www_authenticate', {
					realm,
					table,
					asker: 'www',
					method: ctx.request.method,
				}),
			WAITS,
		),
		fn(
			'www_authenticate_method',
			[...WHERE, str('method')],
			'int',
			'The same as www_authenticate, for a method that is not that of the request.',
			(ctx, realm, table, method) =>
				authenticate(ctx, 'KSR.auth_db.www_authenticate_method', { realm, table, asker: 'www', method }),
			WAITS,
		),
		fn(
			'auth_check',
			[...WHERE, int('flags')],
			'int',
			'Checks Proxy-Authorization, for the method REGISTER Authorization; with 1 for flags the user has to be that of From too, else -8.',
			(ctx, realm, table, flags) => {
				const { method } = ctx.request;
				const asker = method === 'REGISTER' ? 'www' : 'proxy';
				return chain(
					authenticate(ctx, 'KSR.auth_db.auth_check', { realm, table, asker, method }),
					(result) => (result === 1 && flags & CHECK_USER ? ctx.host.api(auth).compareUsers(ctx) : result),
				);
			},
			{ waits: true, cfg: 'auth_check' },
		),
		fn(
			'is_subscriber',
			[str('uri'), str('table'), int('flags')],
			'int',
			'1 if a table has the user of a SIP URI, -2 if not, -1 after an error. Flags, as a sum: 1 looks for the domain too, 2 loads no columns.',
			isSubscriber,
			{ waits: true, cfg: 'is_subscriber' },
		),
	],
	cfgFunctions: [
		...inRoutes,
		fn(
			'www_authenticate',
			[...WHERE, str('method')],
			'int',
			'The same as www_authenticate, for a method that is not that of the request.',
			(ctx, realm, table, method) =>
				authenticate(ctx, 'www_authenticate', { realm, table, asker: 'www', method }),
			WAITS,
		),
	],

	init(params) {
		const columnParam = (name: string) => nameParam(params, 'auth_db', name);
		return {
			database: new ModuleDatabase(params, 'auth_db'),
			userColumn: columnParam('user_column'),
			domainColumn: columnParam('domain_column'),
			passwordColumn: columnParam('password_column'),
			domainPasswordColumn: columnParam('password_column_2'),
			calculates: params.int('calculate_ha1') !== 0,
			usesDomain: params.int('use_domain') !== 0,
			loadsAlways: params.int('force_generate_avps') !== 0,
			loaded: loadedColumns(params),
		};
	},

	started: ({ database }, host) => database.check(host),

	requestEnded: (ctx, { database }) => database.release(ctx),

	close: ({ database }) => database.close(),
});
