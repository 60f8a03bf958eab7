/** KSR.gcrypt, against OpenSSL by node:crypto. Kamailio 5.6.3 does not have the module. */
import { createCipheriv, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { complains, gives, is, take } from '../support/context.ts';

const KEY = 'a key of exactly thirty-two byte';
const TEXT = 'sixteen bytes\0\xe9\n'.repeat(2);

function encrypted(cipher: string, vector: string | null): string {
	const aes = createCipheriv(cipher, KEY, vector).setAutoPadding(false);
	return Buffer.concat([aes.update(TEXT, 'latin1'), aes.final()]).toString('base64');
}

const steps = (secret: string) => [
	gives('gcrypt.aes_encrypt', TEXT, `${KEY} and more`, '$var(x)')(1),
	is('$var(x)', secret),
	gives('gcrypt.aes_decrypt', secret, KEY, '$var(y)')(1),
	is('$var(y)', TEXT),
	gives('gcrypt.aes_encrypt', '', KEY, '$var(z)')(1),
	is('$var(z)', ''),
	complains('gcrypt.aes_encrypt', 'x', KEY, '$var(z)')(-1),
	complains('gcrypt.aes_decrypt', 'eA==', KEY, '$var(z)')(-1),
	complains('gcrypt.aes_encrypt', TEXT, 'short', '$var(z)')(-1),
	complains('gcrypt.aes_encrypt', TEXT, KEY, '$si')(-1),
];

const modparams = (name: string, value: string | number) => ({
	modparams: [{ module: 'gcrypt', name, value }],
});

test('AES encrypts in ECB mode by default', () => take(steps(encrypted('aes-256-ecb', null))));

test('CBC with the vector of Kamailio', () =>
	take(steps(encrypted('aes-256-cbc', 'SIP/2.0 is RFC32')), {}, modparams('aes_mode', 1)));

test('HMAC, in the base 64 of URLs', () =>
	take([
		gives('gcrypt.hmac_sha256', TEXT, KEY, '$var(h)')(1),
		is('$var(h)', createHmac('sha256', KEY).update(TEXT, 'latin1').digest('base64url')),
		gives('gcrypt.hmac_sha512', '', '', '$var(h)')(1),
		is('$var(h)', createHmac('sha512', '').digest('base64url')),
		complains('gcrypt.hmac_sha256', TEXT, KEY, '$si')(-1),
	]));
