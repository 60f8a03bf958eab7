/**
 * The counters module: counters by group and name (modules/counters). They are kept with those of the statistics module,
 * so that `$stat` and the RPC commands know them all.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fixed, fn, int, type KemiFunction, type KemiModule } from '../kemi/module.ts';
import { statistics } from './statistics.ts';

/** A counter's group and name, as `group.name` or `name` says them. */
function split(text: string, defaultGroup: string): readonly [group: string, name: string] {
	const dot = text.indexOf('.');
	return dot < 0 ? [defaultGroup, text] : [text.slice(0, dot), text.slice(dot + 1)];
}

/** What the module keeps. */
interface CountersState {
	/** The group of names without one. */
	readonly group: string;
}

/** A function of a counter: 1, or -1 after an error line if there is no such counter. */
function counterFunction(
	name: 'inc' | 'reset',
	doc: string,
	run: (ctx: RequestContext, group: string, counter: string) => boolean,
): KemiFunction {
	return fn(name, [fixed('name')], 'int', doc, (ctx, text) => onCounter(ctx, text, run), {
		cfg: `cnt_${name}`,
	});
}

function onCounter(
	ctx: RequestContext,
	text: string,
	run: (ctx: RequestContext, group: string, counter: string) => boolean,
): number {
	const [group, name] = split(text, ctx.state(counters).group);
	if (run(ctx, group, name)) return 1;
	return ctx.refuse(
		`KSR.counters: there is no counter "${group}.${name}"; modparam("counters", "script_counter", "${group}.${name}") declares one`,
	);
}

/** The functions on KSR.counters. */
export const counters: KemiModule<CountersState> = defineModule<CountersState>({
	name: 'counters',
	doc: 'Counters in groups, which all children share.',
	depends: ['statistics'],
	params: [
		{
			name: 'script_cnt_grp_name',
			type: 'str',
			default: 'script',
			doc: 'The group of names without a dot.',
		},
		{
			name: 'script_counter',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Declares a counter: name or group.name, after a blank or a colon what it counts, for cnt.help.',
		},
	],
	init(params, host) {
		const group = params.str('script_cnt_grp_name') ?? 'script';
		const all = host.state(statistics);
		for (const source of params.all('script_counter').map(String)) {
			// everything behind the first colon, or behind the first blank where there is no colon, as in Kamailio
			const [, path = '', description] = /^([^:]*):[ \t]*(.*)$/s.exec(source) ??
				/^([^ ]*) [ \t]*(.*)$/s.exec(source) ?? [source, source];
			const [counterGroup, name] = split(path, group);
			if (counterGroup === '' || name === '')
				throw new KemihostError(
					'KH_MODPARAM',
					`parameter script_counter of module counters: "${source}" names no counter`,
				);
			all.declare(counterGroup, name, { description: description || 'custom script counter.' });
		}
		return { group };
	},
	functions: [
		counterFunction(
			'inc',
			'Adds 1 to a counter, named as group.name or as name in the group script: 1, or -1 if there is none.',
			(ctx, group, name) => ctx.state(statistics).addTo(group, name, 1),
		),
		fn(
			'add',
			[fixed('name'), int('by')],
			'int',
			'Adds to a counter, or takes away with a negative number: 1, or -1 if there is none.',
			(ctx, text, by) =>
				onCounter(ctx, text, (_ctx, group, name) => ctx.state(statistics).addTo(group, name, by)),
			{ cfg: 'cnt_add' },
		),
		counterFunction('reset', 'Sets a counter to 0: 1, or -1 if there is none.', (ctx, group, name) =>
			ctx.state(statistics).resetIn(group, name),
		),
	],
});
