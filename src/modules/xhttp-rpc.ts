/**
 * The xhttp_rpc module: RPC commands as web pages (modules/xhttp_rpc). The pages are the host's own; their addresses, arguments,
 * statuses and what the answer looks like are Kamailio's.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { chain, recover } from '../kemi/chain.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule } from '../kemi/module.ts';
import { faultOf } from '../kemi/rpc.ts';
import { findHeader } from '../pv/headers.ts';
import { oneLine } from '../rpc/print.ts';
import { groupOf, readWebAddress, type WebAddress } from '../rpc/web-address.ts';
import { BAD_URL, type WebOutcome, webPage } from '../rpc/web-page.ts';
import { core } from './core.ts';
import { xhttp } from './xhttp.ts';

interface XhttpRpcState {
	/** The address of the first page: `/rpc`, or empty. */
	readonly root: string;
	/** The most bytes of a page. */
	readonly mostBytes: number;
}

/** Bytes of a page where nothing else is said. */
const MOST_BYTES = 4 << 20;

/** Nothing on a page may run, be loaded or be shown in another site's frame. */
const SAFE = "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** What a browser says of a request that a page of another site made it send (Fetch Metadata). */
const FOREIGN = new Set(['cross-site', 'same-site']);

/** The page's address; undefined if there is no such page. */
function addressOf(ctx: RequestContext, root: string): WebAddress | undefined {
	const { target } = ctx.request;
	const address = target.startsWith(root) ? readWebAddress(target.slice(root.length)) : undefined;
	const { names } = ctx.host.rpc;
	const { group, command } = address ?? {};
	if (group !== undefined && !names.some((name) => groupOf(name) === group)) return undefined;
	if (command !== undefined && !(groupOf(command) === group && names.includes(command))) return undefined;
	return address;
}

/** Runs the command of a page. What fails is an outcome too. */
function run(
	ctx: RequestContext,
	{ command, args }: WebAddress,
): WebOutcome | undefined | Promise<WebOutcome> {
	if (command === undefined || args === undefined) return undefined;
	// A command runs by its address alone: without this any page that an administrator looks at could send one.
	if (FOREIGN.has(findHeader(ctx, 'Sec-Fetch-Site') ?? ''))
		return { code: 403, text: 'Asked For By Another Site' };
	const { host } = ctx;
	return recover<WebOutcome>(
		() => chain(host.rpc.run(host, command, args), (value) => ({ code: 200, text: 'OK', value })),
		(error) => {
			const { code, message } = faultOf(host, error);
			return { code, text: message };
		},
	);
}

function send(ctx: RequestContext, address: WebAddress, outcome?: WebOutcome): number {
	const { root, mostBytes } = ctx.state(xhttpRpc);
	const { reply } = ctx.host.api(xhttp);
	const page = webPage(root, ctx.host.rpc.names, address, outcome);
	if (page.length > mostBytes) {
		ctx.report('error', `the page takes ${page.length} bytes, more than xhttp_rpc_buf_size (${mostBytes})`);
		return reply(ctx, 500, 'Internal Server Error', null, null);
	}
	const { code, text } = outcome ?? { code: 200, text: 'OK' };
	ctx.reply.append(SAFE, false);
	return reply(ctx, code, oneLine(text), 'text/html; charset=utf-8', page);
}

function dispatch(ctx: RequestContext): number | Promise<number> {
	const address = addressOf(ctx, ctx.state(xhttpRpc).root);
	if (!address) return send(ctx, {}, BAD_URL);
	return chain(run(ctx, address), (outcome) => send(ctx, address, outcome));
}

/** The functions on KSR.xhttp_rpc. */
export const xhttpRpc: KemiModule<XhttpRpcState> = defineModule({
	name: 'xhttp_rpc',
	doc: 'RPC commands as web pages.',
	depends: [xhttp.name, core.name],
	params: [
		{
			name: 'xhttp_rpc_root',
			type: 'str',
			default: 'rpc',
			doc: 'The first part of the addresses of pages: letters, digits and underscores. Empty where they begin at once.',
		},
		{
			name: 'xhttp_rpc_buf_size',
			type: 'int',
			default: 0,
			doc: 'The most bytes of a page; 500 is answered in place of a larger one. 0 stands for 4 MiB.',
		},
	],
	functions: [
		fn(
			'dispatch',
			[],
			'int',
			'Replies with the page that the request asks for, which may run a command, or with 500 if there is none: 0, or -1 if the reply is refused.',
			dispatch,
			{ sendsReply: true, cfg: 'dispatch_xhttp_rpc' },
		),
	],

	init(params) {
		const root = params.str('xhttp_rpc_root') ?? '';
		if (!/^\w*$/.test(root))
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter xhttp_rpc_root of module xhttp_rpc: "${root}" holds more than letters, digits and underscores`,
			);
		return {
			root: root === '' ? '' : `/${root}`,
			mostBytes: params.int('xhttp_rpc_buf_size') || MOST_BYTES,
		};
	},
});
