/**
 * SIP URIs: taking them apart and putting them together (core/parser/parse_uri.c).
 *
 * @module
 */

/** A URI's parts, as they stand there. */
export interface SipUri {
	/** As written, `SIP` too. */
	scheme: string;
	user: string;
	/** With its colon: `:secret`. */
	password: string;
	/** IPv6 addresses in their brackets. */
	host: string;
	/** Digits, or empty. */
	port: string;
	/** From the first semicolon or question mark on. */
	rest: string;
}

const HOST = /^(\[[\da-f:.]+\]|[^:;?@[\]\s]+)(?::(\d{0,5}))?(?=[;?]|$)/i;

/** The parts of a sip:, sips:, tel: or urn: URI; undefined for anything else. */
export function parseSipUri(uri: string): SipUri | undefined {
	const colon = uri.indexOf(':');
	const scheme = uri.slice(0, Math.max(0, colon));
	const body = uri.slice(colon + 1);
	switch (scheme.toLowerCase()) {
		case 'sip':
		case 'sips':
			return parseSip(scheme, body);
		case 'tel':
		case 'tels': {
			const [user = ''] = /^[^;?]*/.exec(body) ?? [];
			return user
				? { scheme, user, password: '', host: '', port: '', rest: body.slice(user.length) }
				: undefined;
		}
		case 'urn': {
			const [, user = '', host = ''] = /^([^:]+):([^;?]+)/.exec(body) ?? [];
			return host ? { scheme, user, password: '', host, port: '', rest: '' } : undefined;
		}
		default:
			return undefined;
	}
}

function parseSip(scheme: string, body: string): SipUri | undefined {
	const at = body.indexOf('@');
	const userinfo = body.slice(0, Math.max(0, at));
	const secret = userinfo.indexOf(':');
	const user = secret < 0 ? userinfo : userinfo.slice(0, secret);
	if (at >= 0 && !user) return undefined;
	const place = body.slice(at + 1);
	const [whole, host, port = ''] = HOST.exec(place) ?? [];
	if (whole === undefined || host === undefined || Number(port) > 65535) return undefined;
	return { scheme, user, password: userinfo.slice(user.length), host, port, rest: place.slice(whole.length) };
}

/** The URI again, from parts that may have been changed. Without a user there is no password either. */
export function formatSipUri({ scheme, user, password, host, port, rest }: SipUri): string {
	const userinfo = user ? `${user}${password}@` : '';
	return `${scheme}:${userinfo}${host}${port ? `:${port}` : ''}${rest}`;
}

/** A parameter's value; undefined without it. */
export function uriParameter({ rest }: SipUri, name: string): string | undefined {
	const [params = ''] = rest.split('?');
	for (const param of params.split(';')) {
		const [key = '', value = ''] = param.split('=');
		if (key.toLowerCase() === name) return value;
	}
	return undefined;
}
