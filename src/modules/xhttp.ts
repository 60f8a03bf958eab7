/**
 * The xhttp module: which requests go to the script, and the script's reply (modules/xhttp/xhttp_mod.c).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { plainReply, RETRY_AFTER } from '../http/reply.ts';
import type { RequestContext } from '../kemi/context.ts';
import { goesOn, untilDone } from '../kemi/continuation.ts';
import {
	defineModule,
	fn,
	int,
	type KemiModule,
	type ParamValues,
	type Postponable,
	str,
	strOrNull,
} from '../kemi/module.ts';
import { compilePosix, type PosixRegex } from '../pv/posix-regex.ts';
import { urlTransformations } from '../pv/transformations/url.ts';
import { sl } from './sl.ts';

const REQUEST = 'xhttp:request';

/** What the module keeps of its parameters. */
interface XhttpState {
	/** True for the targets that are for the script. */
	takes: (target: string) => boolean;
	/** Who handles requests, for messages. */
	handler: string;
	/** The status for a handler that did not reply; `close` ends the connection without an answer to read. */
	noReply: number | 'close';
}

/** The parameters `url_skip` and `url_match` of a module, the first of which has priority. */
function urlFilter(module: string, params: ParamValues): (target: string) => boolean {
	const skip = regexParam(module, params, 'url_skip');
	const match = regexParam(module, params, 'url_match');
	return (target) => !skip?.test(target) && (match?.test(target) ?? true);
}

function regexParam(module: string, params: ParamValues, name: string): PosixRegex | undefined {
	const source = params.str(name);
	if (!source) return undefined;
	const regex = compilePosix(source);
	if (typeof regex !== 'string') return regex;
	throw new KemihostError('KH_MODPARAM', `parameter ${name} of module ${module}: ${regex}`, {
		hint: 'it is a POSIX extended regular expression',
	});
}

function noReplyParam(params: ParamValues): number | 'close' {
	const value = params.str('no_reply') ?? '404';
	if (value === 'close') return 'close';
	if (/^[2-6]\d\d$/.test(value)) return Number(value);
	throw new KemihostError('KH_MODPARAM', `parameter no_reply of module xhttp: "${value}" is no status code`, {
		hint: 'a code from 200 to 699, or "close"',
	});
}

/**
 * Replies to the request, for scripts and, as `api.reply`, for other modules.
 * @returns 0, or -1 if the reply is refused (api.h: xhttp_reply)
 */
function reply(
	ctx: RequestContext,
	code: number,
	reason: string,
	contentType: string | null,
	body: string | null,
): number {
	const second = ctx.reply.final !== undefined;
	const refused = ctx.reply.send(code, reason, contentType, body);
	if (refused === undefined) return 0;
	if (!second) ctx.refusedReplies++;
	ctx.report(second ? 'warning' : 'error', `the reply ${code} is refused: ${refused}`);
	return -1;
}

/** A first reply with arguments that are surely good. */
const REPLIED: Postponable = {
	gives: 0,
	ready: (ctx) => ctx.reply.untouched,
	last: true,
	sure(code, reason, type, body, ...more) {
		if (typeof code !== 'number' || code % 1 !== 0 || code < 200 || code > 699) return false;
		if (typeof reason !== 'string' || (typeof type !== 'string' && type !== null) || more.length > 0)
			return false;
		if (typeof body !== 'string' && body !== null) return false;
		for (let i = 0; i < reason.length; i++)
			if ((reason[i] as string) < ' ' || (reason[i] as string) > '~') return false;
		for (let i = 0; type !== null && i < type.length; i++)
			if ((type[i] as string) < ' ' || (type[i] as string) > '~') return false;
		return true;
	},
};

/** The same as the native language has it, which looks at its parameters. */
function replyNative(
	ctx: RequestContext,
	code: number,
	reason: string,
	contentType: string,
	body: string,
): number {
	const wrong =
		code < 100 || code > 700 ? `${code} is no status` : reason === '' ? 'the reason is empty' : undefined;
	if (wrong === undefined) return reply(ctx, code, reason, contentType, body) === 0 ? 1 : -1;
	ctx.refusedReplies++;
	return ctx.refuse(`xhttp_reply: ${wrong}`);
}

/**
 * Has the script answer the request, by the handler of an event. There is a reply in the end, whatever the handler does.
 * @param handler who that is, for messages
 */
function serve(ctx: RequestContext, event: string, handler: string): true | Promise<true> {
	if (ctx.host.turnsAway(ctx)) return true;
	const waiting = ctx.host.events.handle(event, ctx);
	if (waiting !== undefined || goesOn(ctx)) return untilAnswered(ctx, handler, waiting);
	answerForTheScript(ctx, handler);
	return true;
}

/** A handler that waits, or that goes on later in another function. */
async function untilAnswered(
	ctx: RequestContext,
	handler: string,
	waiting: Promise<undefined> | undefined,
): Promise<true> {
	await waiting;
	if (!ctx.reply.final && goesOn(ctx) && !(await ctx.host.waiting.hold(ctx, () => untilDone(ctx)))) {
		ctx.abort(new Error('too many requests wait'));
		ctx.host.metrics?.stopped('waiting');
		ctx.log('debug', `${ctx.subject} got 503: too many handlers wait for it to go on later`);
		ctx.reply.replace(plainReply(503, { headers: RETRY_AFTER }));
	}
	answerForTheScript(ctx, handler);
	return true;
}

/** What the client gets where the handler ended without a reply. */
function answerForTheScript(ctx: RequestContext, handler: string): void {
	if (ctx.reply.final) return;
	if (ctx.refusedReplies > 0) {
		ctx.reply.replace(plainReply(500));
		return;
	}
	const { noReply } = ctx.state(xhttp);
	ctx.log('warning', `${handler || `event_route[${REQUEST}]`} ended without a reply: ${ctx.subject}`);
	ctx.reply.replace(noReply === 'close' ? plainReply(404, { close: true }) : plainReply(noReply));
}

/** What other modules get of this one. */
interface XhttpApi {
	readonly reply: typeof reply;
	readonly serve: typeof serve;
	readonly urlFilter: typeof urlFilter;
}

/** The functions on KSR.xhttp. */
export const xhttp: KemiModule<XhttpState, XhttpApi> = defineModule({
	name: 'xhttp',
	doc: 'HTTP requests and replies.',
	depends: [sl.name],
	params: [
		{
			name: 'url_skip',
			type: 'str',
			default: null,
			doc: 'Requests whose target matches are not for the script.',
		},
		{
			name: 'url_match',
			type: 'str',
			default: null,
			doc: 'Only requests whose target matches are for the script.',
		},
		{
			name: 'event_callback',
			type: 'str',
			default: null,
			doc: 'The function that is called with "xhttp:request" for each request.',
		},
		{
			name: 'no_reply',
			type: 'str',
			default: '404',
			doc: 'The status for a handler that ends without a reply, or "close" to end the connection too.',
		},
	],
	cfgFunctions: [
		fn(
			'xhttp_reply',
			[int('code'), str('reason'), str('content_type'), str('body')],
			'int',
			'Sends the reply: 1 when it was taken, -1 when it was refused, as a code outside of 100 to 700 and an empty reason are.',
			replyNative,
			{ sendsReply: true },
		),
	],
	functions: [
		fn(
			'xhttp_reply',
			[int('code'), str('reason'), strOrNull('content_type'), strOrNull('body')],
			'int',
			'Sends the reply: 0 when it was taken, -1 when it was refused. Nothing is sent after a first reply.',
			reply,
			{ sendsReply: true, later: REPLIED },
		),
		fn('get_hu', [], 'xval', 'The request target as it came, the same as $hu.', (ctx) => ctx.request.target, {
			steady: true,
		}),
	],
	variables: [
		{
			names: ['hu'],
			doc: 'The request target as it came, with its query.',
			steady: true,
			get: (ctx) => ctx.request.target,
		},
	],
	transformations: urlTransformations,
	events: [
		{
			name: REQUEST,
			callbackParam: 'event_callback',
			required: true,
			doc: 'An HTTP request that is for the script.',
		},
	],
	api: { reply, serve, urlFilter },

	init: (params) => ({
		takes: urlFilter('xhttp', params),
		handler: params.str('event_callback') ?? `event_route[${REQUEST}]`,
		noReply: noReplyParam(params),
	}),

	request(ctx, state) {
		if (!ctx.host.events.handles(REQUEST) || !state.takes(ctx.request.target)) return false;
		return serve(ctx, REQUEST, state.handler);
	},
});
