/**
 * The part of ipops that asks the DNS (ipops_pv.c, ipops_mod.c). The handler waits for the answer; in Kamailio the process does.
 *
 * Results stay in a named place, `$dns(name=>addr)`: in Kamailio it is one of the process, here of the request, as others run while
 * it waits.
 *
 * @module
 */
import { lookup, Resolver } from 'node:dns/promises';
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import { fn, int, type KemiFunction, str } from '../../kemi/module.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import type { PvValue, Variable } from '../../pv/variable.ts';
import { refuseIndex, requireInner } from '../../pv/variables/names.ts';
import { parseIndex } from '../../pv/variables/xavp-name.ts';
import { parseAddress, samePrefix } from './address.ts';

/** Kamailio keeps so many records of an answer. */
const MAX_RECORDS = 32;
const MAX_NAME = 255;
/** What can be asked for: no host has another name, and for an empty one Node gives no error but nothing, with a warning. */
const NAME = /^[!-~]+$/;

/** Results of one kind, by the name of their place. Each row has the fields of one record. */
interface Answer {
	readonly host: string;
	readonly rows: readonly Readonly<Record<string, PvValue>>[];
}

/** The places of a request. */
const answers = requestLocal(() => new Map<string, Answer>());

const resolver = new Resolver();

/** Waits for an answer, but not longer than for the request. */
async function answerFor<T>(ctx: RequestContext, promise: Promise<T>): Promise<T> {
	const { signal } = ctx;
	signal.throwIfAborted();
	return new Promise((resolve, reject) => {
		const stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}

/** The addresses of a name; undefined after an error line if there are none. */
async function addresses(ctx: RequestContext, caller: string, host: string) {
	try {
		if (host.length > MAX_NAME || !NAME.test(host)) throw new Error('this is no name of a host');
		return await answerFor(ctx, lookup(host, { all: true }));
	} catch (error) {
		ctx.report('error', `KSR.ipops.${caller}: ${host}: ${(error as Error).message}`);
		return undefined;
	}
}

async function matches(ctx: RequestContext, caller: string, host: string, text: string): Promise<number> {
	const wanted = parseAddress(text);
	if (!wanted) {
		ctx.report('error', `KSR.ipops.${caller}: ${text} is no address`);
		return -3;
	}
	const found = await addresses(ctx, caller, host);
	if (!found) return -4;
	const same = ({ address }: { address: string }) => {
		const other = parseAddress(address);
		return (
			other !== undefined && other.length === wanted.length && samePrefix(other, wanted, 8 * wanted.length)
		);
	};
	return found.some(same) ? 1 : -1;
}

/** Keeps the answer to a question. Gives 1, or Kamailio's number for what went wrong. */
async function ask(
	ctx: RequestContext,
	place: string,
	host: string,
	records: () => Promise<Answer['rows']>,
): Promise<number> {
	if (host === '') return -2;
	let rows: Answer['rows'];
	try {
		if (!NAME.test(host)) throw new Error('this is no name');
		rows = await answerFor(ctx, records());
	} catch (error) {
		ctx.report('debug', `${host}: ${(error as Error).message}`);
		rows = [];
	}
	ctx.get(answers).set(place, { host, rows: rows.slice(0, MAX_RECORDS) });
	return 1;
}

const WAITS = { waits: true } as const;

/** The functions. */
export function dnsFunctions(): KemiFunction[] {
	const match = (name: string) =>
		fn(
			name,
			[str('host'), str('address')],
			'int',
			'Whether a name has an address: 1 or -1; -3 if the text is no address, -4 if the name is unknown.',
			(ctx, host, address) => matches(ctx, name, host, address),
			{ ...WAITS, cfg: name },
		);
	return [
		match('dns_sys_match_ip'),
		match('dns_int_match_ip'),
		fn(
			'dns_query',
			[str('host'), str('place')],
			'int',
			'Looks up the addresses of a name, for $dns(place=>addr). Gives 1, -2 for a name that is too long, -4 for one that is unknown.',
			async (ctx, host, place) => {
				if (host.length > MAX_NAME) return -2;
				const found = await addresses(ctx, 'dns_query', host);
				const rows = (found ?? []).map(({ address, family }) => ({ addr: address, type: family }));
				ctx.get(answers).set(`dns:${place}`, { host, rows: rows.slice(0, MAX_RECORDS) });
				return found ? 1 : -4;
			},
			{ ...WAITS, cfg: 'dns_query' },
		),
		fn(
			'srv_query',
			[str('service'), str('place')],
			'int',
			'Looks up the SRV records of a service, by priority, for $srvquery(place=>target[0]). Gives 1, -2 without a service.',
			(ctx, service, place) => {
				return ask(ctx, `srv:${place}`, service, async () =>
					(await resolver.resolveSrv(service))
						.sort((a, b) => a.priority - b.priority || b.weight - a.weight)
						.map(({ name, port, priority, weight }) => ({ target: name, port, priority, weight })),
				);
			},
			{ ...WAITS, cfg: 'srv_query' },
		),
		fn(
			'naptr_query',
			[str('domain'), str('place')],
			'int',
			'Looks up the NAPTR records of a domain, by order, for $naptrquery(place=>services[0]). Gives 1, -2 without a domain.',
			(ctx, domain, place) => {
				return ask(ctx, `naptr:${place}`, domain, async () =>
					(await resolver.resolveNaptr(domain))
						.sort((a, b) => a.order - b.order || a.preference - b.preference)
						.map(({ flags, service, regexp, replacement, order, preference }) => ({
							flags,
							order,
							pref: preference,
							regex: regexp,
							replace: replacement,
							services: service,
						})),
				);
			},
			{ ...WAITS, cfg: 'naptr_query' },
		),
		fn(
			'ptr_query',
			[str('address'), str('place')],
			'int',
			'Looks up the name of an address, for $ptrquery(place=>hostname). Gives 1, -2 for what is no address.',
			async (ctx, address, place) => {
				if (!parseAddress(address)) return -2;
				return ask(ctx, `ptr:${place}`, address, async () =>
					(await resolver.reverse(address)).map((hostname) => ({ hostname })),
				);
			},
			{ ...WAITS, cfg: 'ptr_query' },
		),
		fn(
			'dns_set_local_ttl',
			[int('seconds')],
			'int',
			"Gives 1 and does nothing: answers are kept by the system's resolver, not here.",
			() => 1,
			{ cfg: 'dns_set_local_ttl' },
		),
	];
}

/** `place=>field[index]`; the place is written out, the index may be a variable. */
const INNER = /^\s*([^\s=$][^\s=]*)\s*=>\s*(\w+)\s*(?:\[\s*(-?\d+|\$.+?)\s*\])?\s*$/;

/** A variable over answers of one kind. */
function answerVariable(
	name: string,
	kind: string,
	fields: readonly string[],
	whole: Readonly<Record<string, (answer: Answer) => PvValue>>,
): Variable {
	return {
		names: [name],
		doc: `$${name}(place=>field): what a query has found. Fields: ${[...Object.keys(whole), ...fields].join(', ')}.`,
		bind(binding) {
			refuseIndex(binding);
			const source = requireInner(binding).source;
			const [, place, field = '', written] = INNER.exec(source) ?? [];
			const ofAll = whole[field];
			if (place === undefined || (!ofAll && !fields.includes(field)))
				throw new PvSyntaxError(`write $${name}(place=>field), with a field of its own`, 0);
			if (ofAll && written !== undefined && kind !== 'dns')
				throw new PvSyntaxError(`$${name}(place=>${field}) takes no index`, 0);
			const indexOf = parseIndex(written ?? '0', source.indexOf('['));
			return {
				get(ctx) {
					const index = indexOf(ctx);
					const answer = ctx.get(answers).get(`${kind}:${place}`);
					const row = typeof index === 'number' ? answer?.rows.at(index) : undefined;
					if (kind === 'dns' && !row) return null; // Kamailio looks at the index first
					if (!answer) return field === 'count' ? 0 : null;
					return ofAll ? ofAll(answer) : (row?.[field] ?? null);
				},
			};
		},
	};
}

/** The variables. */
export function dnsVariables(): Variable[] {
	const has = (type: number) => (answer: Answer) => (answer.rows.some((row) => row['type'] === type) ? 1 : 0);
	const count = (answer: Answer) => answer.rows.length;
	return [
		answerVariable('dns', 'dns', ['addr', 'type'], {
			count,
			ipv4: has(4),
			ipv6: has(6),
			hostname: (answer) => answer.host,
		}),
		answerVariable('srvquery', 'srv', ['target', 'port', 'priority', 'weight'], { count }),
		answerVariable('naptrquery', 'naptr', ['flags', 'order', 'pref', 'regex', 'replace', 'services'], {
			count,
		}),
		answerVariable('ptrquery', 'ptr', ['hostname'], {}),
	];
}
