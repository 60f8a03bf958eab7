/**
 * A request from the words of a command line, in the notation of curl.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { bytesOf } from '../bytes.ts';
import { parseListen, urlOf } from '../config/listen.ts';
import { KemihostError } from '../errors.ts';
import { type HttpRequest, type ListenEndpoint, makeRequest } from '../http/request.ts';

/** The words. */
export interface RequestWords {
	/** `[METHOD] TARGET`, in this order. */
	readonly words: readonly string[];
	/** `Name: value` lines. */
	readonly headers: readonly string[];
	/** The body; with `@FILE` that file's content. Several are joined by `&`, as curl does. */
	readonly data: readonly string[];
	/** Where the request comes from, as `HOST:PORT`. */
	readonly from?: string | undefined;
	/** Where it comes to; by default nowhere that has a port. */
	readonly to?: ListenEndpoint | undefined;
}

function bodyOf(data: readonly string[]): Buffer {
	const parts = data.map((text) => {
		if (!text.startsWith('@')) return Buffer.from(text);
		try {
			return readFileSync(text.slice(1));
		} catch (error) {
			throw new KemihostError('KH_USAGE', `cannot read the body: ${(error as Error).message}`);
		}
	});
	return Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.from('&'), part])));
}

function headerOf(line: string): [string, string] {
	const [, name, value] = /^([^:\s]+):\s*(.*)$/s.exec(line) ?? [];
	if (name === undefined || value === undefined)
		throw new KemihostError('KH_USAGE', `"${line}" is no header`, { hint: "write it as 'Name: value'" });
	return [bytesOf(name), bytesOf(value)];
}

/**
 * The request. A body makes it a POST where no method is given; Host and Content-Length are added where they miss.
 * @throws KemihostError `KH_USAGE`
 */
export function requestFrom({ words, headers, data, from, to }: RequestWords): HttpRequest {
	const [first = '/', second] = words;
	const given = words.length > 1 || /^[A-Z]+$/.test(first) ? first : undefined;
	const method = given ?? (data.length > 0 ? 'POST' : 'GET');
	const target = given === undefined ? first : (second ?? '/');
	if (/[\s]/.test(method + target)) throw new KemihostError('KH_USAGE', 'method and target hold no blanks');
	const body = bodyOf(data);
	const fields = headers.map(headerOf);
	const has = (wanted: string) => fields.some(([name]) => name.toLowerCase() === wanted);
	if (!has('host')) fields.unshift(['Host', to ? new URL(urlOf(to)).host : 'localhost']);
	if (data.length > 0 && !has('content-length')) fields.push(['Content-Length', String(body.length)]);
	return makeRequest({
		method: bytesOf(method),
		target: bytesOf(target),
		headers: fields,
		body,
		connection: {
			...(from === undefined ? {} : { remote: parseListen(from) }),
			...(to === undefined ? {} : { local: to, secure: to.secure ?? false }),
		},
	});
}
