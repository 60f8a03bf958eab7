/**
 * Walking over the header fields or the lines of the body, by iterators that scripts name.
 *
 * Kamailio has four of each in a process, which keep their names for good and point into the request they were started
 * for, also when that is gone. Here they belong to the request, and there are four again in each.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';

/** How many iterators of a kind a request can have, and how long a name can be. */
const MOST = 4;
const LONGEST_NAME = 31;

/** Iterators of one kind by their names. Those of an empty name are never found again. */
export class Iterators<T> {
	readonly #what: string;
	readonly #byName = new Map<string, T>();

	/** @param what the sub-object and the beginning of the functions' names, for error lines */
	constructor(what: string) {
		this.#what = what;
	}

	/** Makes or replaces an iterator. False after an error line if that cannot be. */
	start(ctx: RequestContext, name: string, iterator: T): boolean {
		if (name.length > LONGEST_NAME) {
			ctx.report('error', `${this.#what}_start: the name "${name}" is longer than ${LONGEST_NAME} bytes`);
			return false;
		}
		if (!this.#byName.has(name) && this.#byName.size >= MOST) {
			ctx.report('error', `${this.#what}_start: there are ${MOST} iterators already`);
			return false;
		}
		if (name !== '') this.#byName.set(name, iterator);
		return true;
	}

	/** An iterator by its name; undefined after an error line without one. */
	find(ctx: RequestContext, name: string): T | undefined {
		const found = this.#byName.get(name);
		if (found === undefined) ctx.report('error', `${this.#what}: no iterator "${name}" was started`);
		return found;
	}
}

/** Walks over header fields by their places; it stands in front of the first one at the start. */
export class HeaderIterator {
	readonly #count: number;
	#at: number | undefined;
	#before: number | undefined;
	#ended = false;

	/** @param count how many fields there are */
	constructor(count: number) {
		this.#count = count;
	}

	/** The place of the field it stands at; undefined in front of the first and behind the last. */
	get place(): number | undefined {
		return this.#at;
	}

	/** Goes to the next field. False behind the last one, from where there is no way back. */
	next(): boolean {
		if (this.#ended) return false;
		if (this.#at !== undefined) this.#before = this.#at;
		const next = this.#at === undefined ? 0 : this.#at + 1;
		this.#at = next < this.#count ? next : undefined;
		this.#ended = this.#at === undefined;
		return !this.#ended;
	}

	/** Goes to the field before. In front of the first one too it succeeds. */
	previous(): boolean {
		if (this.#ended) return false;
		if (this.#before !== undefined && this.#before !== this.#at) this.#at = this.#before;
		else if (this.#before === undefined || this.#at === undefined || this.#at === 0) this.#restart();
		else if (this.#at > 1) this.#before = --this.#at - 1;
		else if (this.#count === 2) {
			this.#at = 0;
			this.#before = undefined;
		} else this.#restart();
		return true;
	}

	/** Stands in front of the first field again, as Kamailio's does when it is ended: the name stays in use. */
	end(): void {
		this.#at = undefined;
		this.#ended = false;
	}

	#restart(): void {
		this.#at = undefined;
		this.#before = undefined;
	}
}

/** Walks over the lines of a body. */
export class LineIterator {
	#body: string;
	#begin = 0;
	#end: number | undefined;
	#ended = false;

	constructor(body: string) {
		this.#body = body;
	}

	/** The line it stands at, with its line end; undefined in front of the first and behind the last. */
	get line(): string | undefined {
		return this.#end === undefined ? undefined : this.#body.slice(this.#begin, this.#end);
	}

	/** Goes to the next line. False behind the last one. */
	next(): boolean {
		if (this.#ended) return false;
		const begin = this.#end ?? 0;
		if (begin >= this.#body.length) {
			this.#end = undefined;
			this.#ended = true;
			return false;
		}
		const lineFeed = this.#body.indexOf('\n', begin);
		this.#begin = begin;
		this.#end = lineFeed < 0 ? this.#body.length : lineFeed + 1;
		return true;
	}

	/** Lets go of the body: there are no lines from here on. */
	end(): void {
		this.#body = '';
		this.#end = undefined;
		this.#ended = false;
	}
}
