/**
 * The jsonrpcs module: RPC commands for handlers, as JSON-RPC (modules/jsonrpcs). Kamailio's further transports (a
 * FIFO, datagrams) are not there; `kemihost rpc` reaches a host from outside.
 *
 * @module
 */
import { chain } from '../kemi/chain.ts';
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { defineModule, fn, str } from '../kemi/module.ts';
import { rpc } from '../kemi/rpc.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import type { PvValue } from '../pv/variable.ts';
import { literalVariable } from '../pv/variables/names.ts';
import { answerJsonRpc, type RpcResponse } from '../rpc/json-rpc.ts';
import { oneLine } from '../rpc/print.ts';
import { words } from '../words.ts';
import { core } from './core.ts';
import { xhttp } from './xhttp.ts';

/** What `exec` answered last in a request. */
const lastResponse = requestLocal<{ value: RpcResponse | undefined }>(() => ({ value: undefined }));

/** Answers the request with what the commands in its body answer. */
function dispatch(ctx: RequestContext): number | Promise<number> {
	return chain(answerJsonRpc(ctx.host, ctx.request.body.toString('latin1')), (response) => {
		if (response === undefined) return ctx.refuse('KSR.jsonrpcs.dispatch: the request body is no JSON');
		const { code, text, body } = response;
		const { reply } = ctx.host.api(xhttp);
		return reply(ctx, body ? code : 204, oneLine(text), 'application/json', body) === 0 ? 1 : -1;
	});
}

function exec(ctx: RequestContext, document: string): number | Promise<number> {
	return chain(answerJsonRpc(ctx.host, document), (response) => {
		if (response === undefined) return ctx.refuse('KSR.jsonrpcs.exec: the text is no JSON');
		ctx.get(lastResponse).value = response;
		return 1;
	});
}

const FIELDS: Readonly<Record<string, (response: RpcResponse | undefined) => PvValue>> = words({
	code: (response) => response?.code ?? 0,
	text: (response) => response?.text ?? null,
	body: (response) => response?.body ?? null,
});

/** The functions on KSR.jsonrpcs. */
export const jsonrpcs = defineModule({
	name: 'jsonrpcs',
	doc: 'RPC commands as JSON-RPC.',
	depends: [xhttp.name, core.name],
	params: [
		{
			name: 'transport',
			type: 'int',
			default: 0,
			doc: 'In Kamailio it says how commands come in. Here they come from handlers and from `kemihost rpc`, whatever it says.',
		},
		{ name: 'pretty_format', type: 'int', default: 1, doc: 'Changes nothing: answers are always indented.' },
	],
	functions: [
		fn(
			'dispatch',
			[],
			'int',
			'Runs the JSON-RPC commands in the request body and replies with their answers: 1, or -1 without a reply where the body is no JSON.',
			dispatch,
			{ sendsReply: true, cfg: 'jsonrpc_dispatch' },
		),
		fn(
			'exec',
			[str('document')],
			'int',
			'Runs the JSON-RPC commands in a text: 1, and the answer is in $jsonrpl(code), $jsonrpl(text) and $jsonrpl(body); -1 if it is no JSON.',
			exec,
			{ cfg: 'jsonrpc_exec' },
		),
		fn('execx', [str('document')], 'int', 'The same as exec.', exec),
		fn(
			'response',
			[],
			'xval',
			'The document that exec answered last in this request; null without one.',
			(ctx) => {
				return ctx.get(lastResponse).value?.body ?? null;
			},
		),
	],
	variables: [
		literalVariable(
			['jsonrpl'],
			'What KSR.jsonrpcs.exec answered: $jsonrpl(code), 0 without one, $jsonrpl(text), $jsonrpl(body).',
			(name) => {
				const field = FIELDS[name];
				if (!field) throw new PvSyntaxError('write $jsonrpl(code), $jsonrpl(text) or $jsonrpl(body)', 0);
				return { get: (ctx) => field(ctx.get(lastResponse).value) };
			},
		),
	],
	rpc: [
		rpc('jsonrpc.echo', '[TEXT [NUMBER]]', 'Answers with its arguments.', (call) => {
			return [call.optionalStr(), call.optionalInt()].filter((value) => value !== undefined);
		}),
	],
});
