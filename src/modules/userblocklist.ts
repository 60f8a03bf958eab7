/**
 * The userblocklist module: whether numbers are blocked, for one user or for all (modules/userblocklist).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import {
	defineModule,
	fixed,
	fn,
	type KemiFunction,
	type KemiModule,
	noEffect,
	type Parameter,
	param,
	str,
} from '../kemi/module.ts';
import { requestUri } from '../pv/variables/request-uri.ts';
import { parseSipUri } from '../pv/variables/sip-uri.ts';
import { isSqlName } from '../sql/names.ts';
import { CachedTables, type ReadTable } from './cached-tables.ts';
import { DB_URL, databaseParam, nameParam, nameParamOf } from './database-params.ts';
import { ModuleDatabase } from './module-database.ts';
import { Prefixes } from './userblocklist/prefixes.ts';
import { userblocklistCommands } from './userblocklist/rpc.ts';
import { type Lists, type UserblocklistState, userQuery } from './userblocklist/state.ts';

/** The most bytes of a number. */
const LONGEST = 31;

/** `block` lets a number pass that a list does not know, `allow` does not. */
type Kind = 'block' | 'allow';

/** The user of the request's SIP URI; undefined after an error line. */
function requestNumber(ctx: RequestContext, caller: string): string | undefined {
	const number = parseSipUri(requestUri(ctx) ?? '')?.user;
	if (number && number.length <= LONGEST) return number;
	ctx.refuse(`${caller}: the request's URI has no user of 1 to ${LONGEST} bytes`);
	return undefined;
}

function judge(list: Prefixes, number: string, kind: Kind): 1 | -1 {
	const verdict = list.verdict(number) ?? (kind === 'block' ? 'allowed' : 'blocked');
	return verdict === 'allowed' ? 1 : -1;
}

/** Asks the list of a user, which is read for it. */
async function checkUser(
	ctx: RequestContext,
	caller: string,
	kind: Kind,
	[user, domain, given, table]: readonly [user: string, domain: string, number?: string, table?: string],
): Promise<number> {
	const state = ctx.state(userblocklist);
	const number = given ?? requestNumber(ctx, caller);
	if (number === undefined) return -1;
	if (number.length > LONGEST) return ctx.refuse(`${caller}: the number has more than ${LONGEST} bytes`);
	const place = table || state.userTable;
	if (!isSqlName(place)) return ctx.refuse(`${caller}: "${place}" is no name of a table`);
	const { text, params } = userQuery(state, place, user, state.usesDomain ? domain : undefined);
	const result = await state.database.query(ctx, caller, text, params);
	if (!result) return -1;
	return judge(new Prefixes(result.rows, state.characters, state.leftOut), number, kind);
}

/** Asks a list for all, which is read when it is asked first. */
async function checkTable(ctx: RequestContext, caller: string, kind: Kind, table: string): Promise<number> {
	const { lists, characters, globalColumns, leftOut } = ctx.state(userblocklist);
	const number = requestNumber(ctx, caller);
	if (number === undefined) return -1;
	if (!isSqlName(table)) return ctx.refuse(`${caller}: "${table}" is no name of a table`);
	if (!lists.content.has(table)) {
		const build = async (read: ReadTable, before: Lists) =>
			new Map(before).set(table, new Prefixes(await read(table, globalColumns), characters, leftOut));
		if (!(await lists.reload(ctx.host, build))) return ctx.refuse(`${caller}: there is no list ${table}`);
	}
	const list = lists.content.get(table);
	return list ? judge(list, number, kind) : -1;
}

const WAITS = { waits: true } as const;
const PARAMS = [str('user'), str('domain'), str('number'), str('table')] as const;

const KINDS = {
	block: 'a number: 1 if it allows the longest prefix that it has of it, or has none, -1 if it blocks',
	allow: 'a number: 1 if it allows the longest prefix that it has of it, -1 if it blocks or has none',
} as const;

/** A function that asks the list of a user, with the first of its parameters; each form has a name of its own in KSR. */
function userFunction(kind: Kind, count: 2 | 3 | 4): KemiFunction {
	const cfg = `check_user_${kind}list`;
	const name = cfg + { 2: '', 3: '_number', 4: '_table' }[count];
	const of = count === 2 ? ', the user of the SIP URI' : '';
	return {
		name,
		params: PARAMS.slice(0, count) as Parameter[],
		returns: 'int',
		doc: `Asks the list of a user for ${KINDS[kind]}${of}.`,
		run: (ctx: RequestContext, ...args: string[]) =>
			checkUser(ctx, `KSR.userblocklist.${name}`, kind, args as unknown as [string, string]),
		cfg,
		...WAITS,
	};
}

/** The functions on KSR.userblocklist. */
export const userblocklist: KemiModule<UserblocklistState> = defineModule<UserblocklistState>({
	name: 'userblocklist',
	doc: 'Numbers that are blocked, for one user or for all.',
	params: [
		DB_URL,
		nameParamOf('userblocklist_table', 'userblocklist', "The table of users' lists."),
		nameParamOf('userblocklist_username_col', 'username', 'Its column of users.'),
		nameParamOf('userblocklist_domain_col', 'domain', 'Its column of domains.'),
		nameParamOf('userblocklist_prefix_col', 'prefix', 'Its column of prefixes.'),
		nameParamOf(
			'userblocklist_allowlist_col',
			'allowlist',
			'Its column of what a prefix says: 0 blocks, others allow.',
		),
		nameParamOf('globalblocklist_table', 'globalblocklist', 'The table of the list for all.'),
		nameParamOf('globalblocklist_prefix_col', 'prefix', 'Its column of prefixes.'),
		nameParamOf('globalblocklist_allowlist_col', 'allowlist', 'Its column of what a prefix says.'),
		param('use_domain', 0, '1 to look for the domain of the user too.'),
		param('match_mode', 10, '10 compares digits, 128 all characters of ASCII.'),
		noEffect('userblocklist_id_col', 'id', 'it is not read'),
		noEffect('globalblocklist_id_col', 'id', 'it is not read'),
		noEffect('globalblocklist_description_col', 'description', 'it is not read'),
	],
	functions: [
		...(['block', 'allow'] as const).flatMap((kind) => [
			...([2, 3, 4] as const).map((count) => userFunction(kind, count)),
			fn(
				`check_${kind}list`,
				[fixed('table')],
				'int',
				`Asks a table for ${KINDS[kind]}, the user of the SIP URI.`,
				(ctx, table) => checkTable(ctx, `KSR.userblocklist.check_${kind}list`, kind, table),
				{ ...WAITS, cfg: `check_${kind}list` },
			),
		]),
		fn(
			'check_global_blocklist',
			[],
			'int',
			`Asks the list for all for ${KINDS.block}, the user of the SIP URI.`,
			(ctx) =>
				checkTable(
					ctx,
					'KSR.userblocklist.check_global_blocklist',
					'block',
					ctx.state(userblocklist).globalTable,
				),
			{ ...WAITS, cfg: 'check_blocklist' },
		),
	],
	rpc: userblocklistCommands((host) => host.state(userblocklist)),

	init(params, host) {
		const name = (param: string) => nameParam(params, 'userblocklist', param);
		const characters = params.int('match_mode') === 10 ? 'digits' : 'ascii';
		const globalTable = name('globalblocklist_table');
		const globalColumns = [
			name('globalblocklist_prefix_col'),
			name('globalblocklist_allowlist_col'),
		] as const;
		const leftOut = (prefix: string) =>
			host.log.log('error', `userblocklist: the prefix "${prefix}" is left out (match_mode)`);
		const readAll = async (read: ReadTable, before: Lists): Promise<Lists> => {
			const lists = new Map<string, Prefixes>();
			for (const table of new Set([globalTable, ...before.keys()]))
				lists.set(table, new Prefixes(await read(table, globalColumns), characters, leftOut));
			return lists;
		};
		return {
			database: new ModuleDatabase(params, 'userblocklist'),
			lists: new CachedTables<Lists>(
				'userblocklist',
				databaseParam(params, 'userblocklist'),
				new Map(),
				readAll,
			),
			characters,
			globalTable,
			globalColumns,
			userTable: name('userblocklist_table'),
			userColumn: name('userblocklist_username_col'),
			domainColumn: name('userblocklist_domain_col'),
			userColumns: [name('userblocklist_prefix_col'), name('userblocklist_allowlist_col')],
			usesDomain: params.int('use_domain') !== 0,
			leftOut,
		};
	},

	started: ({ lists }) => lists.start(),

	requestEnded: (ctx, { database }) => database.release(ctx),

	close: ({ database }) => database.close(),
});
