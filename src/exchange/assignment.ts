/**
 * Variables set from outside the script: `$shv(x)=1`.
 *
 * @module
 */
import { bytesOf } from '../bytes.ts';
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import type { PvValue } from '../pv/variable.ts';

/** A variable and the value it gets. Byte strings. */
export interface Assignment {
	readonly variable: string;
	readonly value: PvValue;
}

/** The place of the first `=` outside of brackets: `$sht(a=>b)=1` has one inside. */
function equalsOf(text: string): number {
	let depth = 0;
	for (let i = 0; i < text.length; i++) {
		const char = text.charAt(i);
		if ('([{'.includes(char)) depth++;
		else if (')]}'.includes(char)) depth--;
		else if (char === '=' && depth === 0) return i;
	}
	return -1;
}

/**
 * Reads `$shv(x)=1`. Digits are an integer, `$null` is no value, all else is text; quotes keep digits a text.
 * @throws KemihostError `KH_USAGE`
 */
export function parseAssignment(text: string): Assignment {
	const equals = equalsOf(text);
	if (!text.startsWith('$') || equals < 2)
		throw new KemihostError('KH_USAGE', `"${text}" sets no variable`, {
			hint: "write it as '$shv(x)=1', in single quotes so that the shell leaves the $ alone",
		});
	const written = bytesOf(text.slice(equals + 1));
	const [, quoted] = /^"(.*)"$/s.exec(written) ?? [];
	let value: PvValue = quoted ?? written;
	if (/^-?\d{1,10}$/.test(written)) value = Number(written);
	else if (written === '$null') value = null;
	return { variable: bytesOf(text.slice(0, equals)), value };
}

/**
 * Sets a variable for a request.
 * @throws KemihostError `KH_VARIABLE` if there is no such variable, or it takes no such value
 */
export function assign(ctx: RequestContext, { variable, value }: Assignment): void {
	const accessor = ctx.host.variables.variable(variable);
	if (accessor instanceof PvSyntaxError) throw new KemihostError('KH_VARIABLE', accessor.message);
	if (!accessor.set) throw new KemihostError('KH_VARIABLE', `${variable} cannot be set`);
	const done: unknown = accessor.set(ctx, value);
	if (done === false) throw new KemihostError('KH_VARIABLE', `${variable} does not take that value`);
}

/**
 * What a variable holds for a request.
 * @throws KemihostError `KH_VARIABLE` if there is no such variable
 */
export function variableValue(ctx: RequestContext, variable: string): PvValue {
	const accessor = ctx.host.variables.variable(variable);
	if (accessor instanceof PvSyntaxError) throw new KemihostError('KH_VARIABLE', accessor.message);
	return accessor.get(ctx);
}
