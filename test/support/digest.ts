/**
 * A digest client: it takes a challenge and answers it (RFC 7616, 3.4).
 *
 * @module
 */
import { createHash } from 'node:crypto';

/** Who answers, and how. */
export interface Client {
	user?: string;
	password?: string;
	hash?: string;
	algorithm?: string;
	qop?: string;
	nc?: number;
	method?: string;
	body?: Buffer;
}

/** The parameters of the challenge in a reply's header lines. */
export function challengeOf(headers: string, name = 'WWW-Authenticate'): Record<string, string> {
	const [, line = ''] = new RegExp(`^${name}: Digest (.*)$`, 'm').exec(headers) ?? [];
	return Object.fromEntries(
		[...line.matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g)].map(([, k, q, t]) => [k, q ?? t]),
	);
}

/** The credentials that answer a challenge. */
export function answer(challenge: Record<string, string>, client: Client = {}): string {
	const {
		user = 'alice',
		password = 'secret',
		hash = 'md5',
		algorithm,
		nc = 1,
		method = 'GET',
		body = Buffer.alloc(0),
	} = client;
	const qop = client.qop ?? 'auth';
	const H = (...parts: string[]) => createHash(hash).update(parts.join(':'), 'latin1').digest('hex');
	const { realm = '', nonce = '' } = challenge;
	const count = nc.toString(16).padStart(8, '0');
	let ha1 = H(user, realm, password);
	if (algorithm?.endsWith('-sess')) ha1 = H(ha1, nonce, 'mine');
	const ha2 = qop === 'auth-int' ? H(method, '/', H(body.toString('latin1'))) : H(method, '/');
	const response = H(ha1, nonce, count, 'mine', qop, ha2);
	return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="/", qop=${qop}, nc=${count}, cnonce="mine", response="${response}"${algorithm ? `, algorithm=${algorithm}` : ''}`;
}
