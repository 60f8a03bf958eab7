/**
 * What `modparam("htable", "htable", "name=>size=8;autoexpire=300;")` says (ht_api.c, ht_table_spec).
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';
import { suggest } from '../../kemi/suggest.ts';
import { isSqlName } from '../../sql/names.ts';

/** Columns that are packed into one text. */
export interface TableColumns {
	/** The first is that of the key. */
	readonly names: readonly string[];
	/** What stands between two values. */
	readonly delimiter: string;
	/** What stands for NULL. */
	readonly nullMark: string;
}

/** Where a database has a table's items. */
export interface TableSource {
	readonly table: string;
	/** Undefined for those that the module's parameters name. */
	readonly columns: TableColumns | undefined;
}

/** A table as it is declared. */
export interface HashDefinition {
	readonly name: string;
	/** How many slots Kamailio would have: 2 to the power of the size. Here only lists of tables show it. */
	readonly slots: number;
	/** Seconds that an item lives; 0 for ever. */
	readonly autoexpire: number;
	/** False if writing an item leaves its end as it is. */
	readonly updateexpire: boolean;
	/** What a missing item reads as, and where counting it begins. */
	readonly initval: number | undefined;
	/** Undefined for a table that begins empty. */
	readonly source: TableSource | undefined;
	/** As it was given; not 0 if the items are written to the database when the host closes. */
	readonly dbmode: number;
}

/** As for Kamailio, by its switches; these are known but ask for what is not there. */
const ABSENT: Readonly<Record<string, string>> = {
	reloadat: 'the RPC command htable.reload loads tables again',
	dmqreplicate: 'tables are not replicated; the children of one host share them',
};

const KNOWN = [
	...['size', 'autoexpire', 'updateexpire', 'initval', 'dbtable', 'dbmode', 'cols', 'coldelim', 'colnull'],
	...Object.keys(ABSENT),
];

/** How many columns a table may have. */
const MOST_COLUMNS = 8;

/** In the store a table's name has the module's in front. */
const LONGEST_NAME = 128;

/** Refuses a definition. */
function wrong(text: string, why: string, hint?: string): never {
	throw new KemihostError('KH_MODPARAM', `parameter htable of module htable: "${text}": ${why}`, { hint });
}

const HINT = 'write name=>size=8;autoexpire=300;initval=0;';

/** `size=8;autoexpire='300'` as pairs. */
function parseSettings(text: string, source: string): Map<string, string> {
	const settings = new Map<string, string>();
	if (source === '' || source === ';') return settings;
	for (const part of source.replace(/;$/, '').split(';')) {
		const [, name, quoted, plain] = /^\s*(\w+)\s*=\s*(?:(["'].*["'])|([^"'\s,]+))\s*$/.exec(part) ?? [];
		if (name === undefined) wrong(text, `"${part}" is no setting`, HINT);
		if (settings.has(name)) wrong(text, `${name} is set twice`);
		settings.set(name, quoted?.slice(1, -1) ?? plain ?? '');
	}
	return settings;
}

/**
 * Reads a definition.
 * @throws KemihostError `KH_MODPARAM`
 */
export function parseDefinition(text: string): HashDefinition {
	const [, name, source] = /^\s*([^=\s]+)\s*=>\s*(.*)$/s.exec(text) ?? [];
	if (name === undefined || source === undefined) wrong(text, 'a name and "=>" are expected', HINT);
	if (name.length > LONGEST_NAME)
		wrong(text, `the name has ${name.length} bytes, ${LONGEST_NAME} are the limit`);
	const settings = parseSettings(text, source);
	for (const [setting, value] of settings) {
		if (!KNOWN.includes(setting)) {
			const near = suggest(setting, KNOWN);
			wrong(
				text,
				`there is no setting ${setting}`,
				near ? `did you mean ${near}?` : `there are ${KNOWN.join(', ')}`,
			);
		}
		if (ABSENT[setting] !== undefined && value !== '0') wrong(text, `${setting}: ${ABSENT[setting]}`);
	}
	const integer = (setting: string, pattern: RegExp): number | undefined => {
		const value = settings.get(setting);
		if (value === undefined) return undefined;
		if (!pattern.test(value) || !Number.isSafeInteger(Number(value)))
			wrong(text, `${setting}: "${value}" is no ${pattern === SIGNED ? 'integer' : 'number'}`);
		return Number(value);
	};
	return {
		name,
		slots: slotsOf(integer('size', UNSIGNED) ?? 4),
		autoexpire: integer('autoexpire', UNSIGNED) ?? 0,
		updateexpire: integer('updateexpire', UNSIGNED) !== 0,
		initval: integer('initval', SIGNED),
		source: sourceOf(text, settings),
		dbmode: integer('dbmode', UNSIGNED) ?? 0,
	};
}

/** What the settings say of a database. */
function sourceOf(text: string, settings: ReadonlyMap<string, string>): TableSource | undefined {
	const name = (value: string) =>
		isSqlName(value) ? value : wrong(text, `"${value}" is no name of a table or a column`);
	const mark = (setting: string, otherwise: string) => {
		const value = settings.get(setting) ?? otherwise;
		return value.length <= 1 ? value : wrong(text, `${setting}: "${value}" is more than one character`);
	};
	const table = settings.get('dbtable');
	if (!table) return undefined;
	const list = settings.get('cols');
	if (!list) return { table: name(table), columns: undefined };
	const names = list.split(',').map((column) => name(column.trim()));
	if (names.length < 2) wrong(text, 'cols: a column for the key and one for the value are the least');
	if (names.length > MOST_COLUMNS) wrong(text, `cols: ${MOST_COLUMNS} columns are the limit`);
	return {
		table: name(table),
		columns: { names, delimiter: mark('coldelim', ','), nullMark: mark('colnull', '*') },
	};
}

const UNSIGNED = /^\d{1,10}$/;
const SIGNED = /^[+-]?\d{1,16}$/;

/** Sizes out of range mean something else in Kamailio, not an error. */
function slotsOf(size: number): number {
	if (size <= 1) return 8;
	return size > 31 ? 1 << 14 : 2 ** size;
}
