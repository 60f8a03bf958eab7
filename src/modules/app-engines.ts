/**
 * The modules app_lua and app_jsdt: route blocks call scripts in Lua and JavaScript (modules/app_lua, app_jsdt).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import type { GuestLanguage } from '../kemi/language.ts';
import { defineModule, fn, type KemiFunction, str } from '../kemi/module.ts';

type Result = number | Promise<number>;

function run(language: GuestLanguage, ctx: RequestContext, name: string, args: readonly string[]): Result {
	return ctx.host.guests.run(language, name, args, ctx);
}

/** `lua_run("fn")`, with up to three parameters. */
function runFunctions(language: GuestLanguage, name: string): KemiFunction[] {
	const doc = (count: number) =>
		`Calls a function of the scripts that modparam("load") names${count ? `, with ${count === 1 ? 'one text' : `${count} texts`}` : ''}: 1, or -1 after an error line if it fails.`;
	const waits = { waits: true };
	return [
		fn(name, [str('function')], 'int', doc(0), (ctx, callee) => run(language, ctx, callee, []), waits),
		fn(
			name,
			[str('function'), str('a')],
			'int',
			doc(1),
			(ctx, callee, ...args) => run(language, ctx, callee, args),
			waits,
		),
		fn(
			name,
			[str('function'), str('a'), str('b')],
			'int',
			doc(2),
			(ctx, callee, ...args) => run(language, ctx, callee, args),
			waits,
		),
		fn(
			name,
			[str('function'), str('a'), str('b'), str('c')],
			'int',
			doc(3),
			(ctx, callee, ...args) => run(language, ctx, callee, args),
			waits,
		),
	];
}

function engineModule(name: string, prefix: string, language: GuestLanguage, title: string) {
	const evaluate = (ctx: RequestContext, text: string) => ctx.host.guests.evaluate(language, text, ctx);
	return defineModule({
		name,
		doc: `Calls from route blocks into ${title}.`,
		cfgFunctions: [
			...runFunctions(language, `${prefix}_run`),
			fn(
				`${prefix}_dostring`,
				[str('code')],
				'int',
				`Runs a text as ${title}: 1, or -1 after an error line.`,
				evaluate,
				{ waits: true },
			),
			fn(`${prefix}_runstring`, [str('code')], 'int', `The same as ${prefix}_dostring.`, evaluate, {
				waits: true,
			}),
			fn(
				`${prefix}_dofile`,
				[str('path')],
				'int',
				`Runs a file as ${title}: 1, or -1 after an error line.`,
				(ctx, path) => ctx.host.guests.file(language, path, ctx),
				{ waits: true },
			),
		],
	});
}

/** The module app_lua. */
export const appLua = engineModule('app_lua', 'lua', 'lua', 'Lua');
/** The module app_jsdt. */
export const appJsdt = engineModule('app_jsdt', 'jsdt', 'javascript', 'JavaScript');
