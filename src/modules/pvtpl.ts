/**
 * KSR.pvtpl: texts with variables in files, which are read at the start (modules/pvtpl). It is built from Kamailio's
 * documentation: 5.6.3 does not have it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, str, variable } from '../kemi/module.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { outputVariable } from './output-variable.ts';
import { parseParams } from './pvx/params.ts';

/** The texts by their names, with their variables as they stand there. */
type Templates = Map<string, string>;

const wrong = (why: string) => new KemihostError('KH_MODPARAM', `parameter tpl of module pvtpl: ${why}`);

/** Reads what `name=NAME;fpath=PATH` declares. `bsize` may stand there; a text has the room that it needs. */
function declare(templates: Templates, source: string): void {
	const params = new Map(parseParams(source)?.map(([name, value]) => [name.toLowerCase(), value]));
	const [name, path] = [params.get('name'), params.get('fpath')];
	if (!name || !path) throw wrong(`"${source}": write name=NAME;fpath=PATH`);
	if (templates.has(name)) throw wrong(`there are two templates "${name}"`);
	try {
		templates.set(name, readFileSync(Buffer.from(path, 'latin1').toString('utf8'), 'latin1'));
	} catch (error) {
		throw wrong((error as Error).message);
	}
}

function render(ctx: RequestContext, name: string, variableName: string): number {
	const caller = 'KSR.pvtpl.pvtpl_render';
	const source = ctx.state(pvtpl).get(name);
	if (source === undefined) return ctx.refuse(`${caller}: there is no template "${name}"`);
	const result = outputVariable(ctx, caller, variableName);
	if (!result) return -1;
	const text = ctx.host.variables.text(source);
	if (text instanceof PvSyntaxError)
		return ctx.refuse(`${caller}: template "${name}", column ${text.column + 1}: ${text.message}`);
	result.set(ctx, text.get(ctx));
	return 1;
}

/** The functions on KSR.pvtpl. */
export const pvtpl: KemiModule<Templates> = defineModule<Templates>({
	name: 'pvtpl',
	doc: 'Texts with variables in files.',
	params: [
		{
			name: 'tpl',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'A template: name=NAME;fpath=PATH. The file is read at the start.',
		},
	],
	init(params) {
		const templates: Templates = new Map();
		for (const source of params.all('tpl')) declare(templates, String(source));
		return templates;
	},
	functions: [
		fn(
			'pvtpl_render',
			[str('template'), variable('variable')],
			'int',
			'Puts a template with the values of its variables into a variable: 1, or -1 without such a template or variable.',
			render,
			{ cfg: 'pvtpl_render' },
		),
	],
});
