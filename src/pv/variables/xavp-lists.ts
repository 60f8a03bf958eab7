/**
 * The lists behind `$xavp`, `$xavu` and `$xavi` (core/xavp.c): named values, several of a name, newest first, where a
 * value can be a list in turn.
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import type { KemiValue } from '../../kemi/value.ts';
import type { PvValue } from '../variable.ts';

/** What an item holds. */
export type XavpValue = string | number | XavpList;

/** One named value. */
export interface XavpItem {
	readonly name: string;
	value: XavpValue;
}

/** A list of items. Indexes count from the newest item of a name, negative ones from the oldest. */
export class XavpList {
	/** Oldest first, so that adding is cheap. */
	#items: XavpItem[] = [];
	readonly #ignoreCase: boolean;

	/** @param ignoreCase true for `$xavi` */
	constructor(ignoreCase: boolean) {
		this.#ignoreCase = ignoreCase;
	}

	/** An empty list for an item of this one. */
	sublist(): XavpList {
		return new XavpList(this.#ignoreCase);
	}

	/** All items, newest first. */
	items(): XavpItem[] {
		return this.#items.toReversed();
	}

	/** The items of a name, newest first. */
	all(name: string): XavpItem[] {
		const key = this.#key(name);
		return this.items().filter((item) => this.#key(item.name) === key);
	}

	count(name: string): number {
		return this.all(name).length;
	}

	/** The value at an index of a name; undefined if there is none. */
	at(name: string, index: number): XavpValue | undefined {
		return this.#items[this.#place(name, index)]?.value;
	}

	/** Adds a newest item. */
	add(name: string, value: XavpValue): void {
		this.#items.push({ name, value });
	}

	/** Adds an item behind the oldest of its name; where there is none, it becomes the newest of the list. */
	addOldest(name: string, value: XavpValue): void {
		const place = this.#place(name, -1);
		if (place < 0) this.add(name, value);
		else this.#items.splice(place, 0, { name, value });
	}

	/** Replaces the value at an index. False if there is none. */
	replace(name: string, index: number, value: XavpValue): boolean {
		const item = this.#items[this.#place(name, index)];
		if (item) item.value = value;
		return item !== undefined;
	}

	/** Removes the item at an index, if there is one. */
	remove(name: string, index: number): void {
		const place = this.#place(name, index);
		if (place >= 0) this.#items.splice(place, 1);
	}

	removeAll(name: string): void {
		const key = this.#key(name);
		this.#items = this.#items.filter((item) => this.#key(item.name) !== key);
	}

	/** Moves the first `count` items of a name behind the others of that name (`xavp_lshift`). */
	rotate(name: string, count: number): void {
		const items = this.all(name);
		if (items.length === 0) return;
		const by = ((count % items.length) + items.length) % items.length;
		if (by === 0) return;
		this.removeAll(name);
		for (const item of [...items.slice(by), ...items.slice(0, by)].toReversed())
			this.add(item.name, item.value);
	}

	/** A copy of the plain values; lists inside are left out, as Kamailio's copies have one level. */
	copy(): XavpList {
		const list = this.sublist();
		for (const { name, value } of this.#items) if (!(value instanceof XavpList)) list.add(name, value);
		return list;
	}

	/** The names, each once, in the order of the newest item of each. */
	names(): string[] {
		const names = new Map<string, string>();
		for (const { name } of this.items()) if (!names.has(this.#key(name))) names.set(this.#key(name), name);
		return [...names.values()];
	}

	/** The list for a script: under each name an array of its values, newest first. */
	toScript(): { [name: string]: KemiValue } {
		return Object.fromEntries(
			this.names().map((name) => [
				name,
				this.all(name).map(({ value }) => (value instanceof XavpList ? value.toScript() : value)),
			]),
		);
	}

	#key(name: string): string {
		return this.#ignoreCase ? name.toLowerCase() : name;
	}

	/** Where an index of a name is; -1 if nowhere. */
	#place(name: string, index: number): number {
		const key = this.#key(name);
		const step = index < 0 ? 1 : -1;
		let left = index < 0 ? -index - 1 : index;
		for (let place = index < 0 ? 0 : this.#items.length - 1; this.#items[place]; place += step) {
			if (this.#key((this.#items[place] as XavpItem).name) === key && left-- === 0) return place;
		}
		return -1;
	}
}

/** The three kinds: `xavp`; `xavu`, where a name has one value; `xavi`, without regard to case. */
export type XavpKind = 'xavp' | 'xavu' | 'xavi';

const roots = {
	xavp: requestLocal(() => new XavpList(false)),
	xavu: requestLocal(() => new XavpList(false)),
	xavi: requestLocal(() => new XavpList(true)),
};

/** The request's list of a kind. */
export function rootList(ctx: RequestContext, kind: XavpKind): XavpList {
	return ctx.get(roots[kind]);
}

/** A value as a variable gives it. Kamailio shows a list by its address; here it is a fixed text. */
export function shown(value: XavpValue | undefined): PvValue {
	return value instanceof XavpList ? '<<xavp>>' : (value ?? null);
}

/** Sets a field of the newest item of a name, which is made or replaced where it is no list. */
export function setChild(root: XavpList, name: string, field: string, value: XavpValue): void {
	let list = root.at(name, 0);
	if (!(list instanceof XavpList)) {
		if (list !== undefined) root.remove(name, 0);
		list = root.sublist();
		root.add(name, list);
	}
	list.remove(field, 0);
	list.add(field, value);
}

/** A field of the newest item of a name; undefined if there is none. */
export function getChild(root: XavpList, name: string, field: string): XavpValue | undefined {
	const list = root.at(name, 0);
	return list instanceof XavpList ? list.at(field, 0) : undefined;
}
