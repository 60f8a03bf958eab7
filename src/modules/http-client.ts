/**
 * The http_client module: requests to other servers, for whose answer the handler waits (modules/http_client).
 *
 * In Kamailio the whole process waits with it. Here only the handler does, so there is no reason against it.
 *
 * @module
 */
import type { Dispatcher } from 'undici';
import type { RequestContext } from '../kemi/context.ts';
import { requestLocal } from '../kemi/context.ts';
import {
	defineModule,
	fixed,
	fn,
	type KemiModule,
	type ModuleParam,
	str,
	variable as variableParam,
} from '../kemi/module.ts';
import type { Late } from '../late.ts';
import type { Variable } from '../pv/variable.ts';
import { requireInner } from '../pv/variables/names.ts';
import { CURL, curlCodeOf, curlErrorText } from './http-client/curl-codes.ts';
import { type HttpAnswer, type HttpQuery, resultOf, sendQuery } from './http-client/request.ts';
import { httpClientRpc } from './http-client/rpc.ts';
import { type HttpConnection, type Settings, SettingsReader } from './http-client/settings.ts';
import { outputVariable } from './output-variable.ts';

/** What the module keeps. */
interface HttpClientState {
	readonly queries: Settings;
	readonly http2Queries: Settings;
	readonly connections: ReadonlyMap<string, HttpConnection>;
	readonly dispatchers: readonly Late<Dispatcher>[];
	/** True if `$httprhdr` is kept. */
	responseHeaders: boolean;
}

/** Where a connection's last request has led to, for this request: in the meantime others use the connection too. */
const lastUrls = requestLocal(() => new Map<string, string>());

/** The headers of the last answer, for `$httprhdr`. */
const lastHeaders = requestLocal((): { headers: HttpAnswer['headers'] } => ({ headers: [] }));

/**
 * Makes a request and puts its result into a variable.
 * @returns the status, or the number of curl's error, which is below 100
 */
async function run(
	ctx: RequestContext,
	caller: string,
	query: HttpQuery,
	settings: Settings,
	variable: string,
	connection?: HttpConnection,
): Promise<number> {
	const output = outputVariable(ctx, `KSR.http_client.${caller}`, variable);
	if (!output) return -1;
	let status: number;
	let result = '';
	if (ctx.state(httpClient).responseHeaders) ctx.get(lastHeaders).headers = []; // not those of an earlier answer
	try {
		const answer = await sendQuery(query, settings, ctx.host.network, ctx.signal);
		status = answer.status;
		// Kamailio's bounds: the text that comes with a server's error is not for the script
		if (status >= 200 && status < 500) result = resultOf(answer.body, settings);
		if (ctx.state(httpClient).responseHeaders) ctx.get(lastHeaders).headers = answer.headers;
		if (connection) ctx.get(lastUrls).set(connection.name, answer.url);
	} catch (error) {
		status = ctx.signal.aborted ? CURL.aborted : curlCodeOf(error);
		const { message } = error as Error;
		ctx.report('warning', `KSR.http_client.${caller}: ${query.url}: ${message} (curl error ${status})`);
	}
	output.set(ctx, result);
	return status === 0 ? -1 : status;
}

/** As `run`, for a connection, which fails over to another once. */
async function runConnection(
	ctx: RequestContext,
	caller: string,
	name: string,
	query: Omit<HttpQuery, 'url'> & { path: string },
	variable: string,
	second = false,
): Promise<number> {
	const connection = ctx.state(httpClient).connections.get(name);
	if (!connection) {
		outputVariable(ctx, `KSR.http_client.${caller}`, variable)?.set(ctx, '');
		return ctx.refuse(`KSR.http_client.${caller}: there is no httpcon ${name}`);
	}
	const { path } = query;
	const url = path === '' ? connection.base : `${connection.base}${path.startsWith('/') ? '' : '/'}${path}`;
	const status = await run(ctx, caller, { ...query, url }, connection.settings, variable, connection);
	const failed = status < 100 || status >= 500;
	if (failed && status !== -1 && connection.failover !== undefined && !second && !ctx.signal.aborted)
		return runConnection(ctx, caller, connection.failover, query, variable, true);
	return status;
}

const orNone = (text: string): string | undefined => (text === '' ? undefined : text);

const RESULT_VARIABLE = variableParam('variable');
const RESULT =
	"Gives the HTTP status, or curl's number for an error (see $curlerror), or -1. The variable gets the body of a status from 200 to 499.";
const WAITS = { waits: true } as const;

function param(
	name: string,
	type: 'str' | 'int',
	value: string | number | null,
	doc: string,
	repeatable = false,
): ModuleParam {
	return { name, type, default: value, doc, repeatable };
}

const PARAMS: readonly ModuleParam[] = [
	param('connection_timeout', 'int', 4, 'Seconds for a request; 0 for no limit of its own.'),
	param('timeout_mode', 'int', 1, 'What timeouts count in: 1 seconds, 2 milliseconds, 0 not at all.'),
	param('httpredirect', 'int', 0, '1 to follow redirects.'),
	param('maxdatasize', 'int', 0, 'The longest result of a connection in bytes; 0 for no cut.'),
	param('query_result', 'int', 1, '1 if a query gives the first line only, 0 for the whole body.'),
	param('query_maxdatasize', 'int', 0, 'The longest result of a query in bytes; 0 for no cut.'),
	param('useragent', 'str', null, 'The User-Agent; by default kemihost and its version.'),
	param(
		'authmethod',
		'int',
		3,
		'How credentials are sent, as bits: 1 Basic, at once where it is the only one.',
	),
	param('keep_connections', 'int', 0, '1 to use connections again.'),
	param('verify_peer', 'int', 1, "0 to take any server's certificate."),
	param('verify_host', 'int', 2, "0 to take a certificate for another host's name."),
	param(
		'tlsversion',
		'int',
		0,
		'The oldest TLS version: 4 for 1.0, 5 for 1.1, 6 for 1.2; 0 for what Node takes.',
	),
	param('cacert', 'str', null, "A file with certificates to trust; by default Node's."),
	param('client_cert', 'str', null, 'A file with the certificate to show to servers.'),
	param('client_key', 'str', null, 'A file with its key.'),
	param('cipher_suites', 'str', null, 'The ciphers to use, in the notation of OpenSSL.'),
	param('httpproxy', 'str', null, 'The URL of a proxy.'),
	param('httpproxyport', 'int', 0, "The proxy's port where it is not in the URL."),
	param('netinterface', 'str', null, 'The local address to connect from.'),
	param('response_headers', 'int', 0, '1 to keep the headers of answers for $httprhdr.'),
	param(
		'httpcon',
		'str',
		null,
		'A connection: name=>http://user:password@host/base;timeout=2;failover=other. May be given several times.',
		true,
	),
];

const curlError: Variable = {
	names: ['curlerror'],
	doc: "$curlerror(n): libcurl's text for an error number.",
	bind(binding) {
		const inner = requireInner(binding);
		return { get: (ctx) => curlErrorText(Number.parseInt(inner.get(ctx), 10) || 0) };
	},
};

const responseHeader: Variable = {
	names: ['httprhdr'],
	doc: '$httprhdr(name): a header of the last answer, where response_headers is on.',
	bind(binding) {
		const inner = requireInner(binding);
		return {
			get(ctx) {
				const name = inner.get(ctx).toLowerCase();
				return ctx.get(lastHeaders).headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
			},
		};
	},
};

/** The functions on KSR.http_client. */
export const httpClient: KemiModule<HttpClientState> = defineModule({
	name: 'http_client',
	doc: 'Requests to other servers. The handler waits for the answer, and nobody else.',
	params: PARAMS,
	variables: [curlError, responseHeader],
	functions: [
		fn(
			'query',
			[str('url'), RESULT_VARIABLE],
			'int',
			`Asks for a URL. ${RESULT}`,
			(ctx, url, variable) => run(ctx, 'query', { url }, ctx.state(httpClient).queries, variable),
			{ ...WAITS, cfg: 'http_client_query' },
		),
		fn(
			'query_post',
			[str('url'), str('body'), RESULT_VARIABLE],
			'int',
			`Posts a body to a URL. ${RESULT}`,
			(ctx, url, body, variable) =>
				run(ctx, 'query_post', { url, body: orNone(body) }, ctx.state(httpClient).queries, variable),
			{ ...WAITS, cfg: 'http_client_query' },
		),
		fn(
			'query_post_hdrs',
			[str('url'), str('body'), str('headers'), RESULT_VARIABLE],
			'int',
			`Posts a body with header lines of its own to a URL; without a body it is a GET. ${RESULT}`,
			(ctx, url, body, headers, variable) =>
				run(
					ctx,
					'query_post_hdrs',
					{ url, body: orNone(body), headers },
					ctx.state(httpClient).queries,
					variable,
				),
			{ ...WAITS, cfg: 'http_client_query' },
		),
		fn(
			'get_hdrs',
			[str('url'), str('body'), str('headers'), RESULT_VARIABLE],
			'int',
			`A GET with header lines of its own, and with a body where there is one. ${RESULT}`,
			(ctx, url, body, headers, variable) =>
				run(
					ctx,
					'get_hdrs',
					{ method: 'GET', url, body: orNone(body), headers },
					ctx.state(httpClient).queries,
					variable,
				),
			{ ...WAITS, cfg: 'http_client_get' },
		),
		fn(
			'query_request',
			[str('method'), str('url'), str('body'), str('headers'), RESULT_VARIABLE],
			'int',
			`A request with any method. ${RESULT}`,
			(ctx, method, url, body, headers, variable) =>
				run(
					ctx,
					'query_request',
					{ method: orNone(method), url, body: orNone(body), headers },
					ctx.state(httpClient).queries,
					variable,
				),
			{ ...WAITS, cfg: 'http_client_request' },
		),
		fn(
			'query_request_v2pk',
			[str('method'), str('url'), str('body'), str('headers'), RESULT_VARIABLE],
			'int',
			`A request with any method over HTTP/2, which the server is known to speak ("prior knowledge"): an http URL is asked in HTTP/2 from the first byte, an https URL in the version that the server picks. ${RESULT}`,
			(ctx, method, url, body, headers, variable) =>
				run(
					ctx,
					'query_request_v2pk',
					{ method: orNone(method), url, body: orNone(body), headers },
					ctx.state(httpClient).http2Queries,
					variable,
				),
			{ ...WAITS, cfg: 'http_client_request_v2pk' },
		),
		fn(
			'curl_connect',
			[fixed('connection'), str('path'), RESULT_VARIABLE],
			'int',
			`Asks for a path of a connection that httpcon declares. ${RESULT}`,
			(ctx, name, path, variable) => runConnection(ctx, 'curl_connect', name, { path }, variable),
			{ ...WAITS, cfg: 'http_connect' },
		),
		fn(
			'curl_connect_post',
			[fixed('connection'), str('path'), str('content_type'), str('body'), RESULT_VARIABLE],
			'int',
			`Posts a body to a path of a connection that httpcon declares. ${RESULT}`,
			(ctx, name, path, contentType, body, variable) =>
				runConnection(ctx, 'curl_connect_post', name, { path, contentType, body: orNone(body) }, variable),
			{ ...WAITS, cfg: 'http_connect' },
		),
		fn(
			'get_redirect',
			[fixed('connection'), RESULT_VARIABLE],
			'int',
			"Puts the URL that a connection's last request has led to into a variable. Gives 1, or -1 if there is no such connection.",
			(ctx, name, variable) => {
				const output = outputVariable(ctx, 'KSR.http_client.get_redirect', variable);
				const connection = ctx.state(httpClient).connections.get(name);
				if (!output || !connection) return -1;
				output.set(ctx, ctx.get(lastUrls).get(name) ?? '');
				return 1;
			},
			{ cfg: 'http_get_redirect' },
		),
	],
	cfgFunctions: [
		fn(
			'http_connect_raw',
			[fixed('connection'), str('path'), fixed('content_type'), fixed('body'), RESULT_VARIABLE],
			'int',
			`As http_connect, with a content type and a body in which $ means nothing. ${RESULT}`,
			(ctx, name, path, contentType, body, variable) =>
				runConnection(ctx, 'http_connect_raw', name, { path, contentType, body: orNone(body) }, variable),
			WAITS,
		),
	],
	rpc: httpClientRpc(({ host }) => host.state(httpClient).connections),
	init(params, host): HttpClientState {
		const reader = new SettingsReader(params, host.network);
		return {
			queries: reader.forQueries(),
			http2Queries: reader.forQueries(true),
			connections: reader.connections(),
			dispatchers: reader.dispatchers,
			responseHeaders: params.int('response_headers') !== 0,
		};
	},
	async close({ dispatchers }) {
		await Promise.all(dispatchers.map((dispatcher) => dispatcher.made?.destroy()));
	},
});
