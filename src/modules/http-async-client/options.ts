/**
 * `$http_req(name)`: what the next request of http_async_client is made with (http_async_client_mod.c: ah_set_req).
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import type { PvValue, Variable } from '../../pv/variable.ts';
import { requireInner } from '../../pv/variables/names.ts';
import { words } from '../../words.ts';

/** The options of the next request. */
export interface RequestOptions {
	method?: string;
	body?: string;
	headers: string[];
	/** Milliseconds. */
	timeout?: number;
	username?: string;
	password?: string;
	authMethod?: number;
	followRedirect?: boolean;
	/** False if the callback is not to go on with the request. */
	suspend?: boolean;
}

const next = requestLocal((): { options: RequestOptions } => ({ options: { headers: [] } }));

/** The options that were set; from now on there are none. */
export function takeOptions(ctx: RequestContext): RequestOptions {
	const holder = ctx.get(next);
	const { options } = holder;
	holder.options = { headers: [] };
	return options;
}

type Setter = (options: RequestOptions, value: string) => void;

const SETTERS: Readonly<Record<string, Setter>> = words({
	hdr: (options, value) => void options.headers.push(value),
	method: (options, value) => void Object.assign(options, { method: value.toUpperCase() }),
	body: (options, value) => void Object.assign(options, { body: value }),
	timeout: (options, value) => void Object.assign(options, { timeout: Number(value) || 0 }),
	username: (options, value) => void Object.assign(options, { username: value }),
	password: (options, value) => void Object.assign(options, { password: value }),
	authmethod: (options, value) => void Object.assign(options, { authMethod: Number(value) || 0 }),
	follow_redirect: (options, value) => void Object.assign(options, { followRedirect: Number(value) !== 0 }),
	suspend: (options, value) => void Object.assign(options, { suspend: Number(value) !== 0 }),
});

/** What Kamailio hands to curl and is of no use here: connections are kept alive by Node. */
const UNUSED = new Set([
	'keepalive',
	'ka-idle',
	'ka-interval',
	'tcp_keepalive',
	'tcp_ka_idle',
	'tcp_ka_interval',
]);
/** What is set to integers; all others are set to texts. */
const INTEGERS = new Set(['timeout', 'authmethod', 'follow_redirect', 'suspend', ...UNUSED]);
/** Files for TLS are named by module parameters only. */
const REFUSED = new Set(['tls_ca_path', 'tls_client_cert', 'tls_client_key']);

/** The variable. */
export const httpRequestOptions: Variable = {
	names: ['http_req'],
	doc: '$http_req(name): an option of the next request, to be set: all (to $null), hdr, method, body, timeout, username, password, authmethod, follow_redirect, suspend, and what has no effect here: keepalive, ka-idle, ka-interval.',
	bind(binding) {
		const name = requireInner(binding).source;
		const set = SETTERS[name];
		if (!set && name !== 'all' && !UNUSED.has(name) && !REFUSED.has(name))
			throw new PvSyntaxError(`$http_req knows no "${name}"`, 0);
		return {
			get: () => null,
			set(ctx: RequestContext, value: PvValue) {
				if (REFUSED.has(name)) {
					ctx.refuse(`$http_req(${name}) is set by a module parameter only`);
					return false;
				}
				const wanted = INTEGERS.has(name) ? 'number' : 'string';
				if (name !== 'all' && value !== null && typeof value !== wanted) {
					const kind = wanted === 'number' ? 'an integer' : 'a text';
					ctx.report('error', `$http_req(${name}) is set to ${kind}`);
					return false;
				}
				if (name === 'all') takeOptions(ctx);
				else if (set && value !== null) set(ctx.get(next).options, String(value));
				return undefined;
			},
		};
	},
};
