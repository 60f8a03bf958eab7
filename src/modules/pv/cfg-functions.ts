/**
 * The functions of the pv module that only Kamailio's own language has (modules/pv/pv.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fixed, fn, type KemiFunction, str, variable } from '../../kemi/module.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import type { PvValue } from '../../pv/variable.ts';
import { setVariable } from '../pvx/write.ts';

/** A question about a variable's value, by the variable's name. */
function question(name: string, doc: string, test: (value: PvValue) => boolean): KemiFunction {
	return fn(name, [fixed('variable')], 'bool', doc, (ctx, source) => test(read(ctx, name, source)));
}

function read(ctx: RequestContext, caller: string, source: string): PvValue {
	const accessor = ctx.host.variables.variable(source);
	if (!(accessor instanceof PvSyntaxError)) return accessor.get(ctx);
	ctx.refuse(`${caller}: ${source}: ${accessor.message}`);
	return null;
}

const TYPES: Readonly<Record<string, (value: PvValue) => boolean>> = {
	int: (value) => typeof value === 'number',
	str: (value) => typeof value === 'string',
	null: (value) => value === null,
	xavp: () => false,
};

/** Functions about variables. */
export const pvCfgFunctions: readonly KemiFunction[] = [
	question('pv_isset', 'True if a variable has a value.', (value) => value !== null),
	question('is_int', 'True if a variable holds an integer.', (value) => typeof value === 'number'),
	question('not_empty', 'True if a variable holds a text that is not empty.', (value) => {
		return typeof value === 'string' && value !== '';
	}),
	fn(
		'typeof',
		[fixed('variable'), str('type')],
		'bool',
		'True if a variable is of a type: int, str, null.',
		(ctx, source, type) => {
			const holds = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
			return holds?.(read(ctx, 'typeof', source)) ?? false;
		},
	),
	fn(
		'pv_printf',
		[variable('variable'), str('text')],
		'int',
		'Sets a variable to a text with variables in it.',
		(ctx, source, text) => setVariable(ctx, 'pv_printf', source, text),
	),
	fn(
		'avp_printf',
		[variable('variable'), str('text')],
		'int',
		'The same as pv_printf.',
		(ctx, source, text) => setVariable(ctx, 'avp_printf', source, text),
	),
	fn('pv_unset', [variable('variable')], 'int', 'Sets a variable to null.', (ctx, source) =>
		setVariable(ctx, 'pv_unset', source, null),
	),
];
