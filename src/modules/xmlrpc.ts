/**
 * The xmlrpc module: RPC commands for handlers, as XML-RPC (modules/xmlrpc).
 *
 * @module
 */
import { chain } from '../kemi/chain.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiModule, str } from '../kemi/module.ts';
import { agreement, answerXmlRpc, fault, type XmlRpcOptions } from '../rpc/xml-rpc.ts';
import { core } from './core.ts';
import { xhttp } from './xhttp.ts';

const REQUEST = 'xmlrpc:request';

interface XmlRpcState {
	readonly options: XmlRpcOptions;
	/** True for the requests that are for the handler of XML-RPC. */
	readonly takes: (ctx: RequestContext) => boolean;
	/** Who handles them, for messages. */
	readonly handler: string;
}

function send(ctx: RequestContext, document: string): number {
	return ctx.host.api(xhttp).reply(ctx, 200, 'OK', 'text/xml', document) === 0 ? 1 : -1;
}

/** Answers the request with what the command in its body answers. */
function dispatch(ctx: RequestContext): number | Promise<number> {
	const document = ctx.request.body.toString('latin1');
	return chain(answerXmlRpc(ctx.host, document, ctx.state(xmlrpc).options), (answer) => send(ctx, answer));
}

function reply(ctx: RequestContext, code: number, reason: string): number {
	return send(ctx, code >= 300 ? fault(code, reason, ctx.state(xmlrpc).options) : agreement());
}

/** The functions on KSR.xmlrpc. */
export const xmlrpc: KemiModule<XmlRpcState> = defineModule({
	name: 'xmlrpc',
	doc: 'RPC commands as XML-RPC.',
	depends: [xhttp.name, core.name],
	params: [
		{
			name: 'route',
			type: 'str',
			default: null,
			doc: 'The route block that requests for XML-RPC go to, before xhttp is asked. Without it, and without event_callback, they go where all go.',
		},
		{
			name: 'event_callback',
			type: 'str',
			default: null,
			doc: 'The function that requests for XML-RPC go to, with "xmlrpc:request".',
		},
		{ name: 'mode', type: 'int', default: 0, doc: '1 takes no requests: handlers call the functions.' },
		{
			name: 'url_skip',
			type: 'str',
			default: null,
			doc: 'Requests whose target matches are not for XML-RPC.',
		},
		{
			name: 'url_match',
			type: 'str',
			default: null,
			doc: 'Only requests whose target matches are for XML-RPC.',
		},
		{
			name: 'escape_cr',
			type: 'int',
			default: 1,
			doc: 'Whether answers hold `&#xD;` in place of a carriage return.',
		},
		{
			name: 'double_lf_to_crlf',
			type: 'int',
			default: 0,
			doc: 'Whether two line feeds in an argument are read as a carriage return and a line feed.',
		},
		{
			name: 'autoconversion',
			type: 'int',
			default: 0,
			doc: 'Changes nothing: commands always take a number for a text and a text for a number.',
		},
	],
	functions: [
		fn(
			'dispatch_rpc',
			[],
			'int',
			'Runs the command that the request body asks for and replies with its answer, a fault where it is refused: 1, or -1 if the reply is refused.',
			dispatch,
			{ sendsReply: true, cfg: 'dispatch_rpc' },
		),
		fn(
			'xmlrpc_reply',
			[int('code'), str('reason')],
			'int',
			'Replies with a fault, or for a code below 300 with the value 1: 1, or -1 if the reply is refused.',
			reply,
			{ sendsReply: true, cfg: 'xmlrpc_reply' },
		),
	],
	events: [
		{
			name: REQUEST,
			callbackParam: 'event_callback',
			routeParam: 'route',
			doc: 'A GET or POST request that is for XML-RPC.',
		},
	],

	init(params, host) {
		const url = host.api(xhttp).urlFilter('xmlrpc', params);
		const handler = params.str('event_callback') ?? params.str('route');
		const takesAny = handler !== null && params.int('mode') !== 1;
		return {
			options: {
				escapeCr: params.int('escape_cr') !== 0,
				doubleLfToCrlf: params.int('double_lf_to_crlf') !== 0,
			},
			takes: ({ request: { method, target } }) =>
				takesAny && (method === 'POST' || method === 'GET') && url(target),
			handler: handler ?? REQUEST,
		};
	},

	request: (ctx, state) =>
		state.takes(ctx) && ctx.host.events.handles(REQUEST)
			? ctx.host.api(xhttp).serve(ctx, REQUEST, state.handler)
			: false,
});
