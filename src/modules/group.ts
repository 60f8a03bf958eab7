/**
 * The group module: whether a user is in a group, by a table, and which groups expressions put a user into
 * (modules/group).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fixed, fn, type KemiModule, param, str } from '../kemi/module.ts';
import { compilePosix, type PosixRegex } from '../pv/posix-regex.ts';
import { requestUri } from '../pv/variables/request-uri.ts';
import { fromUri, toUri } from '../pv/variables/sip-headers.ts';
import { parseSipUri } from '../pv/variables/sip-uri.ts';
import { auth } from './auth.ts';
import { CachedTables, integer, type ReadTable, RowError, required } from './cached-tables.ts';
import { DB_URL, databaseParam, nameParam, nameParamOf } from './database-params.ts';
import { ModuleDatabase } from './module-database.ts';
import { outputVariable } from './output-variable.ts';

/** What functions give beside 1. */
const RESULT = { error: -1, failed: -5, notIn: -6 } as const;

/** An expression for users, and the number of the group that they are in. */
interface GroupRule {
	readonly regex: PosixRegex;
	readonly group: number;
}

interface GroupState {
	readonly database: ModuleDatabase;
	/** Of what is matched against expressions. */
	readonly rules: CachedTables<readonly GroupRule[]>;
	readonly table: string;
	readonly userColumn: string;
	readonly domainColumn: string;
	readonly groupColumn: string;
	readonly usesDomain: boolean;
	readonly findsAll: boolean;
}

interface Party {
	readonly user: string;
	readonly host: string;
}

/** A user by a SIP URI; undefined after an error line. */
function partyOf(ctx: RequestContext, caller: string, uri: string): Party | undefined {
	const parts = parseSipUri(uri);
	if (!parts) ctx.refuse(`${caller}: "${uri}" is no SIP URI`);
	return parts;
}

/** A user as routes name it: by a header, the request's URI, credentials that were checked, or an AVP with a URI. */
function namedParty(ctx: RequestContext, caller: string, place: string): Party | undefined {
	switch (place.toLowerCase()) {
		case 'request-uri':
			return partyOf(ctx, caller, requestUri(ctx) ?? '');
		case 'to':
			return partyOf(ctx, caller, String(toUri(ctx) ?? ''));
		case 'from':
			return partyOf(ctx, caller, String(fromUri(ctx) ?? ''));
		case 'credentials': {
			const who = ctx.host.api(auth).authenticated(ctx);
			if (!who) ctx.refuse(`${caller}: there are no credentials that were checked`);
			return who && { user: who.user, host: who.realm };
		}
		default: {
			const variable = outputVariable(ctx, caller, place);
			return variable && partyOf(ctx, caller, String(variable.get(ctx) ?? ''));
		}
	}
}

async function isIn(
	ctx: RequestContext,
	caller: string,
	party: Party | undefined,
	group: string,
): Promise<number> {
	if (!party?.user || group === '') return RESULT.error;
	const { database, table, userColumn, domainColumn, groupColumn, usesDomain } = ctx.state(groupModule);
	const byDomain = usesDomain ? ` and ${domainColumn} = ?` : '';
	const text = `select ${groupColumn} from ${table} where ${userColumn} = ? and ${groupColumn} = ?${byDomain}`;
	const params = usesDomain ? [party.user, group, party.host] : [party.user, group];
	const result = await database.query(ctx, caller, text, params);
	if (!result) return RESULT.failed;
	return result.rows.length > 0 ? 1 : RESULT.notIn;
}

/** Puts the groups of a user into an AVP; gives how many they are. */
function groupsOf(ctx: RequestContext, caller: string, place: string, into: string): number {
	const party = namedParty(ctx, caller, place);
	const output = party && outputVariable(ctx, caller, into);
	if (!party?.user || !output) return RESULT.error;
	const { rules, findsAll } = ctx.state(groupModule);
	const text = `sip:${party.user}@${party.host}`;
	const all = rules.content.filter(({ regex }) => regex.test(text));
	const found = findsAll ? all : all.slice(0, 1);
	for (const { group } of found) output.set(ctx, group);
	return found.length || RESULT.error;
}

async function readRules(
	read: ReadTable,
	table: string,
	columns: readonly [expression: string, group: string],
): Promise<readonly GroupRule[]> {
	const rules = (await read(table, columns)).map(([expression, group]): GroupRule => {
		const source = String(required(expression, columns[0]));
		const regex = compilePosix(source, { ignoreCase: true, newline: true });
		if (typeof regex === 'string') throw new RowError(`table ${table}: ${regex}`);
		return { regex, group: integer(group, columns[1]) };
	});
	return rules.toReversed(); // the last one is tried first
}

const IN_RESULTS = '1 in it, -1 error, -5 the database failed, -6 not in it';
const WAITS = { waits: true } as const;
const PLACES =
	'"Request-URI", "To", "From", "Credentials" (that were checked), or "$avp(name)" with a SIP URI';

/** The functions on KSR.group. */
export const groupModule: KemiModule<GroupState> = defineModule<GroupState>({
	name: 'group',
	doc: 'Groups of users, from a table.',
	depends: [auth.name],
	params: [
		DB_URL,
		nameParamOf('table', 'grp', 'The table of users and their groups.'),
		nameParamOf('user_column', 'username', "The column of users' names."),
		nameParamOf('domain_column', 'domain', "The column of users' domains."),
		nameParamOf('group_column', 'grp', "The column of groups' names."),
		param('use_domain', 0, '1 to look for the domain of the user too.'),
		param('re_table', null, 'The table of expressions for get_user_group; none is read without it.'),
		nameParamOf('re_exp_column', 'reg_exp', 'The column of regular expressions, for sip:user@host.'),
		nameParamOf('re_gid_column', 'group_id', "The column of groups' numbers."),
		param('multiple_gid', 1, '0 to stop at the first expression that matches.'),
	],
	functions: [
		fn(
			'is_user_in',
			[str('uri'), str('group')],
			'int',
			`Whether the user of a SIP URI is in a group: ${IN_RESULTS}.`,
			(ctx, uri, group) => {
				const caller = 'KSR.group.is_user_in';
				return uri === '' ? RESULT.error : isIn(ctx, caller, partyOf(ctx, caller, uri), group);
			},
			WAITS,
		),
	],
	cfgFunctions: [
		fn(
			'is_user_in',
			[fixed('place'), fixed('group')],
			'int',
			`Whether a user is in a group: ${IN_RESULTS}. The user is that of ${PLACES}.`,
			(ctx, place, group) => isIn(ctx, 'is_user_in', namedParty(ctx, 'is_user_in', place), group),
			WAITS,
		),
		fn(
			'get_user_group',
			[fixed('place'), fixed('variable')],
			'int',
			`Puts the numbers of a user's groups into an AVP, "$avp(x)": how many there are, -1 for none. The user is that of ${PLACES}.`,
			(ctx, place, into) => groupsOf(ctx, 'get_user_group', place, into),
		),
	],

	init(params) {
		const name = (param: string) => nameParam(params, 'group', param);
		const columns = [name('re_exp_column'), name('re_gid_column')] as const;
		const hasRules = Boolean(params.str('re_table'));
		const table = hasRules ? name('re_table') : '';
		const database = databaseParam(params, 'group');
		if (hasRules && !database)
			throw new KemihostError('KH_MODPARAM', 'parameter re_table of module group: db_url is not set');
		return {
			database: new ModuleDatabase(params, 'group'),
			rules: new CachedTables<readonly GroupRule[]>('group', hasRules ? database : undefined, [], (read) =>
				readRules(read, table, columns),
			),
			table: name('table'),
			userColumn: name('user_column'),
			domainColumn: name('domain_column'),
			groupColumn: name('group_column'),
			usesDomain: params.int('use_domain') !== 0,
			findsAll: params.int('multiple_gid') !== 0,
		};
	},

	async started({ database, rules }, host) {
		await rules.start();
		await database.check(host);
	},

	requestEnded: (ctx, { database }) => database.release(ctx),

	close: ({ database }) => database.close(),
});
