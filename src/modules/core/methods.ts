/**
 * Method names as Kamailio's parser knows them.
 *
 * @module
 */

/** The methods that Kamailio keeps a number for (core/parser/parse_methods.c), by name. */
const KNOWN = new Set(
	'INVITE CANCEL ACK BYE INFO REGISTER SUBSCRIBE NOTIFY MESSAGE OPTIONS PRACK UPDATE REFER PUBLISH KDMQ GET POST PUT DELETE'.split(
		' ',
	),
);

/** True for a method that Kamailio knows by number; case does not matter. */
export function isSupportedMethod(name: string): boolean {
	return KNOWN.has(name.toUpperCase());
}

/** True if a request's method is the one named; case does not matter. */
export function methodMatches(method: string, name: string): boolean {
	return name !== '' && method.toUpperCase() === name.toUpperCase();
}
