/**
 * The values that pass between scripts and KSR functions.
 *
 * @module
 */

/** What a KSR function can give back: `xval` in Kamailio's tables (core/kemi.h). Strings are byte strings. */
export type KemiValue = string | number | boolean | null | KemiValue[] | { [key: string]: KemiValue };

/** A script value that no KSR parameter can take: a table, a function, an object, a symbol. */
export class ForeignValue {
	/** The value's type in the words of its language, for the error message. */
	readonly type: string;

	constructor(type: string) {
		this.type = type;
	}
}

/** An argument as an engine hands it over: a byte string, a number, a boolean, nothing, or something foreign. */
export type RawValue = string | number | bigint | boolean | null | undefined | ForeignValue;
