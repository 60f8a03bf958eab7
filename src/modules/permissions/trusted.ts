/**
 * Peers that are trusted by their address and protocol (modules/permissions/trusted.c, hash.c).
 *
 * A rule's patterns are matched with the From and the Request-URI of SIP; a request over HTTP has neither, and to Kamailio the rule
 * then says nothing of them.
 *
 * @module
 */
import { SqlError, type SqlValue } from '../../sql/sql.ts';
import { slotOf } from './addresses.ts';

/** Protocols by the numbers that Kamailio has for them; 0 is any. */
const PROTOCOLS: ReadonlyMap<string, number> = new Map(
	['any', 'udp', 'tcp', 'tls', 'sctp', 'ws', 'wss'].map((name, number) => [name, number]),
);
const ANY = 0;

/** A row of the table. */
export interface TrustedRule {
	readonly source: string;
	readonly protocol: number;
	readonly from: string | null;
	readonly requestUri: string | null;
	readonly tag: string | null;
	readonly priority: number;
}

/** A protocol's number by its name in any case; undefined if there is none of that name. */
export function protocolOf(name: string): number | undefined {
	return PROTOCOLS.get(name.toLowerCase());
}

/** True if a rule is for a protocol. Who asks with "any" asks for all. */
export function isFor(rule: TrustedRule, protocol: number): boolean {
	return protocol === ANY || rule.protocol === ANY || rule.protocol === protocol;
}

const text = (value: SqlValue | undefined) => (value === null || value === undefined ? null : String(value));

/**
 * Rules of rows with source, protocol, From pattern, Request-URI pattern, tag and priority. Those of the protocol "none" are
 * for nobody, and left out.
 * @throws SqlError for a row that is no rule
 */
export function rulesOfRows(rows: readonly (readonly SqlValue[])[]): TrustedRule[] {
	const rules: TrustedRule[] = [];
	for (const [i, [source, name, from, requestUri, tag, priority]] of rows.entries()) {
		const given = text(name);
		if (typeof source !== 'string' || given === null)
			throw new SqlError(`row ${i + 1} has no source or no protocol`);
		if (given.toLowerCase() === 'none') continue;
		const protocol = protocolOf(given);
		if (protocol === undefined) throw new SqlError(`row ${i + 1} has an unknown protocol: ${given}`);
		rules.push({
			source,
			protocol,
			from: text(from),
			requestUri: text(requestUri),
			tag: text(tag),
			priority: Number(priority ?? 0),
		});
	}
	return rules;
}

/** Rules in memory. */
export class TrustedPeers {
	readonly #rules: ReadonlyMap<string, readonly TrustedRule[]>;

	/** @param cached as Kamailio's own table has them, the highest priority first; or as a query gives them, the lowest first */
	constructor(rules: readonly TrustedRule[], cached: boolean) {
		const direction = cached ? -1 : 1;
		this.#rules = Map.groupBy(
			rules.toSorted((a, b) => direction * (a.priority - b.priority)),
			({ source }) => source,
		);
	}

	/** The rules of a source in their order. */
	of(source: string): readonly TrustedRule[] {
		return this.#rules.get(source) ?? [];
	}

	/** All rules with the slots that they have in Kamailio's table. */
	get listing(): readonly { readonly table: number; readonly rule: TrustedRule }[] {
		return [...this.#rules.values()]
			.flat()
			.map((rule) => ({ table: slotOf(rule.source), rule }))
			.sort((a, b) => a.table - b.table || b.rule.priority - a.rule.priority);
	}
}
