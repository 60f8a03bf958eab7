/**
 * Flags: 32 bits of the request, 32 of the script and 32 of each branch. KSR functions and variables work on
 * the same bits.
 *
 * @module
 */
import { requestLocal } from './context.ts';

/** A set of 32 flags. */
export interface FlagStore {
	bits: number;
}

/** The request's flags. */
export const requestFlags = requestLocal<FlagStore>(() => ({ bits: 0 }));

/** The script's flags; Kamailio resets them before each request (core/receive.c). */
export const scriptFlagBits = requestLocal<FlagStore>(() => ({ bits: 0 }));

/** The flags of the request as its own first branch; what a script adds branches for has theirs. */
export const branchFlags = requestLocal<FlagStore>(() => ({ bits: 0 }));
