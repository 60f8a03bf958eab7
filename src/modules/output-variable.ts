/**
 * Variables that a function puts its result into, by their names: `KSR.jansson.get(path, document, "$var(x)")`.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import type { Accessor } from '../pv/variable.ts';

/** A variable that can be set. */
export type OutputVariable = Required<Accessor>;

/**
 * The variable of a name; undefined after an error line if there is none or it is read-only. Kamailio looks at it
 * before it does the function's work, and does not look at whether the variable took the result.
 * @param caller the function's name, for the error line
 */
export function outputVariable(
	ctx: RequestContext,
	caller: string,
	name: string,
): OutputVariable | undefined {
	const variable = ctx.host.variables.variable(name);
	if (variable instanceof PvSyntaxError) ctx.refuse(`${caller}: ${name}: ${variable.message}`);
	else if (variable.set) return variable as OutputVariable;
	else ctx.refuse(`${caller}: ${name} is read-only`);
	return undefined;
}
