/**
 * Access to tables for the functions on KSR.htable: finds a table by its name and changes it, with an error line where
 * there is none or the store refuses.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import type { KemiModule } from '../../kemi/module.ts';
import { fromStore, tryStore } from '../../kemi/try-store.ts';
import type { SharedValue } from '../../store/store.ts';
import type { HtableState } from './state.ts';
import type { HashTable } from './table.ts';

const NOT_COUNTED = -255;

/** The tables of a request's host. `caller` is the function on KSR.htable that error lines name. */
export class TableAccess {
	readonly #module: () => KemiModule<HtableState>;

	/** @param module asked for the tables; a function, since the module is made of the functions that use this */
	constructor(module: () => KemiModule<HtableState>) {
		this.#module = module;
	}

	/** What the module keeps. */
	state(ctx: RequestContext): HtableState {
		return ctx.state(this.#module());
	}

	/** A table, or undefined without a word. */
	find(ctx: RequestContext, name: string): HashTable | undefined {
		return this.state(ctx).tables.get(name);
	}

	/** A table, or undefined with an error line. */
	need(ctx: RequestContext, caller: string, name: string): HashTable | undefined {
		const table = this.find(ctx, name);
		if (!table) ctx.report('error', `KSR.htable.${caller}: there is no table "${name}"`);
		return table;
	}

	/** The value of an item; null if there is no item, or no table, which gets an error line. */
	read(ctx: RequestContext, caller: string, name: string, key: string): SharedValue | null {
		return this.need(ctx, caller, name)?.get(key) ?? null;
	}

	/**
	 * Changes a table.
	 * @returns the value for success, or -1 with an error line
	 */
	write(
		ctx: RequestContext,
		caller: string,
		name: string,
		action: (table: HashTable) => void,
		success: 0 | 1 = 1,
	): number {
		const table = this.need(ctx, caller, name);
		return table && tryStore(ctx, `KSR.htable.${caller}`, () => action(table)) ? success : -1;
	}

	/**
	 * Adds to an item.
	 * @returns the sum, or -255 if the item cannot be counted or there is no such table
	 */
	add(ctx: RequestContext, caller: string, name: string, key: string, by: number): number {
		const table = this.find(ctx, name);
		const sum = table && fromStore(ctx, `KSR.htable.${caller}`, () => table.add(key, by));
		return sum ?? NOT_COUNTED;
	}
}
