/**
 * The http_async_client module: a request to another server, whose answer a function of the script is called with
 * (modules/http_async_client).
 *
 * In Kamailio a callback goes on with the request where a transaction was made for it. Here it does where the handler has not
 * replied by then; a handler that has replied is done, and the callback runs by itself.
 *
 * @module
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KemihostError } from '../errors.ts';
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { goOnLater } from '../kemi/continuation.ts';
import { defineModule, fn, type KemiModule, type ParamValues, str } from '../kemi/module.ts';
import { late, library } from '../late.ts';
import type { NetworkPolicy } from '../net/policy.ts';
import type { Variable } from '../pv/variable.ts';
import { requireInner } from '../pv/variables/names.ts';
import { version } from '../version.ts';
import { httpRequestOptions, type RequestOptions, takeOptions } from './http-async-client/options.ts';
import { curlCodeOf, curlErrorText } from './http-client/curl-codes.ts';
import { type HttpAnswer, sendQuery } from './http-client/request.ts';
import type { Settings } from './http-client/settings.ts';

const EVENT = 'http_async_client:callback';

/** What the module keeps. */
const undici = library('undici');

interface State {
	readonly settings: Settings;
	readonly closing: AbortController;
	lastId: number;
}

/** An answer as the callback sees it. */
interface Result {
	id: string;
	answer: HttpAnswer | undefined;
	error: string | undefined;
	/** Microseconds, as Kamailio gives them; 0 if there is no answer. */
	time: number;
	/** What send_xdata was given. */
	xdata: string;
}

const result = requestLocal(
	(): Result => ({ id: '', answer: undefined, error: undefined, time: 0, xdata: '' }),
);

const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/** All certificates of a folder, as curl takes one. Other files in it are passed over, keys as well. */
function certificatesIn(folder: string): string {
	const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
	return files
		.map(({ name }) => readFileSync(join(folder, name), 'latin1'))
		.flatMap((text) => text.match(CERTIFICATE) ?? [])
		.join('\n');
}

function settingsOf(params: ParamValues, policy: NetworkPolicy): Settings {
	const file = (name: string) => {
		const path = params.str(name);
		if (!path) return undefined;
		try {
			return statSync(path).isDirectory() ? certificatesIn(path) : readFileSync(path, 'latin1');
		} catch (error) {
			throw new KemihostError(
				'KH_MODPARAM',
				`module http_async_client: ${name}: ${(error as Error).message}`,
			);
		}
	};
	const [ca, cert, key] = ['tls_ca_path', 'tls_client_cert', 'tls_client_key'].map(file);
	return {
		timeout: params.int('connection_timeout'),
		redirects: params.int('curl_follow_redirect') !== 0,
		maxDataSize: 0,
		firstLine: false,
		userAgent: `kemihost (${version})`,
		username: undefined,
		password: '',
		authMethod: params.int('authmethod'),
		keepAlive: true,
		dispatcher: late(
			() =>
				new (undici().Agent)({
					headersTimeout: 0,
					bodyTimeout: 0,
					connect: {
						lookup: policy.lookup,
						timeout: 0,
						rejectUnauthorized: params.int('tls_verify_peer') !== 0,
						...(params.int('tls_verify_host') === 0 ? { checkServerIdentity: () => undefined } : {}),
						ca,
						cert,
						key,
					} as never,
				}),
		),
	};
}

async function ask(
	ctx: RequestContext,
	caller: string,
	url: string,
	options: RequestOptions,
): Promise<Pick<Result, 'answer' | 'error' | 'time'>> {
	const { settings, closing } = ctx.state(httpAsyncClient);
	const began = performance.now();
	try {
		const answer = await sendQuery(
			{ url, method: options.method, body: options.body, headers: options.headers.join('\r\n') },
			{
				...settings,
				timeout: options.timeout ?? settings.timeout,
				redirects: options.followRedirect ?? settings.redirects,
				username: options.username,
				password: options.password ?? '',
				authMethod: options.authMethod ?? settings.authMethod,
			},
			ctx.host.network,
			closing.signal,
		);
		return { answer, error: undefined, time: Math.round((performance.now() - began) * 1000) };
	} catch (error) {
		ctx.host.log.log('warning', `KSR.http_async_client.${caller}: ${url}: ${(error as Error).message}`);
		return { answer: undefined, error: curlErrorText(curlCodeOf(error)), time: 0 };
	}
}

/** What one of the functions asks for. */
interface Asked {
	readonly caller: 'query' | 'send' | 'send_xdata';
	readonly url: string;
	readonly callback: string;
	readonly xdata?: string;
}

/** Starts a request. Only `query` may go on with the request of the client. */
function start(ctx: RequestContext, { caller, url, callback, xdata = '' }: Asked): number {
	if (url === '' || callback === '')
		return ctx.refuse(`KSR.http_async_client.${caller}: a URL and a function are needed`);
	const { events, waiting } = ctx.host;
	if (waiting.refusal) return ctx.refuse(`KSR.http_async_client.${caller}: ${waiting.refusal}`);
	const state = ctx.state(httpAsyncClient);
	const id = `${process.pid}-${++state.lastId}`;
	ctx.get(result).id = id;
	const options = takeOptions(ctx);
	const suspend = caller === 'query' && options.suspend !== false;
	const work = async () => {
		const found = { id, xdata, ...(await ask(ctx, caller, url, options)) };
		if (state.closing.signal.aborted) return;
		const over = ctx.event !== undefined || ctx.reply.final !== undefined || ctx.signal.aborted;
		if (over || !suspend) {
			await events.raise(EVENT, { callback, prepare: (made) => Object.assign(made.get(result), found) });
		} else {
			Object.assign(ctx.get(result), found);
			await events.call(callback, EVENT, ctx);
		}
	};
	const done = waiting.begun(work());
	if (ctx.event === undefined && suspend) goOnLater(ctx, done);
	return 1;
}

/** The answer as it could have come over the wire. */
function message({ status, reason, headers, body }: HttpAnswer): string {
	return `HTTP/1.1 ${status} ${reason}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

function answerVariable(name: string, doc: string, read: (answer: HttpAnswer) => string | number): Variable {
	return {
		names: [name],
		doc,
		get(ctx) {
			const { answer } = ctx.get(result);
			return answer ? read(answer) : null;
		},
	};
}

const variables: readonly Variable[] = [
	httpRequestOptions,
	{
		names: ['http_ok'],
		doc: '1 if the request got an answer, 0 if not.',
		get: (ctx) => (ctx.get(result).answer ? 1 : 0),
	},
	{ names: ['http_err'], doc: 'Why the request got no answer.', get: (ctx) => ctx.get(result).error ?? null },
	{
		names: ['http_req_id'],
		doc: 'The number of the request, as query has given it out.',
		get: (ctx) => ctx.get(result).id || null,
	},
	{
		names: ['http_xdata'],
		doc: 'The text that send_xdata was given, in the function that gets the answer.',
		get: (ctx) => ctx.get(result).xdata || null,
	},
	answerVariable('http_rs', "The answer's status.", ({ status }) => status),
	answerVariable('http_rr', "The answer's reason.", ({ reason }) => reason),
	answerVariable('http_rb', "The answer's body.", ({ body }) => body),
	answerVariable('http_bs', "The size of the answer's body.", ({ body }) => body.length),
	answerVariable('http_mb', 'The whole answer.', message),
	answerVariable('http_ml', 'The length of the whole answer.', (answer) => message(answer).length),
	{
		names: ['http_hdr'],
		doc: '$http_hdr(name): a header of the answer.',
		bind(binding) {
			const inner = requireInner(binding);
			return {
				get(ctx) {
					const name = inner.get(ctx).toLowerCase();
					return ctx.get(result).answer?.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
				},
			};
		},
	},
	{
		names: ['http_time'],
		doc: '$http_time(total): how long the request took, in microseconds; 0 if there is no answer. The other times of Kamailio are null.',
		bind(binding) {
			const word = requireInner(binding).source;
			return {
				get: (ctx) => (word === 'total' && ctx.get(result).id ? ctx.get(result).time : null),
			};
		},
	},
];

const int = (name: string, value: number, doc: string) =>
	({ name, type: 'int', default: value, doc }) as const;
const text = (name: string, doc: string) => ({ name, type: 'str', default: null, doc }) as const;

/** The functions on KSR.http_async_client. */
export const httpAsyncClient: KemiModule<State> = defineModule({
	name: 'http_async_client',
	doc: 'Requests to other servers, whose answer another function of the script gets.',
	params: [
		int('connection_timeout', 500, 'Milliseconds for a request.'),
		int('curl_follow_redirect', 0, '1 to follow redirects.'),
		int('authmethod', 3, 'How credentials are sent, as bits: 1 Basic, at once where it is the only one.'),
		int('tls_verify_peer', 1, "0 to take any server's certificate."),
		int('tls_verify_host', 1, "0 to take a certificate for another host's name."),
		text('tls_ca_path', "A file or folder with certificates to trust; by default Node's."),
		text('tls_client_cert', 'A file with the certificate to show to servers.'),
		text('tls_client_key', 'A file with its key.'),
		int('workers', 1, 'Taken and not used: there are no processes for it here.'),
		int('hash_size', 2048, 'Taken and not used.'),
		int('tls_version', 0, 'Taken and not used: Node takes TLS 1.2 and later.'),
	],
	variables,
	functions: [
		fn(
			'query',
			[str('url'), str('function')],
			'int',
			'Asks for a URL, with the options of $http_req, and calls a function when the answer is there. Where the handler ends without a reply, the function goes on with the request. Gives 1, or -1.',
			(ctx, url, callback) => start(ctx, { caller: 'query', url, callback }),
			{ cfg: 'http_async_query' },
		),
		fn(
			'send',
			[str('url'), str('function')],
			'int',
			'Asks for a URL, with the options of $http_req, and calls a function by itself when the answer is there: the request at hand does not wait for it. Gives 1, or -1.',
			(ctx, url, callback) => start(ctx, { caller: 'send', url, callback }),
			{ cfg: 'http_async_send' },
		),
		fn(
			'send_xdata',
			[str('url'), str('function'), str('xdata')],
			'int',
			'As send; the function finds the third parameter in $http_xdata. Gives 1, or -1.',
			(ctx, url, callback, xdata) => start(ctx, { caller: 'send_xdata', url, callback, xdata }),
			{ cfg: 'http_async_send_xdata' },
		),
	],
	init: (params, host): State => ({
		settings: settingsOf(params, host.network),
		closing: new AbortController(),
		lastId: 0,
	}),
	async close({ settings, closing }) {
		closing.abort();
		await settings.dispatcher.made?.destroy();
	},
});
