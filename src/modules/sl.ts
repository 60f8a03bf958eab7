/**
 * The sl module: replies without state (modules/sl/sl.c). Over HTTP they have no content type and no content.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiFunction, str } from '../kemi/module.ts';

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
export const sl = defineModule<undefined, { sendReply: typeof sendReply }>({
	name: 'sl',
	doc: 'Replies without content.',
	api: { sendReply },
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
		replyFunction('send_reply', 'Sends a reply without content: 1, or -1 where it is refused.'),
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
