/**
 * Raises an error inside a script from the host.
 *
 * @module
 */

/**
 * Thrown by a KSR function, it becomes an error of the script's own language at the place of the call: with `kind`
 * `value` the bare string (which is how Kamailio's `KSR.x.exit` ends a script), otherwise an error object of that
 * class, or in Lua the message behind the position. No stack is taken: what matters is where the script stands.
 */
export class ScriptThrow {
	readonly message: string;
	readonly kind: 'value' | 'Error' | 'RangeError';

	constructor(message: string, kind: 'value' | 'Error' | 'RangeError' = 'Error') {
		this.message = message;
		this.kind = kind;
	}
}

/**
 * The string that Kamailio's `KSR.x.exit()` throws. A script that ends with this value uncaught ended normally,
 * whoever threw it (app_lua_api.c, app_jsdt_api.c).
 */
export const EXIT_VALUE = '~~ksr~exit~~';

/** The one error that `exit` and `drop` throw. */
export const EXIT = new ScriptThrow(EXIT_VALUE, 'value');
