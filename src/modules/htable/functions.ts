/**
 * The functions on KSR.htable (htable.c), put together in the order of the reference.
 *
 * @module
 */
import type { KemiFunction, KemiModule } from '../../kemi/module.ts';
import { itemFunctions } from './item-functions.ts';
import { iteratorFunctions } from './iterator-functions.ts';
import { lockFunctions } from './lock-functions.ts';
import { selectionFunctions } from './selection-functions.ts';
import type { HtableState } from './state.ts';
import { TableAccess } from './table-access.ts';

/**
 * The functions of the module.
 * @param module asked for the request's tables; a function, since the module is made of its functions
 */
export function htableFunctions(module: () => KemiModule<HtableState>): readonly KemiFunction[] {
	const tables = new TableAccess(module);
	return [
		...itemFunctions(tables),
		...selectionFunctions(tables),
		...lockFunctions(tables),
		...iteratorFunctions(tables),
	];
}
