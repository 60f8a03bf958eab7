/**
 * The domains of a table, with the attributes of another (modules/domain/hash.c).
 *
 * @module
 */
import { lowerAscii } from '../../bytes.ts';
import type { AvpValue } from '../../pv/variables/avp.ts';
import { integer, type ReadTable, type Row, RowError, required } from '../cached-tables.ts';
import { coreHash } from '../cfgutils/core-hash.ts';

/** The names of the tables and their columns. */
export interface DomainNames {
	readonly table: string;
	readonly domain: string;
	readonly id: string;
	readonly attributesTable: string;
	readonly name: string;
	readonly type: string;
	readonly value: string;
}

/** An attribute. */
export interface Attribute {
	readonly name: string;
	readonly value: AvpValue;
}

/** A domain. */
export interface Domain {
	readonly domain: string;
	readonly id: string;
	/** The newest first. */
	readonly attributes: readonly Attribute[];
}

/** How many slots Kamailio's table has: they say in which order domains are listed. */
const SLOTS = 128;

/** What `type` of an attribute says. */
const TYPES = { integer: 0, text: 2 } as const;

/** The domains of a host. Their names have no regard to case. */
export class Domains {
	readonly #byName = new Map<string, Domain>();
	readonly #attributes: ReadonlyMap<string, { readonly id: string; readonly list: Attribute[] }>;
	readonly #rows: Domain[] = [];

	constructor(rows: readonly Row[], attributeRows: readonly Row[]) {
		this.#attributes = attributesOf(attributeRows);
		for (const [name, own] of rows) {
			const domain = notEmpty(name, 'domain');
			const id = own === null || own === undefined ? domain : notEmpty(own, 'did');
			const entry = { domain, id, attributes: this.#attributes.get(lowerAscii(id))?.list ?? [] };
			this.#byName.set(lowerAscii(domain), entry);
			this.#rows.push(entry);
		}
	}

	/** A domain by its name. */
	find(name: string): Domain | undefined {
		return this.#byName.get(lowerAscii(name));
	}

	/** All of them, in the order of Kamailio's table. */
	get list(): readonly Domain[] {
		const slot = ({ domain }: Domain) => coreHash(lowerAscii(domain), '') & (SLOTS - 1);
		return this.#rows.toReversed().toSorted((a, b) => slot(a) - slot(b));
	}

	/** The names of all attributes by their domains' ids, the newest first. */
	get attributes(): readonly { readonly id: string; readonly names: readonly string[] }[] {
		return [...this.#attributes.values()]
			.toReversed()
			.map(({ id, list }) => ({ id, names: list.map(({ name }) => name) }));
	}
}

function notEmpty(value: Row[number] | undefined, column: string): string {
	const text = String(required(value, column));
	if (text === '') throw new RowError(`${column} is empty`);
	return text;
}

function attributesOf(rows: readonly Row[]) {
	const byId = new Map<string, { readonly id: string; readonly list: Attribute[] }>();
	for (const [did, name, type, value] of rows) {
		const id = notEmpty(did, 'did');
		const entry = byId.get(lowerAscii(id)) ?? { id, list: [] };
		byId.set(lowerAscii(id), entry);
		entry.list.unshift({ name: notEmpty(name, 'name'), value: attributeValue(integer(type, 'type'), value) });
	}
	return byId;
}

function attributeValue(type: number, value: Row[number] | undefined): AvpValue {
	if (type === TYPES.integer) return integer(value, 'value');
	if (type === TYPES.text) return String(required(value, 'value'));
	throw new RowError(`type is ${type}; there are ${TYPES.integer} (integer) and ${TYPES.text} (text)`);
}

/**
 * Reads both tables.
 * @throws SqlError or RowError
 */
export async function readDomains(read: ReadTable, names: DomainNames): Promise<Domains> {
	const attributes = await read(names.attributesTable, [names.id, names.name, names.type, names.value]);
	return new Domains(await read(names.table, [names.domain, names.id]), attributes);
}
