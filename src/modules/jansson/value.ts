/**
 * JSON values as the jansson library tells them apart.
 *
 * @module
 */

/** An integer is a bigint, a real number a number. Texts are byte strings of UTF-8. */
export type JsonValue = JsonObject | JsonValue[] | string | bigint | number | boolean | null;

/** An object's members in the order they were written: a plain object would put a member `1` before `a`. */
export type JsonObject = Map<string, JsonValue>;
