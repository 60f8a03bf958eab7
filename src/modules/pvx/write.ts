/**
 * Setting a variable that a script named as a text.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import type { PvValue } from '../../pv/variable.ts';

/**
 * Sets a variable: 1, or -1 after an error line if there is none of that name or it takes no such value.
 * @param caller the function's name, for the error line
 */
export function setVariable(ctx: RequestContext, caller: string, name: string, value: PvValue): 1 | -1 {
	const variable = ctx.host.variables.variable(name);
	if (variable instanceof PvSyntaxError) return ctx.refuse(`${caller}: ${name}: ${variable.message}`);
	if (!variable.set) return ctx.refuse(`${caller}: ${name} is read-only`);
	const done: unknown = variable.set(ctx, value);
	return done === false ? -1 : 1;
}
