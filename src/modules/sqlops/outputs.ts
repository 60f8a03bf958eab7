/**
 * The list of variables that `sql_pvquery` puts a result into: `"$var(a);$avp(b)"`.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { type OutputVariable, outputVariable } from '../output-variable.ts';

/** Splits at commas and semicolons that stand in no parentheses or brackets. */
function namesIn(list: string): string[] {
	const names: string[] = [];
	let depth = 0;
	let name = '';
	for (const sign of list) {
		if (sign === '(' || sign === '[') depth++;
		if (sign === ')' || sign === ']') depth--;
		if ((sign === ',' || sign === ';') && depth === 0) {
			names.push(name.trim());
			name = '';
		} else name += sign;
	}
	names.push(name.trim());
	return names.filter((one) => one !== '');
}

/** A variable of the list, and whether null leaves it as it is. */
export interface Output {
	readonly variable: OutputVariable;
	readonly skipsNull: boolean;
}

/** The variables of a list; undefined after an error line. */
export function outputsOf(ctx: RequestContext, caller: string, list: string): Output[] | undefined {
	const outputs: Output[] = [];
	for (const name of namesIn(list)) {
		const variable = outputVariable(ctx, caller, name);
		if (!variable) return undefined;
		outputs.push({ variable, skipsNull: /^\$\(?avp\(/.test(name) });
	}
	if (outputs.length > 0) return outputs;
	ctx.refuse(`${caller}: no variable is given for the result`);
	return undefined;
}
