/**
 * The crypto module: AES in CBC mode and HMAC (modules/crypto/crypto_mod.c, crypto_aes.c).
 *
 * @module
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, type ParamValues, str, variable } from '../kemi/module.ts';
import { outputVariable } from './output-variable.ts';

/** How keys are made. */
interface CryptoState {
	/** True if the script's keys are passwords; false if they are keys themselves, in base 64. */
	readonly derive: boolean;
	/** Goes into keys made of passwords; undefined for none. */
	readonly salt: Buffer | undefined;
	/** The fixed initialization vector for keys in base 64; undefined for a random one with each text. */
	readonly vector: Buffer | undefined;
}

/** A key of AES with its initialization vector, as node:crypto takes them. */
interface Key {
	readonly cipher: 'aes-128-cbc' | 'aes-256-cbc';
	readonly key: Buffer;
	readonly vector: Buffer;
}

const VECTOR_BYTES = 16;

const bytes = (text: string) => Buffer.from(text, 'latin1');

/** Decodes base 64 with its padding; undefined if it is none. Kamailio decodes anything of the right length. */
function decodeBase64(text: string): Buffer | undefined {
	const good = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
	return good ? Buffer.from(text, 'base64') : undefined;
}

/**
 * The salt that Kamailio makes of its parameter (crypto_set_salt). Its numbers are signed, and OpenSSL reads the first
 * eight.
 * @param text at least eight characters
 */
function saltOf(text: string): Buffer {
	const salt = new Int8Array(8);
	const source = new Int8Array(bytes(text));
	let last = 97;
	for (let i = 0; i < salt.length; i++) {
		salt[i] = ((source[i] as number) * 7 + last + last * (i + 1)) % 0xff;
		last = salt[i] as number;
	}
	return Buffer.from(salt.buffer);
}

/** EVP_BytesToKey() of OpenSSL with SHA-1 in five rounds, for AES with 256 bits. */
function deriveKey(password: string, salt: Buffer | undefined): Key {
	const sha1 = (data: Buffer) => createHash('sha1').update(data).digest();
	const secret = Buffer.concat([bytes(password), salt ?? Buffer.alloc(0)]);
	let material = Buffer.alloc(0);
	let block = Buffer.alloc(0);
	while (material.length < 32 + VECTOR_BYTES) {
		block = sha1(Buffer.concat([block, secret]));
		for (let round = 1; round < 5; round++) block = sha1(block);
		material = Buffer.concat([material, block]);
	}
	return { cipher: 'aes-256-cbc', key: material.subarray(0, 32), vector: material.subarray(32, 48) };
}

/** A key in base 64; undefined if it has neither 128 nor 256 bits. */
function readKey(text: string, vector: Buffer): Key | undefined {
	const key = decodeBase64(text);
	if (key?.length !== 16 && key?.length !== 32) return undefined;
	return { cipher: key.length === 16 ? 'aes-128-cbc' : 'aes-256-cbc', key, vector };
}

const BAD_KEY = 'the key is no base 64 of 128 or 256 bits';

function refuse(ctx: RequestContext, name: string, why: string): undefined {
	ctx.refuse(`KSR.crypto.${name}: ${why}`);
}

/** The text encrypted, in base 64; undefined after an error line. */
function encrypt(ctx: RequestContext, text: string, secret: string): string | undefined {
	const { derive, salt, vector } = ctx.state(crypto);
	const key = derive ? deriveKey(secret, salt) : readKey(secret, vector ?? randomBytes(VECTOR_BYTES));
	if (!key) return refuse(ctx, 'aes_encrypt', BAD_KEY);
	const cipher = createCipheriv(key.cipher, key.key, key.vector);
	// A vector that does not come out of the password goes along in front.
	const parts = [cipher.update(text, 'latin1'), cipher.final()];
	return Buffer.concat(derive ? parts : [key.vector, ...parts]).toString('base64');
}

/** What `encrypt` was given; undefined after an error line if it cannot be had. */
function decrypt(ctx: RequestContext, text: string, secret: string): string | undefined {
	const { derive, salt } = ctx.state(crypto);
	const encrypted = decodeBase64(text);
	const start = derive ? 0 : VECTOR_BYTES;
	if (!encrypted || encrypted.length < start)
		return refuse(ctx, 'aes_decrypt', 'the text is nothing that aes_encrypt gave');
	const key = derive ? deriveKey(secret, salt) : readKey(secret, encrypted.subarray(0, start));
	if (!key) return refuse(ctx, 'aes_decrypt', BAD_KEY);
	const decipher = createDecipheriv(key.cipher, key.key, key.vector);
	try {
		return decipher.update(encrypted.subarray(start), undefined, 'latin1') + decipher.final('latin1');
	} catch {
		// The padding is wrong, as it is nearly always with another key.
		return refuse(ctx, 'aes_decrypt', 'the text was not encrypted with this key');
	}
}

/** HMAC with SHA-256, in base 64 for URLs without padding. */
function hmac(_ctx: RequestContext, text: string, secret: string): string {
	return createHmac('sha256', bytes(secret)).update(text, 'latin1').digest('base64url');
}

/** A function of a text and a key whose result goes into a variable. */
function keyed(
	name: string,
	doc: string,
	compute: (ctx: RequestContext, text: string, key: string) => string | undefined,
) {
	return fn(
		name,
		[str('text'), str('key'), variable('variable')],
		'int',
		doc,
		(ctx, text, key, variableName) => {
			const variable = outputVariable(ctx, `KSR.crypto.${name}`, variableName);
			const result = variable && compute(ctx, text, key);
			if (result === undefined) return -1;
			variable?.set(ctx, result);
			return 1;
		},
		{ cfg: `crypto_${name}` },
	);
}

function readParams(params: ParamValues): CryptoState {
	const wrong = (name: string, why: string) =>
		new KemihostError('KH_MODPARAM', `parameter ${name} of module crypto ${why}`);
	const salt = params.str('salt') ?? '';
	if (salt !== '' && salt.length < 8) throw wrong('salt', 'has fewer than 8 characters');
	const vectorText = params.str('init_vector') ?? '';
	const vector = vectorText === '' ? undefined : decodeBase64(vectorText);
	if (vectorText !== '' && vector?.length !== VECTOR_BYTES)
		throw wrong('init_vector', `is no base 64 of ${VECTOR_BYTES} bytes`);
	return {
		derive: params.int('key_derivation') !== 0,
		salt: salt === '' ? undefined : saltOf(salt),
		vector,
	};
}

/** The functions on KSR.crypto. */
export const crypto: KemiModule<CryptoState> = defineModule({
	name: 'crypto',
	doc: 'Encryption and signatures.',
	params: [
		{
			name: 'salt',
			type: 'str',
			default: 'k8hTm4aZ',
			doc: 'Goes into the keys that are made of passwords: 8 characters or more, of which the first 8 count; empty for none.',
		},
		{
			name: 'key_derivation',
			type: 'int',
			default: 1,
			doc: '1 if the keys of the AES functions are passwords, 0 if they are keys of 16 or 32 bytes in base 64.',
		},
		{
			name: 'init_vector',
			type: 'str',
			default: '',
			doc: 'With key_derivation 0: an initialization vector of 16 bytes in base 64 for all texts; empty for a random one each time.',
		},
	],
	init: readParams,
	functions: [
		keyed(
			'aes_encrypt',
			'Encrypts a text with AES in CBC mode and puts it into a variable, in base 64: 1, or -1 if the key or the variable is not good.',
			encrypt,
		),
		keyed(
			'aes_decrypt',
			'Decrypts what aes_encrypt gave and puts it into a variable: 1, or -1 if it cannot, for example with another key.',
			decrypt,
		),
		keyed(
			'hmac_sha256',
			'Signs a text with HMAC and SHA-256 and puts the signature into a variable, in base 64 for URLs without padding: 1, or -1 if the variable is not good.',
			hmac,
		),
	],
});
