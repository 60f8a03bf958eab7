/**
 * One HTTP request for a script, with its redirects (functions.c: curL_request_url).
 *
 * @module
 */
import type { Dispatcher } from 'undici';
import { textOf } from '../../bytes.ts';
import { library } from '../../late.ts';
import type { NetworkPolicy } from '../../net/policy.ts';
import { CURL, CurlError } from './curl-codes.ts';
import type { Settings } from './settings.ts';

const undici = library('undici');

/** What a script asks for. Strings are byte strings. */
export interface HttpQuery {
	readonly url: string;
	/** Undefined for GET, or POST where there is a body. */
	readonly method?: string | undefined;
	readonly body?: string | undefined;
	readonly contentType?: string | undefined;
	/** Header lines, separated by line ends. */
	readonly headers?: string | undefined;
}

/** What came back. Strings are byte strings. */
export interface HttpAnswer {
	readonly status: number;
	readonly reason: string;
	readonly body: string;
	readonly headers: readonly (readonly [name: string, value: string])[];
	/** The URL that was asked in the end. */
	readonly url: string;
}

/** curl's own limit. */
const MAX_REDIRECTS = 30;
/** No body is read beyond this, in bytes. Kamailio reads any, into memory that ends the process when it is full. */
const MAX_BODY = 16 << 20;

const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/;

function headersOf(query: HttpQuery, { userAgent }: Settings): Map<string, [name: string, value: string]> {
	const headers = new Map<string, [string, string]>();
	const add = (name: string, value: string) => headers.set(name.toLowerCase(), [name, value]);
	add('Accept', '*/*');
	add('User-Agent', userAgent);
	if (query.body !== undefined) add('Content-Type', query.contentType ?? 'application/x-www-form-urlencoded');
	for (const line of (query.headers ?? '').split(/\r?\n/)) {
		if (line.trim() === '') continue;
		const [, name, value] = HEADER.exec(line) ?? [];
		if (name === undefined) throw new CurlError(43, `"${line}" is no header line`);
		if (value === '')
			headers.delete(name.toLowerCase()); // curl's way to leave one out
		else if (!/^(content-length|transfer-encoding|connection|host)$/i.test(name)) add(name, value as string);
	}
	return headers;
}

function parseUrl(text: string, base?: string): URL {
	const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) || base ? text : `http://${text}`, base);
	if (!url) throw new CurlError(CURL.malformedUrl);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new CurlError(CURL.unsupportedProtocol);
	return url;
}

/**
 * Makes a request.
 * @param signal ends it
 * @throws errors that `curlCodeOf` gives the number for
 */
export async function sendQuery(
	query: HttpQuery,
	settings: Settings,
	policy: NetworkPolicy,
	signal: AbortSignal,
): Promise<HttpAnswer> {
	const ends =
		settings.timeout > 0 ? AbortSignal.any([signal, AbortSignal.timeout(settings.timeout)]) : signal;
	const headers = headersOf(query, settings);
	let { body } = query;
	let method = query.method ?? (body === undefined ? 'GET' : 'POST');
	let url = parseUrl(textOf(query.url));
	const home = url.host;
	// curl asks without credentials first where it may choose how to send them
	let credentials = settings.username !== undefined && settings.authMethod === 1;
	for (let redirects = 0; ; redirects++) {
		policy.check(url.hostname);
		const sent = new Map(headers);
		if (credentials && url.host === home) sent.set('authorization', ['Authorization', basic(settings, url)]);
		const response = await undici().request(url, {
			method: method as Dispatcher.HttpMethod,
			headers: [...sent.values()].flat(),
			body: body === undefined ? null : Buffer.from(body, 'latin1'),
			dispatcher: settings.dispatcher(),
			signal: ends,
			reset: !settings.keepAlive,
			responseHeaders: 'raw',
		});
		const received = pairsOf(response.headers as unknown as string[]);
		const header = (name: string) => received.find(([key]) => key.toLowerCase() === name)?.[1];
		const { statusCode: status } = response;
		if (status === 401 && settings.username !== undefined && !credentials && settings.authMethod & 1) {
			if (/\bbasic\b/i.test(header('www-authenticate') ?? '')) {
				await response.body.dump();
				credentials = true;
				continue;
			}
		}
		const location = header('location');
		if (settings.redirects && location !== undefined && status >= 301 && status <= 308 && status !== 304) {
			await response.body.dump();
			if (redirects === MAX_REDIRECTS) throw new CurlError(CURL.tooManyRedirects);
			url = parseUrl(location, url.href);
			if (status <= 303 && query.method === undefined && method === 'POST') {
				method = 'GET';
				body = undefined;
				headers.delete('content-type');
			}
			continue;
		}
		const { statusText: reason } = response;
		return { status, reason, body: await readBody(response.body), headers: received, url: url.href };
	}
}

function basic({ username = '', password }: Settings, url: URL): string {
	const pair = url.username ? `${url.username}:${url.password}` : `${username}:${password}`;
	return `Basic ${Buffer.from(pair, 'latin1').toString('base64')}`;
}

/** undici gives names and values in one list, as bytes or text. */
function pairsOf(raw: unknown): [string, string][] {
	if (!Array.isArray(raw))
		return Object.entries(raw as Record<string, string | string[]>).flatMap(([name, value]) =>
			[value].flat().map((one): [string, string] => [name, one]),
		);
	const pairs: [string, string][] = [];
	for (let i = 0; i + 1 < raw.length; i += 2)
		pairs.push([Buffer.from(raw[i]).toString('latin1'), Buffer.from(raw[i + 1]).toString('latin1')]);
	return pairs;
}

async function readBody(body: AsyncIterable<Buffer>): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of body) {
		length += chunk.length;
		if (length > MAX_BODY) throw new CurlError(CURL.tooLarge);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('latin1');
}

/** What the script gets of a body: all of it, so many bytes, or its first line. */
export function resultOf(body: string, { firstLine, maxDataSize }: Settings): string {
	if (firstLine) {
		const end = body.indexOf('\n');
		if (end >= 0) return body.slice(0, end);
	}
	return maxDataSize > 0 ? body.slice(0, maxDataSize) : body;
}
