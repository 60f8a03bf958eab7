/**
 * The lists of the secfilter module (modules/secfilter/secfilter_db.c).
 *
 * @module
 */
import { lowerAscii } from '../../bytes.ts';
import { integer, type ReadTable, RowError, required } from '../cached-tables.ts';

/** What lists there are of each kind, in the order of the column `type`. */
export const SUBJECTS = ['ua', 'country', 'domain', 'ip', 'user'] as const;
/** What a list is about. */
export type Subject = (typeof SUBJECTS)[number];

/** `action`: what is refused, what is let pass, and destinations that are refused. */
const ACTIONS = { black: 0, white: 1, destination: 2 } as const;

/** What is on the lists. Texts begin with what is listed, in whatever case. */
export class Lists {
	readonly black: Readonly<Record<Subject, string[]>> = empty();
	readonly white: Readonly<Record<Subject, string[]>> = empty();
	readonly destinations: string[] = [];

	/** The list that a row belongs to. Throws a RowError where there is none. */
	listFor(action: number, type: number): string[] {
		const subject = SUBJECTS[type];
		if (action === ACTIONS.destination && type === 0) return this.destinations;
		if (!subject) throw new RowError(`type is ${type}; there are 0 to ${SUBJECTS.length - 1}`);
		if (action === ACTIONS.black || action === ACTIONS.destination) return this.black[subject];
		if (action === ACTIONS.white) return this.white[subject];
		throw new RowError(`action is ${action}; there are 0, 1 and 2`);
	}
}

function empty(): Record<Subject, string[]> {
	return { ua: [], country: [], domain: [], ip: [], user: [] };
}

/** True if a text begins with something on a list. */
export function isListed(list: readonly string[], text: string): boolean {
	const lower = lowerAscii(text);
	return list.some((item) => lower.startsWith(lowerAscii(item)));
}

/**
 * Reads the table.
 * @throws SqlError or RowError
 */
export async function readLists(
	read: ReadTable,
	table: string,
	columns: readonly [action: string, type: string, data: string],
): Promise<Lists> {
	const lists = new Lists();
	for (const [action, type, data] of await read(table, columns))
		lists
			.listFor(integer(action, columns[0]), integer(type, columns[1]))
			.push(String(required(data, columns[2])));
	return lists;
}
