/** KSR.auth_ephemeral: credentials of a web service. Kamailio 5.6.3 of Debian does not have the module. */
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { complains, gives, take } from '../support/context.ts';
import { hostFor } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const NOW = 1_800_000_000;
const AT_NOW = { now: () => NOW * 1000 };

const modparam = paramsOf('auth_ephemeral');
const password = (user: string, secret = 'new', hash = 'sha1') =>
	createHmac(hash, secret).update(user).digest('base64');
const checks = (user: string, given: string, result: number) =>
	gives('auth_ephemeral.autheph_authenticate', user, given)(result);
const refuses = (user: string, given: string, result: number) =>
	complains('auth_ephemeral.autheph_authenticate', user, given)(result);

const SECRETS = [modparam('secret', 'old'), modparam('secret', 'new')];

test('a password is good for its user name, by each secret, until the name ends', () => {
	const user = `${NOW}:alice`;
	const ended = `${NOW - 1}:alice`;
	take(
		[
			checks(user, password(user), 1),
			checks(user, password(user, 'old'), 1),
			checks(String(NOW), password(String(NOW)), 1),
			checks(user, password(user, 'other'), -1),
			checks(user, password(`${NOW}:bob`), -1),
			checks(user, 'short', -1),
			refuses(ended, password(ended), -7),
			refuses('alice', password('alice'), -1),
			refuses('alice:1900000000', password('alice:1900000000'), -1),
			refuses('', 'x', -1),
			refuses(user, '', -1),
		],
		{},
		{ modparams: SECRETS, clock: AT_NOW },
	);
});

test('the older form of user names, and another hash', () => {
	const user = `alice:${NOW}`;
	const modparams = [...SECRETS, modparam('username_format', 0), modparam('sha_algorithm', 3)];
	take(
		[checks(user, password(user, 'new', 'sha512'), 1), checks(user, password(user), -1)],
		{},
		{ modparams, clock: AT_NOW },
	);
});

test('without a secret nobody is let in', () => {
	take([checks(`${NOW}:alice`, password(`${NOW}:alice`, ''), -1)], {}, { clock: AT_NOW });
});

const SCRIPT = `
function ksr_xhttp_event()
	local rc = KSR.auth_ephemeral.autheph_www("files")
	KSR.info("rc " .. rc .. " " .. KSR.siputils.is_user(KSR.hdr.gete("X-User")))
	if rc < 0 then KSR.auth.www_challenge("files", 1) end
end`;

test('digest credentials of such a user are good by any secret, and the user is who they are', async (t) => {
	const { request, lines } = await hostFor(t, SCRIPT, { modparams: SECRETS });
	const [, nonce = ''] = /nonce="([^"]*)"/.exec((await request()).headers) ?? [];
	const H = (text: string) => createHash('md5').update(text).digest('hex');
	const ask = async (user: string, given: string) => {
		const response = H(`${H(`${user}:files:${given}`)}:${nonce}:00000001:mine:auth:${H('GET:/')}`);
		const line = `Digest username="${user}", realm="files", nonce="${nonce}", uri="/", qop=auth, nc=00000001, cnonce="mine", response="${response}"`;
		await request('/', {
			headers: [
				['Authorization', line],
				['X-User', user],
			],
		});
		return lines('script').at(-1);
	};
	const later = '4000000000:alice';
	assert.equal(await ask(later, password(later)), 'rc 1 1');
	assert.equal(await ask(later, password(later, 'old')), 'rc 1 1');
	assert.equal(await ask(later, 'guess'), 'rc -2 -1');
	assert.equal(await ask('1000000000:alice', password('1000000000:alice')), 'rc -7 -1');
	assert.equal(await ask('alice', 'guess'), 'rc -1 -1');
});
