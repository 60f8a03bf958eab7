/**
 * The secfilter module: lists of what is let pass and what is not, by client, address, country and user
 * (modules/secfilter).
 *
 * @module
 */
import { lowerAscii } from '../bytes.ts';
import type { RequestContext } from '../kemi/context.ts';
import {
	defineModule,
	fixed,
	fn,
	type KemiFunction,
	type KemiModule,
	noEffect,
	param,
	str,
} from '../kemi/module.ts';
import { findKey } from '../pv/headers.ts';
import { nameAddress } from '../pv/variables/sip-headers.ts';
import { parseSipUri } from '../pv/variables/sip-uri.ts';
import { CachedTables } from './cached-tables.ts';
import { DB_URL, databaseParam, nameParam, nameParamOf } from './database-params.ts';
import { isListed, Lists, readLists, type Subject } from './secfilter/lists.ts';
import { secfilterCommands } from './secfilter/rpc.ts';
import { type Counted, noCounts, type SecfilterState } from './secfilter/state.ts';

/** What functions give. */
const RESULT = { name: 4, domain: 3, white: 2, unknown: 1, error: -1 } as const;

const HEADERS = ['From', 'To', 'Contact'] as const;
type Header = (typeof HEADERS)[number];

/** Who a header names; empty for what it does not say. */
interface Party {
	readonly name: string;
	readonly user: string;
	readonly domain: string;
}

/** Who a header names; undefined without a SIP URI that names a user. */
function partyOf(ctx: RequestContext, header: Header): Party | undefined {
	const value = findKey(ctx, header.toLowerCase());
	if (value === null) return undefined;
	const { display, uri } = nameAddress(value);
	const parts = parseSipUri(uri);
	if (!parts?.user) return undefined;
	return { name: /^"(.*)"$/s.exec(display)?.[1] ?? display, user: parts.user, domain: parts.host };
}

/** The state; undefined after an error line without a database. */
function stateOf(ctx: RequestContext, caller: string): SecfilterState | undefined {
	const state = ctx.state(secfilter);
	if (state.tables.hasDatabase) return state;
	ctx.refuse(`${caller}: db_url is not set`);
	return undefined;
}

/** Looks a text up: 2 on the white list, -2 on the black one, 1 on none. */
function look(state: SecfilterState, subject: Subject, text: string, counted: Counted): number {
	const { white, black } = state.tables.content;
	if (isListed(white[subject], text)) {
		state.counts.Whitelist[counted]++;
		return RESULT.white;
	}
	if (!isListed(black[subject], text)) return RESULT.unknown;
	state.counts.Blacklist[counted]++;
	return -RESULT.white;
}

/** Looks a header up: names and users before domains, the white lists before the black ones. */
function checkHeader(ctx: RequestContext, caller: string, header: Header): number {
	const state = stateOf(ctx, caller);
	if (!state) return RESULT.error;
	const party = partyOf(ctx, header);
	if (!party) return RESULT.unknown;
	const { white, black } = state.tables.content;
	// the name of a Contact does not count
	const named = header !== 'Contact' && party.name !== '';
	for (const [lists, counts, sign] of [
		[white, state.counts.Whitelist, 1],
		[black, state.counts.Blacklist, -1],
	] as const)
		for (const item of lists.user) {
			if (named && isListed([item], party.name)) {
				counts[`${header}-Name`]++;
				return sign * RESULT.name;
			}
			if (!isListed([item], party.user)) continue;
			counts[`${header}-User`]++;
			return sign * RESULT.white;
		}
	const result = look(state, 'domain', party.domain, `${header}-Domain`);
	return Math.abs(result) === RESULT.white ? Math.sign(result) * RESULT.domain : result;
}

const PART = {
	username: { part: 'user', subject: 'user', counted: 'User' },
	name: { part: 'name', subject: 'user', counted: 'Name' },
	domain: { part: 'domain', subject: 'domain', counted: 'Domain' },
} as const;

/** Functions of later versions that look at one part of a header. */
function partFunction(part: keyof typeof PART, header: Header): KemiFunction {
	const cfg = `check_${part}_${header.toLowerCase()}_hdr`;
	const what = PART[part];
	return fn(
		`ki_${cfg}`,
		[],
		'int',
		`Looks the ${part} in ${header} up: 2 on the white list, -2 on the black list, 1 on none. Newer than Kamailio 5.6.3.`,
		(ctx) => {
			const state = stateOf(ctx, `KSR.secfilter.ki_${cfg}`);
			const party = partyOf(ctx, header);
			if (!state) return RESULT.error;
			if (!party) return RESULT.unknown;
			const text = party[what.part];
			return text === '' ? RESULT.error : look(state, what.subject, text, `${header}-${what.counted}`);
		},
		{ cfg: `secf_${cfg}` },
	);
}

/** %22 is that of later versions. */
const QUOTES = /['"]|--|%2[247]|%60/;
/** A name may have quotes. */
const NO_NAME = /--|%60/;

/** True for what may be a piece of SQL. */
function isInjection(state: SecfilterState, text: string, pattern = QUOTES): boolean {
	if (!pattern.test(text)) return false;
	state.counts.Other['SQL-Injection']++;
	return true;
}

/** 0 if a header may hold a piece of SQL: that ends a route. */
function checkInjection(ctx: RequestContext): number {
	const state = ctx.state(secfilter);
	if (isInjection(state, findKey(ctx, 'user-agent') ?? '')) return 0;
	for (const header of HEADERS) {
		const party = partyOf(ctx, header);
		if (!party) continue;
		if (header !== 'Contact' && isInjection(state, party.name, NO_NAME)) return 0;
		if (isInjection(state, party.user) || isInjection(state, party.domain)) return 0;
	}
	return 1;
}

function checkDestination(ctx: RequestContext, caller: string, text: string): number {
	const state = stateOf(ctx, caller);
	if (!state) return RESULT.error;
	const { destinations } = state.tables.content;
	const listed = state.exactDestinations
		? destinations.some((item) => lowerAscii(item) === lowerAscii(text))
		: isListed(destinations, text);
	if (!listed) return RESULT.unknown;
	state.counts.Other.Destination++;
	return -RESULT.white;
}

/** A function about one text of the request. */
function textFunction(
	name: string,
	doc: string,
	subject: Subject,
	counted: Counted,
	textOf: (ctx: RequestContext) => string | null,
): KemiFunction {
	return fn(
		name,
		[],
		'int',
		`${doc}: 2 on the white list, -2 on the black list, 1 on none. Texts begin with what is listed.`,
		(ctx) => {
			const state = stateOf(ctx, `KSR.secfilter.${name}`);
			const text = textOf(ctx);
			if (!state) return RESULT.error;
			return text === null ? RESULT.unknown : look(state, subject, text, counted);
		},
		{ cfg: name },
	);
}

/** The functions on KSR.secfilter. */
export const secfilter: KemiModule<SecfilterState> = defineModule<SecfilterState>({
	name: 'secfilter',
	doc: 'White and black lists of clients, addresses, countries, users and destinations. In Kamailio 5.6.3 routes have these functions, in later versions KSR too.',
	params: [
		DB_URL,
		nameParamOf('table_name', 'secfilter', 'The table of the lists.'),
		nameParamOf(
			'action_col',
			'action',
			'The column of what is done: 0 refused, 1 let pass, 2 a destination that is refused.',
		),
		nameParamOf(
			'type_col',
			'type',
			'The column of what is listed: 0 User-Agent, 1 country, 2 domain, 3 address, 4 user.',
		),
		nameParamOf('data_col', 'data', 'The column of the texts.'),
		param('dst_exact_match', 1, '0 to refuse destinations that begin with one that is listed.'),
		noEffect('reload_delta', 5, 'a reload waits for no other'),
		noEffect('cleanup_interval', 60, 'nothing is left to clean up'),
	],
	functions: [
		textFunction('secf_check_ua', 'Looks the User-Agent header up', 'ua', 'User-Agent', (ctx) =>
			findKey(ctx, 'user-agent'),
		),
		textFunction(
			'secf_check_ip',
			"Looks the client's address up",
			'ip',
			'IP-Address',
			(ctx) => ctx.request.connection.remote.address,
		),
		fn(
			'secf_check_country',
			[fixed('country')],
			'int',
			'Looks a country up: 2 on the white list, -2 on the black list, 1 on none.',
			(ctx, country) => {
				const state = stateOf(ctx, 'KSR.secfilter.secf_check_country');
				return state ? look(state, 'country', country, 'Country') : RESULT.error;
			},
			{ cfg: 'secf_check_country' },
		),
		fn(
			'secf_check_dst',
			[fixed('destination')],
			'int',
			'Looks a destination up: -2 on the black list, 1 not.',
			(ctx, text) => checkDestination(ctx, 'KSR.secfilter.secf_check_dst', text),
			{ cfg: 'secf_check_dst' },
		),
		...HEADERS.map((header) => {
			const name = `secf_check_${header.toLowerCase()}_hdr`;
			return fn(
				name,
				[],
				'int',
				`Looks up whom ${header} names: 4 the name, 3 the domain, 2 the user is on the white list, the same below 0 on the black list, 1 on none.`,
				(ctx) => checkHeader(ctx, `KSR.secfilter.${name}`, header),
				{ cfg: name },
			);
		}),
		fn(
			'secf_sqli_hdr',
			[str('text')],
			'int',
			'-1 if a text has quotes, two hyphens, %22, %24, %27 or %60 in it, which may be a piece of SQL, 1 if not.',
			(ctx, text) => (isInjection(ctx.state(secfilter), text) ? -1 : 1),
		),
		fn(
			'secf_check_sqli_all',
			[],
			'int',
			'0 if User-Agent, or the user, name or domain in From, To or Contact has such things in it, which ends a route; 1 if not.',
			checkInjection,
			{ cfg: 'secf_check_sqli_all' },
		),
		...(Object.keys(PART) as (keyof typeof PART)[]).flatMap((part) =>
			HEADERS.map((header) => partFunction(part, header)),
		),
	],
	cfgFunctions: [
		fn(
			'secf_check_sqli_hdr',
			[fixed('text')],
			'int',
			'-1 if a text has quotes, two hyphens, %22, %24, %27 or %60 in it, 1 if not.',
			(ctx, text) => (isInjection(ctx.state(secfilter), text) ? -1 : 1),
		),
	],
	rpc: secfilterCommands((host) => host.state(secfilter)),

	init(params) {
		const name = (param: string) => nameParam(params, 'secfilter', param);
		const table = name('table_name');
		const columns = [name('action_col'), name('type_col'), name('data_col')] as const;
		return {
			tables: new CachedTables<Lists>('secfilter', databaseParam(params, 'secfilter'), new Lists(), (read) =>
				readLists(read, table, columns),
			),
			exactDestinations: params.int('dst_exact_match') !== 0,
			counts: noCounts(),
		};
	},

	started: ({ tables }) => tables.start(),
});
