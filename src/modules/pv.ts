/**
 * KSR.pv: pseudo-variables by name (core/kemi.c), and the variables and transformations that the pv module brings.
 *
 * @module
 */
import type { HostServices, RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, long, str, strOrNull } from '../kemi/module.ts';
import { leadingInteger } from '../pv/integers.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { standardTransformations } from '../pv/transformations/standard.ts';
import { type Accessor, integerOf, type PvValue } from '../pv/variable.ts';
import { createPvState, keepPvState } from '../pv/variables/pv-state.ts';
import { standardVariables } from '../pv/variables/standard.ts';
import { pvCfgFunctions } from './pv/cfg-functions.ts';
import { pvRpc } from './pv/rpc.ts';

/** The variable that a script named; undefined after an error line if the name is not good. */
function lookUp(ctx: RequestContext, name: string): Accessor | undefined {
	const accessor = ctx.host.variables.variable(name);
	if (!(accessor instanceof PvSyntaxError)) return accessor;
	ctx.report('error', `${name}: ${accessor.message} (column ${accessor.column + 1})`);
	return undefined;
}

function read(ctx: RequestContext, name: string): PvValue {
	return lookUp(ctx, name)?.get(ctx) ?? null;
}

/** What makes the reading of a variable steady. */
const STEADY = {
	steady: (host: HostServices, name: string): boolean => {
		const accessor = host.variables.variable(name);
		return !(accessor instanceof PvSyntaxError) && accessor.steady === true;
	},
};

/** What a variable is as an integer; of a text what `parse` makes of it. */
function readInteger(ctx: RequestContext, name: string, parse: (text: string) => number): number {
	const accessor = lookUp(ctx, name);
	if (!accessor) return 0;
	return integerOf(accessor, ctx) ?? parse(String(accessor.get(ctx) ?? ''));
}

/** As `leadingInteger`, of up to 53 bits. */
const leadingLong = (text: string) => Number(/^[+-]?\d+/.exec(text)?.[0] ?? 0);

function write(ctx: RequestContext, name: string, value: PvValue): boolean {
	const accessor = lookUp(ctx, name);
	return accessor !== undefined && accessor.set?.(ctx, value) !== false;
}

/** The functions on KSR.pv. */
export const pv = defineModule({
	name: 'pv',
	doc: 'Pseudo-variables.',
	params: [
		{
			name: 'shvset',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Declares a $shv with its first value: name=s:text or name=i:number.',
		},
		{
			name: 'varset',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Declares a $var with its first value: name=s:text or name=i:number.',
		},
	],
	init: (params, host) => keepPvState(host, createPvState(params, host.store)),
	functions: [
		fn('get', [str('name')], 'xval', "The variable's value; null if it has none.", read, STEADY),
		fn(
			'gete',
			[str('name')],
			'xval',
			"The variable's value; an empty string where it has none.",
			(ctx, name) => {
				return read(ctx, name) ?? '';
			},
			STEADY,
		),
		fn('getw', [str('name')], 'xval', "The variable's value; <null> where it has none.", (ctx, name) => {
			return read(ctx, name) ?? '<null>';
		}),
		fn(
			'getvn',
			[str('name'), int('default')],
			'xval',
			"The variable's value; a number of your choice where it has none.",
			(ctx, name, otherwise) => read(ctx, name) ?? otherwise,
		),
		fn(
			'getvs',
			[str('name'), str('default')],
			'xval',
			"The variable's value; a text of your choice where it has none.",
			(ctx, name, otherwise) => read(ctx, name) ?? otherwise,
		),
		fn(
			'geti',
			[str('name')],
			'int',
			"The variable's value as an integer; of a text what it begins with, 0 if that is none.",
			(ctx, name) => {
				return readInteger(ctx, name, leadingInteger) | 0;
			},
		),
		fn(
			'getl',
			[str('name')],
			'xval',
			"The variable's value as an integer of up to 53 bits; 0 if it is none.",
			(ctx, name) => readInteger(ctx, name, leadingLong),
		),
		fn(
			'sets',
			[str('name'), strOrNull('value')],
			'bool',
			'Sets the variable to a text; nil or null stores an empty one. A read-only variable stays as it is.',
			(ctx, name, value) => write(ctx, name, value ?? ''),
		),
		fn('seti', [str('name'), int('value')], 'bool', 'Sets the variable to an integer.', write),
		fn(
			'setl',
			[str('name'), long('value')],
			'bool',
			'Sets the variable to an integer of up to 53 bits.',
			write,
		),
		fn(
			'unset',
			[str('name')],
			'bool',
			'Sets the variable to null: a $var then reads 0, of an $avp the newest value goes.',
			(ctx, name) => write(ctx, name, null),
		),
		fn('is_null', [str('name')], 'bool', 'True if the variable has no value.', (ctx, name) => {
			return read(ctx, name) === null;
		}),
	],
	cfgFunctions: pvCfgFunctions,
	variables: standardVariables,
	rpc: pvRpc,
	transformations: standardTransformations,
});
