/**
 * The type of the host functions that the Lua parts of the engines call.
 *
 * @module
 */
import type { KemiValue, RawValue } from '../../src/kemi/value.ts';

/** A host function: takes and gives byte strings, numbers, booleans and nil (null). Whole numbers are integers. */
export type HostFunction = (...args: RawValue[]) => readonly (KemiValue | undefined)[];
