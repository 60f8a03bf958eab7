/**
 * The lwsc module: requests to other servers over WebSockets, for whose answer the handler waits (modules/lwsc).
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, type ModuleParam, str } from '../kemi/module.ts';
import { wordVariable } from '../pv/variables/names.ts';
import { Endpoints, UnansweredError } from './lwsc/endpoints.ts';
import { OUTGOING_TLS_PARAMS, outgoingTls } from './outgoing-tls.ts';

/** What the module keeps. */
interface LwscState {
	readonly endpoints: Endpoints;
	/** The sub-protocol of functions that are given none. */
	readonly protocol: string;
}

/** The answer to the last request, for `$lwsc(rdata)`. */
const lastAnswer = requestLocal((): { data: string | null } => ({ data: null }));

/** Says why a call failed, and gives its value. */
function failed(ctx: RequestContext, caller: string, url: string, error: unknown): -1 | -2 {
	ctx.report('error', `KSR.lwsc.${caller}: ${url}: ${(error as Error).message}`);
	return error instanceof UnansweredError ? -2 : -1;
}

async function request(
	ctx: RequestContext,
	caller: string,
	url: string,
	protocol: string,
	data: string,
): Promise<number> {
	const last = ctx.get(lastAnswer);
	last.data = null;
	if (url === '' || data === '') return ctx.refuse(`KSR.lwsc.${caller}: the URL or the text is empty`);
	const state = ctx.state(lwsc);
	try {
		last.data = await state.endpoints.request(
			{ url, protocol: protocol || state.protocol },
			data,
			ctx.signal,
		);
		return 1;
	} catch (error) {
		return failed(ctx, caller, url, error);
	}
}

async function notify(
	ctx: RequestContext,
	caller: string,
	url: string,
	protocol: string,
	data: string,
): Promise<number> {
	if (url === '' || data === '') return ctx.refuse(`KSR.lwsc.${caller}: the URL or the text is empty`);
	const state = ctx.state(lwsc);
	try {
		await state.endpoints.notify({ url, protocol: protocol || state.protocol }, data);
		return 1;
	} catch (error) {
		return failed(ctx, caller, url, error);
	}
}

const micro = (name: string, value: number, doc: string): ModuleParam => ({
	name,
	type: 'int',
	default: value,
	doc,
});

const PARAMS: readonly ModuleParam[] = [
	{ name: 'protocol', type: 'str', default: 'kmsg', doc: 'The sub-protocol that is asked for.' },
	micro('timeout_init', 2_000_000, 'Microseconds until a connection has to be open.'),
	micro('timeout_read', 2_000_000, 'Microseconds until the answer to a request has to be there.'),
	micro('timeout_connect', 0, 'Changes nothing, as in Kamailio.'),
	micro('timeout_send', 0, 'Changes nothing, as in Kamailio.'),
	micro('verbosity', 0, 'Changes nothing.'),
	micro('max_connections', 1000, 'Connections of one child, to all servers. Not in Kamailio.'),
	micro('max_message', 1 << 20, 'Bytes of an answer; a larger one is none. Not in Kamailio.'),
	micro(
		'max_unsent',
		4 << 20,
		'Bytes of notifications that may wait for a server that does not read; with more its connection is ended. Not in Kamailio.',
	),
	micro('idle_time', 60, 'Seconds that a connection stays open which nobody uses. Not in Kamailio.'),
	...OUTGOING_TLS_PARAMS,
];

const ANSWER = wordVariable(
	['lwsc'],
	'$lwsc(rdata): the answer to the last lwsc_request of this request; null if there was none. $lwsc(status) is 0.',
	{
		rdata: (ctx) => ctx.get(lastAnswer).data,
		status: () => 0, // always, in Kamailio
	},
);

const ANSWERED =
	'1 if an answer came, which is in $lwsc(rdata); -1 if there is no connection, -2 if no answer came in time.';
const SENT = '1, or -1 if there is no connection. What the server answers is dropped.';
const WAITS = { waits: true } as const;

/** The functions on KSR.lwsc. */
export const lwsc: KemiModule<LwscState> = defineModule<LwscState>({
	name: 'lwsc',
	doc: 'Messages to other servers over WebSockets. The handler waits for the answer, and nobody else.',
	params: PARAMS,
	variables: [ANSWER],
	functions: [
		fn(
			'lwsc_request',
			[str('url'), str('text')],
			'int',
			`Sends a message to a server and waits for the one that comes back: ${ANSWERED}`,
			(ctx, url, text) => request(ctx, 'lwsc_request', url, '', text),
			{ ...WAITS, cfg: 'lwsc_request' },
		),
		fn(
			'lwsc_request_proto',
			[str('url'), str('protocol'), str('text')],
			'int',
			`As lwsc_request, with a sub-protocol of its own: ${ANSWERED}`,
			(ctx, url, protocol, text) => request(ctx, 'lwsc_request_proto', url, protocol, text),
			{ ...WAITS, cfg: 'lwsc_request_proto' },
		),
		fn(
			'lwsc_notify',
			[str('url'), str('text')],
			'int',
			`Sends a message to a server: ${SENT}`,
			(ctx, url, text) => notify(ctx, 'lwsc_notify', url, '', text),
			{ ...WAITS, cfg: 'lwsc_notify' },
		),
		fn(
			'lwsc_notify_proto',
			[str('url'), str('protocol'), str('text')],
			'int',
			`As lwsc_notify, with a sub-protocol of its own: ${SENT}`,
			(ctx, url, protocol, text) => notify(ctx, 'lwsc_notify_proto', url, protocol, text),
			{ ...WAITS, cfg: 'lwsc_notify_proto' },
		),
	],
	init(params, { network }) {
		return {
			protocol: params.str('protocol') ?? '',
			endpoints: new Endpoints(
				{
					openTime: params.int('timeout_init') / 1000,
					answerTime: params.int('timeout_read') / 1000,
					idleTime: params.int('idle_time') * 1000,
					mostConnections: params.int('max_connections'),
					maxMessage: params.int('max_message'),
					maxUnsent: params.int('max_unsent'),
					tls: outgoingTls('lwsc', params),
				},
				network,
			),
		};
	},
	close({ endpoints }) {
		endpoints.close();
	},
});
