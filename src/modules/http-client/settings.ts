/**
 * What a request is made with: the module's parameters, and connections that change some of them (curlcon.c).
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { Agent, Dispatcher } from 'undici';
import { bytesOf } from '../../bytes.ts';
import { KemihostError } from '../../errors.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { type Late, late, library } from '../../late.ts';
import type { NetworkPolicy } from '../../net/policy.ts';
import { version } from '../../version.ts';
import { words } from '../../words.ts';

const undici = library('undici');

/** Settings of a request. */
export interface Settings {
	/** Milliseconds for all of it; 0 for no limit but that of the handler. */
	readonly timeout: number;
	readonly redirects: boolean;
	/** The longest result in bytes; 0 for no cut. */
	readonly maxDataSize: number;
	/** True if the result is only the first line. */
	readonly firstLine: boolean;
	readonly userAgent: string;
	readonly username: string | undefined;
	readonly password: string;
	/** curl's bits: 1 Basic, 2 Digest. */
	readonly authMethod: number;
	readonly keepAlive: boolean;
	readonly dispatcher: Late<Dispatcher>;
}

/** A connection that scripts call by its name. */
export interface HttpConnection {
	readonly name: string;
	readonly base: string;
	readonly settings: Settings;
	readonly failover: string | undefined;
}

/** The parameters that a connection may change, by their names in the module. */
type Overrides = Readonly<Record<string, string>>;

const TLS_VERSIONS: Readonly<Record<number, ConnectionOptions['minVersion']>> = {
	1: 'TLSv1',
	4: 'TLSv1',
	5: 'TLSv1.1',
	6: 'TLSv1.2',
};

function wrong(text: string, hint?: string): KemihostError {
	return new KemihostError('KH_MODPARAM', `module http_client: ${text}`, { hint });
}

/** Reads settings and connections, and keeps the dispatchers of undici that they need. */
export class SettingsReader {
	readonly dispatchers: Late<Dispatcher>[] = [];
	readonly #params: ParamValues;
	readonly #policy: NetworkPolicy;

	constructor(params: ParamValues, policy: NetworkPolicy) {
		this.#params = params;
		this.#policy = policy;
	}

	/**
	 * The settings of functions that take a URL.
	 * @param http2 true to speak HTTP/2: at once where the URL is http, by ALPN where it is https (libcurl's
	 * CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE)
	 */
	forQueries(http2 = false): Settings {
		return {
			...this.#read({}, http2),
			firstLine: this.#params.int('query_result') === 1,
			maxDataSize: this.#params.int('query_maxdatasize'),
		};
	}

	/** The connections that `httpcon` declares: `name=>http://user:password@host/base;timeout=2;failover=other`. */
	connections(): Map<string, HttpConnection> {
		const found = new Map<string, HttpConnection>();
		for (const given of this.#params.all('httpcon')) {
			const [, name, scheme, user, password, rest = '', options = ''] =
				/^\s*([^\s=]+)\s*=>\s*([a-z]+):\/\/(?:([^:@]*)(?::([^@]*))?@)?([^;]*)(?:;(.*))?$/i.exec(
					String(given),
				) ?? [];
			if (name === undefined)
				throw wrong(`httpcon "${given}" cannot be read`, 'write NAME=>http://HOST/PATH, then ;NAME=VALUE');
			const overrides = optionsOf(options, name);
			found.set(name, {
				name,
				base: `${scheme}://${rest}`,
				settings: { ...this.#read(overrides), username: user, password: password ?? '' },
				failover: overrides['failover'],
			});
		}
		for (const { name, failover } of found.values())
			if (failover !== undefined && !found.has(failover))
				throw wrong(`httpcon ${name} fails over to ${failover}, which there is no httpcon for`);
		return found;
	}

	#read(overrides: Overrides, http2 = false): Settings {
		const text = (name: string) => overrides[name] ?? this.#params.str(name) ?? '';
		const number = (name: string) => {
			const value = overrides[name];
			if (value === undefined) return this.#params.int(name);
			if (!/^\d{1,9}$/.test(value)) throw wrong(`${name}=${value} of an httpcon is no number`);
			return Number(value);
		};
		const mode = this.#params.int('timeout_mode');
		return {
			timeout: mode === 0 ? 0 : number('connection_timeout') * (mode === 2 ? 1 : 1000),
			redirects: number('httpredirect') !== 0,
			maxDataSize: number('maxdatasize'),
			firstLine: false,
			userAgent: text('useragent') || bytesOf(`kemihost (${version})`),
			username: undefined,
			password: '',
			authMethod: number('authmethod'),
			keepAlive: number('keep_connections') !== 0,
			dispatcher: this.#dispatcher(text, number, http2),
		};
	}

	#dispatcher(
		text: (name: string) => string,
		number: (name: string) => number,
		http2: boolean,
	): Late<Dispatcher> {
		const file = (name: string) => {
			const path = text(name);
			if (path === '') return undefined;
			try {
				return readFileSync(path, 'latin1');
			} catch (error) {
				throw wrong(`${name}: ${(error as Error).message}`);
			}
		};
		const version = number('tlsversion');
		const tls = {
			rejectUnauthorized: number('verify_peer') !== 0,
			...(number('verify_host') === 0 ? { checkServerIdentity: () => undefined } : {}),
			ca: file('cacert'),
			cert: file('client_cert'),
			key: file('client_key'),
			ciphers: text('cipher_suites') || undefined,
			minVersion: TLS_VERSIONS[version],
		};
		const connect = {
			...tls,
			lookup: this.#policy.lookup,
			localAddress: text('netinterface') || undefined,
			timeout: 0, // the time of the whole request is limited
		};
		const proxy = text('httpproxy');
		const options = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 4000 };
		const port = number('httpproxyport');
		const dispatcher = late(() => {
			const { Agent, ProxyAgent } = undici();
			if (proxy === '')
				return new Agent({
					...options,
					allowH2: http2,
					connect: { ...connect, useH2c: http2 },
				} as Agent.Options);
			return new ProxyAgent({
				...options,
				uri: port > 0 ? `${proxy.replace(/:\d+\/?$|\/$/, '')}:${port}` : proxy,
				proxyTunnel: false, // as curl: only TLS needs a tunnel
				requestTls: tls as never,
				proxyTls: connect as never,
				connect: connect as never,
			});
		});
		if (proxy !== '') dispatcher(); // a wrong address is an error of the start
		this.dispatchers.push(dispatcher);
		return dispatcher;
	}
}

/** The names that an httpcon has for parameters of the module. */
const OPTION_NAMES: Readonly<Record<string, string>> = words({ timeout: 'connection_timeout' });
const OPTIONS = new Set([
	...[
		'httpredirect',
		'connection_timeout',
		'useragent',
		'failover',
		'maxdatasize',
		'verify_peer',
		'verify_host',
	],
	...['client_cert', 'client_key', 'cipher_suites', 'tlsversion', 'authmethod', 'keep_connections'],
]);

function optionsOf(text: string, connection: string): Record<string, string> {
	const options: Record<string, string> = {};
	for (const part of text.split(';')) {
		if (part.trim() === '') continue;
		const [, written = '', quoted, plain] = /^\s*(\w+)\s*=\s*(?:"([^"]*)"|(.*?))\s*$/.exec(part) ?? [];
		const name = OPTION_NAMES[written] ?? written;
		if (!OPTIONS.has(name))
			throw wrong(
				`httpcon ${connection} has an option "${part.trim()}"`,
				`there are ${[...OPTIONS].join(', ')}`,
			);
		options[name] = quoted ?? plain ?? '';
	}
	return options;
}
