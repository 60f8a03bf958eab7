/**
 * Module parameters that name the variables for what functions find: `modparam("mtree", "pv_value", "$var(value)")`.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { HostServices } from '../kemi/context.ts';
import type { ParamValues } from '../kemi/module.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { type AvpNameOf, avpName } from '../pv/variables/avp.ts';
import type { OutputVariable } from './output-variable.ts';

function wrong(module: string, name: string, why: string): KemihostError {
	return new KemihostError('KH_MODPARAM', `parameter ${name} of module ${module}: ${why}`);
}

/**
 * A variable that can be set; undefined if none is named.
 * @throws KemihostError `KH_MODPARAM`
 */
export function variableParam(
	params: ParamValues,
	module: string,
	name: string,
	host: HostServices,
): OutputVariable | undefined {
	const source = params.str(name);
	if (!source) return undefined;
	const variable = host.variables.variable(source);
	if (variable instanceof PvSyntaxError) throw wrong(module, name, `${source}: ${variable.message}`);
	if (!variable.set) throw wrong(module, name, `${source} is read-only`);
	return variable as OutputVariable;
}

/**
 * The name of a stack of values; undefined if none is named.
 * @throws KemihostError `KH_MODPARAM`
 */
export function avpParam(
	params: ParamValues,
	module: string,
	name: string,
	host: HostServices,
): AvpNameOf | undefined {
	const source = params.str(name);
	if (!source) return undefined;
	const [, inner] = /^\$(?:avp\((.+)\)|\(avp\((.+)\)\))$/.exec(source) ?? [];
	const text = inner === undefined ? undefined : host.variables.text(inner);
	if (text === undefined) throw wrong(module, name, `"${source}" is no $avp(name)`);
	try {
		if (text instanceof PvSyntaxError) throw text;
		return avpName(text);
	} catch (error) {
		if (error instanceof PvSyntaxError) throw wrong(module, name, `${source}: ${error.message}`);
		throw error;
	}
}
