/**
 * The sl module: replies without state (modules/sl/sl.c). Over HTTP they have no content type and no content.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiFunction, type KemiModule, str } from '../kemi/module.ts';
import { rpc, summed } from '../kemi/rpc.ts';

/** The codes that `sl.stats` tells one by one; others of their class are told together. */
const CODES = [200, 202, 300, 301, 302, 400, 401, 403, 404, 407, 408, 483, 500];
const CLASSES = ['2xx', '3xx', '4xx', '5xx', '6xx', 'xxx'];

/** Replies of this child, by what `sl.stats` calls them. */
type ReplyCounts = Record<string, number>;

/** By status. */
const NAMES = Array.from({ length: 700 }, (_, status) => {
	if (CODES.includes(status)) return String(status);
	const name = `${Math.floor(status / 100)}xx`;
	return CLASSES.includes(name) ? name : 'xxx';
});

/** Sends a reply without content: 1 when it was taken, -1 when it was refused. */
function sendReply(ctx: RequestContext, code: number, reason: string): number {
	const refused = ctx.reply.send(code, reason, null, null);
	if (refused === undefined) return 1;
	ctx.refusedReplies++;
	return ctx.refuse(`the reply ${code} is refused: ${refused}`);
}

function replyFunction(name: string, doc: string): KemiFunction {
	return fn(name, [int('code'), str('reason')], 'int', doc, sendReply, { sendsReply: true, cfg: name });
}

/** The functions on KSR.sl. */
export const sl: KemiModule<ReplyCounts, { sendReply: typeof sendReply }> = defineModule({
	name: 'sl',
	doc: 'Replies without content.',
	api: { sendReply },
	init: () => Object.fromEntries([...CODES, ...CLASSES].map((name) => [String(name), 0])),
	requestEnded(ctx, counts) {
		const status = ctx.reply.final?.status;
		if (status === undefined) return; // an event
		const name = NAMES[status] ?? 'xxx';
		counts[name] = (counts[name] ?? 0) + 1;
	},
	rpc: [
		rpc(
			'sl.stats',
			'',
			'How many replies the children that serve now have sent, by status.',
			({ host }) => ({ ...host.state(sl) }),
			summed,
		),
	],
	cfgFunctions: [
		fn(
			'send_reply_mode',
			[int('code'), str('reason'), str('mode')],
			'int',
			'The same as send_reply; the mode is about SIP.',
			sendReply,
			{ sendsReply: true },
		),
	],
	functions: [
		fn(
			'send_reply_mode',
			[int('code'), str('reason'), int('mode')],
			'int',
			'The same as send_reply; the mode is about SIP.',
			(ctx, code, reason) => sendReply(ctx, code, reason),
			{ sendsReply: true },
		),
		replyFunction('send_reply', 'Sends a reply without content: 1, or -1 if it is refused.'),
		replyFunction('sl_send_reply', 'The same as send_reply.'),
		fn(
			'sl_reply_error',
			[],
			'int',
			'Replies that the server failed: 500. Kamailio maps its last parse error to a code, of which HTTP has none.',
			(ctx) => sendReply(ctx, 500, 'Server Internal Error'),
			{ cfg: 'sl_reply_error' },
		),
		fn('send_reply_error', [], 'int', 'The same as sl_reply_error.', (ctx) =>
			sendReply(ctx, 500, 'Server Internal Error'),
		),
	],
});
