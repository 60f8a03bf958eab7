/**
 * KSR.x: ending the script, and calling native functions by name (app_lua_api.c, app_jsdt_api.c).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, str, strs } from '../kemi/module.ts';
import { EXIT } from '../kemi/throw.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';

const end = () => {
	throw EXIT;
};

/**
 * Calls a function by its native name with texts, whose variables are evaluated as the native language does. Gives
 * what a native call gives: above 0 for success, below for failure.
 */
function callNative(ctx: RequestContext, name: string, params: readonly string[]): number {
	const exported = ctx.host.exports.findCfg(name, params.length);
	if (!exported) return ctx.refuse(`KSR.x.modf: there is no native function "${name}" here`);
	const args: string[] = [];
	for (const [index, param] of params.entries()) {
		if (exported.declaration.params[index]?.cfg) {
			args.push(param);
			continue;
		}
		const text = ctx.host.variables.text(param);
		if (text instanceof PvSyntaxError) return ctx.refuse(`KSR.x.modf: ${text.message} in "${param}"`);
		args.push(text.get(ctx));
	}
	const result = exported.call(ctx, args, 'native');
	if (typeof result === 'number') return result === 0 ? 1 : result;
	return result === true ? 1 : -1;
}

/** The functions on KSR.x. */
export const x = defineModule({
	name: 'x',
	doc: 'Ending the script.',
	functions: [
		fn(
			'exit',
			[],
			'none',
			'Ends the script. It is thrown as an error, so that pcall and try see it and the script can go on.',
			end,
		),
		fn('drop', [], 'none', 'Ends the script as exit does; for HTTP there is no difference.', end),
		fn('probe', [], 'none', 'Logs a line at level debug: KSR is there.', (ctx) =>
			ctx.log('debug', 'KSR.x.probe was called'),
		),
		fn(
			'modf',
			[str('function'), strs('param')],
			'int',
			'Calls a function by its name in the native language, with texts whose variables are evaluated: above 0 for success, below for failure.',
			(ctx, name, ...params) => callNative(ctx, name, params),
		),
	],
});
