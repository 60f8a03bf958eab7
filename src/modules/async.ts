/**
 * The async module: a request goes on later, in another function of the script (modules/async).
 *
 * Kamailio suspends a request's transaction for it, so that its worker is free meanwhile. Here functions can simply wait
 * (`KSR.cfgutils.sleep`); these are for scripts that are written for Kamailio.
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { goOnLater } from '../kemi/continuation.ts';
import { defineModule, fn, int, type KemiFunction, type KemiModule, str } from '../kemi/module.ts';
import { pause } from '../kemi/pause.ts';

/** The longest time that Kamailio's wheel of seconds holds. */
const MAX_SECONDS = 100;
/** The longest time of its timer of milliseconds. */
const MAX_MILLISECONDS = 30_000;
/** The event that the function is called with. */
const EVENT = 'async:timer-exec';
const TASK_EVENT = 'async:task-exec';

/** What a task was given. */
const task = requestLocal((): { data: string | null; group: string | null } => ({ data: null, group: null }));

interface AsyncState {
	/** What the functions give that end the handler; a script returns it. */
	readonly result: number;
}

function later(ctx: RequestContext, name: string, milliseconds: number, event: string): number {
	if (ctx.event !== undefined)
		return ctx.refuse(`KSR.async: there is no request to go on with in ${ctx.event}`);
	const { events, waiting } = ctx.host;
	if (waiting.refusal) return ctx.refuse(`KSR.async: ${waiting.refusal}`);
	const done = async () => {
		await pause(ctx, milliseconds);
		if (!ctx.signal.aborted) await events.call(name, event, ctx);
	};
	goOnLater(ctx, waiting.begun(done()));
	return ctx.state(async_).result;
}

function runTask(ctx: RequestContext, callback: string, data: string, group: string | null): number {
	const { events, waiting } = ctx.host;
	if (waiting.refusal) return ctx.refuse(`KSR.async: ${waiting.refusal}`);
	const prepare = (made: RequestContext) => Object.assign(made.get(task), { data, group });
	void waiting.begun(events.raise(TASK_EVENT, { callback, prepare }));
	return 1;
}

const GOES_ON = 'The handler is to end without a reply: the function goes on with the request.';

function taskFunction(name: string, group: boolean): KemiFunction {
	const doc = `Goes on with the request in another function, once the handler has ended. ${GOES_ON}`;
	const cfg = `async_${name}`;
	return group
		? fn(name, [str('function'), str('group')], 'int', doc, (ctx, next) => later(ctx, next, 0, TASK_EVENT), {
				cfg,
			})
		: fn(name, [str('function')], 'int', doc, (ctx, next) => later(ctx, next, 0, TASK_EVENT), { cfg });
}

/** What a pause is counted in, with the longest one that Kamailio takes. */
interface PauseUnit {
	readonly name: 'seconds' | 'milliseconds';
	readonly milliseconds: number;
	readonly longest: number;
}

/**
 * `async_sleep` of Kamailio's own language: what follows is done later. Kamailio goes on with the rest of the block only; here the
 * handler has waited, so that the routes that have called this one go on too.
 */
function sleeping(name: string, unit: PauseUnit): KemiFunction {
	return fn(
		name,
		[int(unit.name)],
		'int',
		`Goes on after a time of 1 to ${unit.longest} ${unit.name}. Gives 1, or -1 for another time, outside of a request, and where the request's end has cut the time short.`,
		async (ctx, count) => {
			if (ctx.event !== undefined)
				return ctx.refuse(`${name}: there is no request to go on with in ${ctx.event}`);
			if (count <= 0 || count > unit.longest)
				return ctx.refuse(`${name}: ${count} ${unit.name} are not from 1 to ${unit.longest}`);
			return (await pause(ctx, count * unit.milliseconds)) ? 1 : -1;
		},
		{ waits: true },
	);
}

const async_: KemiModule<AsyncState> = defineModule({
	name: 'async',
	doc: 'Goes on with a request later, in another function of the script.',
	params: [
		{
			name: 'workers',
			type: 'int',
			default: 1,
			doc: 'Taken and not used: there are no processes for it here.',
		},
		{ name: 'ms_timer', type: 'int', default: 0, doc: 'Taken and not used: milliseconds always work.' },
		{
			name: 'return',
			type: 'int',
			default: 0,
			doc: 'What the functions give where they have taken the request.',
		},
		{ name: 'mode', type: 'int', default: 0, doc: 'Taken and not used.' },
	],
	functions: [
		fn(
			'route',
			[str('function'), int('seconds')],
			'int',
			`Goes on with the request in another function after a time of 1 to 99 seconds. ${GOES_ON} Gives the parameter return, or -1.`,
			(ctx, name, seconds) => {
				if (seconds <= 0 || seconds >= MAX_SECONDS)
					return ctx.refuse(`KSR.async.route: ${seconds} seconds are not from 1 to ${MAX_SECONDS - 1}`);
				return later(ctx, name, 1000 * seconds, EVENT);
			},
			{ cfg: 'async_route' },
		),
		fn(
			'ms_route',
			[str('function'), int('milliseconds')],
			'int',
			`As route, after milliseconds, up to 30000. ${GOES_ON}`,
			(ctx, name, milliseconds) => {
				if (milliseconds <= 0 || milliseconds > MAX_MILLISECONDS)
					return ctx.refuse(
						`KSR.async.ms_route: ${milliseconds} milliseconds are not from 1 to ${MAX_MILLISECONDS}`,
					);
				return later(ctx, name, milliseconds, EVENT);
			},
			{ cfg: 'async_ms_route' },
		),
		taskFunction('task_route', false),
		taskFunction('task_group_route', true),
		fn(
			'task_data',
			[str('function'), str('data')],
			'int',
			'Calls a function in the background, outside of the request; get_data gives it the data. Gives 1.',
			(ctx, name, data) => runTask(ctx, name, data, null),
			{ cfg: 'async_task_data' },
		),
		fn(
			'task_group_data',
			[str('function'), str('group'), str('data')],
			'int',
			'As task_data, with a name of a group, which get_gname gives.',
			(ctx, name, group, data) => runTask(ctx, name, data, group),
			{ cfg: 'async_task_group_data' },
		),
		fn(
			'get_data',
			[],
			'xval',
			'What task_data was given for this task; null outside of one.',
			(ctx) => ctx.get(task).data,
		),
		fn('get_gname', [], 'xval', "The task's group; null outside of one.", (ctx) => ctx.get(task).group),
	],
	cfgFunctions: [
		sleeping('async_sleep', { name: 'seconds', milliseconds: 1000, longest: MAX_SECONDS - 1 }),
		sleeping('async_ms_sleep', { name: 'milliseconds', milliseconds: 1, longest: MAX_MILLISECONDS }),
	],
	init: (params): AsyncState => ({ result: params.int('return') }),
});

export { async_ as async };
