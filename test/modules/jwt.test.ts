/** KSR.jwt and KSR.jwt3. Kamailio 5.6.3 of Debian has neither; the tokens are those of RFC 7515 and of node:crypto. */
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { complains, gives, is, read, type Step, take } from '../support/context.ts';
import { folderWith } from '../support/host.ts';

const SECRET = 'a secret';
const NOW = 1_800_000_000;
const AT_NOW = { clock: { now: () => NOW * 1000 } };

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as somebody else makes it. */
function token(claims: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }, secret = SECRET): string {
	const data = `${base64(header)}.${base64(claims)}`;
	return `${data}.${createHmac('sha256', secret).update(data).digest('base64url')}`;
}

const good = (claims: unknown, wanted = 'a=1') =>
	gives('jwt.jwt_verify_key', SECRET, 'HS256', wanted, token(claims))(1);
const bad = (claims: unknown, status: number, header?: unknown, wanted = 'a=1'): Step[] => [
	complains('jwt.jwt_verify_key', SECRET, 'HS256', wanted, token(claims, header))(-1),
	is('$jwt(status)', status),
];

/** A folder with a pair of keys of each kind. */
function keys(t: TestContext): string {
	const folder = folderWith(t, { secret: `${SECRET}\n`, empty: '\n' });
	const pairs = {
		rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
		p256: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
		p384: generateKeyPairSync('ec', { namedCurve: 'secp384r1' }),
		ed: generateKeyPairSync('ed25519'),
	};
	for (const [name, { privateKey, publicKey }] of Object.entries(pairs)) {
		writeFileSync(join(folder, name), privateKey.export({ type: 'pkcs8', format: 'pem' }));
		writeFileSync(join(folder, `${name}.pub`), publicKey.export({ type: 'spki', format: 'pem' }));
	}
	const set = Object.entries(pairs).map(([kid, { privateKey }]) => ({
		...privateKey.export({ format: 'jwk' }),
		kid,
	}));
	writeFileSync(join(folder, 'set'), JSON.stringify({ keys: set }));
	return folder;
}

test('a token holds alg, typ, iat and the claims, with names in order', () => {
	take(
		[
			gives(
				'jwt.jwt_generate',
				'docs/samples/jwt-secret.txt',
				'hs256',
				'z=-5;b="2";a=text;none=;10=1;9=1;',
			)(1),
			(_world, ctx) => {
				const [head = '', body = ''] = String(read(ctx, '$jwt(val)')).split('.');
				assert.equal(Buffer.from(head, 'base64url').toString(), '{"alg":"HS256","typ":"JWT"}');
				assert.equal(
					Buffer.from(body, 'base64url').toString(),
					`{"10":1,"9":1,"a":"text","b":"2","iat":${NOW},"z":-5}`,
				);
			},
			complains('jwt.jwt_generate', 'docs/samples/jwt-secret.txt', 'HS256', 'iat=1')(-1),
			is('$jwt(val)', null),
		],
		{},
		AT_NOW,
	);
});

test('each algorithm verifies what it has signed, and nothing of another key', (t) => {
	const folder = keys(t);
	const pairs = {
		HS256: ['secret', 'secret'],
		HS384: ['secret', 'secret'],
		HS512: ['secret', 'secret'],
		RS256: ['rsa', 'rsa.pub'],
		RS512: ['rsa', 'rsa.pub'],
		PS256: ['rsa', 'rsa.pub'],
		ES256: ['p256', 'p256.pub'],
		ES384: ['p384', 'p384.pub'],
		EdDSA: ['ed', 'ed.pub'],
	} as const;
	take(
		Object.entries(pairs).flatMap(([name, [own, open]]): Step[] => [
			gives('jwt.jwt_generate', join(folder, own), name, 'a=1')(1),
			(world, ctx) => {
				const made = String(read(ctx, '$jwt(val)'));
				gives('jwt.jwt_verify', join(folder, open), name, 'a=1', made)(1)(world, ctx);
				const wrong = made.replace(/\.([^.]+)\./, `.${base64({ a: 1, iat: 1 })}.`);
				complains('jwt.jwt_verify', join(folder, open), name, 'a=1', wrong)(-1)(world, ctx);
				is('$jwt(status)', 0)(world, ctx);
			},
		]),
	);
});

test('ES256 signatures are as RFC 7518 has them, not as DER', (t) => {
	const folder = keys(t);
	take([
		gives('jwt.jwt_generate', join(folder, 'p256'), 'ES256', 'a=1')(1),
		(_world, ctx) => {
			const [, , signature = ''] = String(read(ctx, '$jwt(val)')).split('.');
			assert.equal(Buffer.from(signature, 'base64url').length, 64);
		},
	]);
});

test('what is wrong with a token is told by its status', () => {
	take(
		[
			good({ a: 1 }),
			good({ a: 1, exp: NOW + 1, nbf: NOW }),
			is('$jwt(status)', 0),
			...bad({ a: 1, exp: NOW }, 4),
			...bad({ a: 1, nbf: NOW + 1 }, 8),
			...bad({ b: 1 }, 128),
			...bad({ a: 2 }, 256),
			...bad({ a: '1' }, 256),
			...bad({ b: 1, exp: 1 }, 132),
			...bad({ a: 1, iss: 'x' }, 16, { alg: 'HS256', iss: 'y' }),
			...bad({ a: 1, sub: 'x' }, 32, { alg: 'HS256', sub: 'y' }),
			...bad({ a: 1, aud: ['x'] }, 64, { alg: 'HS256', aud: ['y'] }),
			...bad({ a: 1 }, 2, { alg: 'HS512' }),
			...bad({ a: 1 }, 2, { alg: 'none' }),
			...bad({ a: 1 }, 128, undefined, 'toString="x"'),
			good({ a: 1, b: 'x' }, 'a=1;b="x"'),
			good({ a: 1, b: 'x' }, 'b=x;'),
		],
		{},
		AT_NOW,
	);
});

test('what is no token, no algorithm, no claims or no key is refused', (t) => {
	const folder = keys(t);
	const verifies = (...args: [string, string, string, string]) =>
		complains('jwt.jwt_verify_key', ...args)(-1);
	take([
		...[
			'',
			'x',
			'a.b',
			'a.b.c',
			`${token({ a: 1 })}x`,
			`${token({ a: 1 })}.x`,
			token([1]),
			token({ a: 1 }, []),
		].map((text) => verifies(SECRET, 'HS256', 'a=1', text)),
		verifies(SECRET, 'none', 'a=1', token({ a: 1 }, { alg: 'none' })),
		verifies(SECRET, '', 'a=1', token({ a: 1 })),
		verifies(SECRET, 'HS256', '', token({ a: 1 })),
		verifies(SECRET, 'HS256', '=', token({ a: 1 })),
		verifies('other', 'HS256', 'a=1', token({ a: 1 })),
		verifies('', 'HS256', 'a=1', token({ a: 1 })),
		verifies('no PEM', 'RS256', 'a=1', token({ a: 1 })),
		...[join(folder, 'none'), join(folder, 'empty'), folder, '/dev/zero', '', 'a\0b'].map((file) =>
			complains('jwt.jwt_verify', file, 'HS256', 'a=1', token({ a: 1 }))(-1),
		),
		complains('jwt.jwt_generate', join(folder, 'p384'), 'ES256', 'a=1')(-1),
		complains('jwt.jwt_generate', join(folder, 'rsa.pub'), 'RS256', 'a=1')(-1),
	]);
});

test('a public key is never taken for a secret, whatever the token or the script says', (t) => {
	const folder = keys(t);
	take([complains('jwt.jwt_generate', join(folder, 'rsa.pub'), 'HS256', 'a=1')(-1)]);
});

test('a set of keys has the one that kid names', (t) => {
	const file = join(keys(t), 'set');
	take([
		gives('jwt3.jwt3_generate_hdrs', file, 'ES384', 'a=1', 'kid="p384"')(1),
		(world, ctx) =>
			gives('jwt3.jwt3_verify', file, 'ES384', 'a=1', String(read(ctx, '$jwt3(val)')))(1)(world, ctx),
		gives('jwt3.jwt3_generate', file, 'RS256', 'a=1')(1),
		complains('jwt3.jwt3_generate_hdrs', file, 'RS256', 'a=1', 'kid="none"')(-1),
		complains('jwt3.jwt3_generate_hdrs', file, 'RS256', 'a=1', 'kid="ed"')(-1),
	]);
});

test('jwt3 looks at exp and nbf only with a leeway', () => {
	const late = token({ a: 1, exp: NOW - 5 });
	const verified = ['jwt3.jwt3_verify_key', SECRET, 'HS256', 'a=1', late] as const;
	const leeway = (value: number) => ({
		...AT_NOW,
		modparams: [{ module: 'jwt3', name: 'leeway_sec', value }],
	});
	take([gives(...verified)(1)], {}, AT_NOW);
	take([gives(...verified)(1)], {}, leeway(6));
	take([complains(...verified)(-1), is('$jwt3(status)', 4)], {}, leeway(5));
});

test('with key_mode 1 a key file is read once', (t) => {
	const folder = folderWith(t, { key: SECRET });
	const file = join(folder, 'key');
	const steps = (after: number): Step[] => [
		gives('jwt.jwt_verify', file, 'HS256', 'a=1', token({ a: 1 }))(1),
		() => writeFileSync(file, 'another'),
		after === 1
			? gives('jwt.jwt_verify', file, 'HS256', 'a=1', token({ a: 1 }))(1)
			: complains('jwt.jwt_verify', file, 'HS256', 'a=1', token({ a: 1 }))(-1),
		() => writeFileSync(file, SECRET),
	];
	take(steps(1), {}, { modparams: [{ module: 'jwt', name: 'key_mode', value: 1 }] });
	take(steps(-1));
});
