/**
 * KSR.gcrypt: AES with keys of 256 bits as libgcrypt does it, without padding, and HMAC (modules/gcrypt). It is built from Kamailio's
 * source: 5.6.3 does not have it. KSR.crypto is the better choice where nobody asks for this one.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiFunction, type KemiModule, str, variable } from '../kemi/module.ts';
import { outputVariable } from './output-variable.ts';

const KEY_BYTES = 32;
const BLOCK_BYTES = 16;

/** How texts are encrypted. */
interface GcryptState {
	readonly cipher: 'aes-256-ecb' | 'aes-256-cbc';
	/** Null in the mode ECB, which has none. */
	readonly vector: Buffer | null;
}

/** Runs AES over whole blocks. */
function run(
	state: GcryptState,
	direction: typeof createCipheriv | typeof createDecipheriv,
	key: string,
	data: Buffer,
): Buffer {
	const cipher = direction(state.cipher, Buffer.from(key.slice(0, KEY_BYTES), 'latin1'), state.vector);
	cipher.setAutoPadding(false);
	return Buffer.concat([cipher.update(data), cipher.final()]);
}

function aesFunction(
	name: 'aes_encrypt' | 'aes_decrypt',
	doc: string,
	compute: (state: GcryptState, key: string, text: string) => string | undefined,
): KemiFunction {
	const caller = `KSR.gcrypt.${name}`;
	const call = (ctx: RequestContext, text: string, key: string, variableName: string): number => {
		const result = outputVariable(ctx, caller, variableName);
		if (!result) return -1;
		if (key.length < KEY_BYTES) return ctx.refuse(`${caller}: the key has fewer than ${KEY_BYTES} bytes`);
		const value = compute(ctx.state(gcrypt), key, text);
		if (value === undefined)
			return ctx.refuse(`${caller}: the text is no multiple of ${BLOCK_BYTES} bytes; KSR.crypto takes any`);
		result.set(ctx, value);
		return 1;
	};
	return fn(name, [str('text'), str('key'), variable('variable')], 'int', doc, call, {
		cfg: `gcrypt_${name}`,
	});
}

function hmacFunction(hash: 'sha256' | 'sha512'): KemiFunction {
	const name = `hmac_${hash}`;
	return fn(
		name,
		[str('text'), str('key'), variable('variable')],
		'int',
		`Puts the HMAC-${hash.toUpperCase().replace('SHA', 'SHA-')} of a text into a variable, in the base 64 of URLs: 1, or -1 for no such variable.`,
		(ctx, text, key, into) => {
			const output = outputVariable(ctx, `KSR.gcrypt.${name}`, into);
			const hmac = createHmac(hash, Buffer.from(key, 'latin1')).update(text, 'latin1');
			output?.set(ctx, hmac.digest('base64url'));
			return output ? 1 : -1;
		},
		{ cfg: `gcrypt_${name}` },
	);
}

/** The functions on KSR.gcrypt. */
export const gcrypt: KemiModule<GcryptState> = defineModule<GcryptState>({
	name: 'gcrypt',
	doc: 'AES without padding, and HMAC.',
	params: [
		{
			name: 'init_vector',
			type: 'str',
			default: 'SIP/2.0 is RFC3261',
			doc: 'The initialization vector of the mode CBC, of which the first 16 bytes count.',
		},
		{
			name: 'aes_mode',
			type: 'int',
			default: 0,
			doc: '0 for the mode ECB, which shows where blocks are the same; 1 for CBC.',
		},
		{ name: 'register_callid', type: 'int', default: 0, doc: 'Changes nothing: it is about SIP.' },
	],
	init(params) {
		const vector = params.str('init_vector') ?? '';
		if (vector.length < BLOCK_BYTES)
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter init_vector of module gcrypt has fewer than ${BLOCK_BYTES} bytes`,
			);
		return params.int('aes_mode') === 1
			? { cipher: 'aes-256-cbc', vector: Buffer.from(vector.slice(0, BLOCK_BYTES), 'latin1') }
			: { cipher: 'aes-256-ecb', vector: null };
	},
	functions: [
		aesFunction(
			'aes_encrypt',
			'Encrypts a text of a multiple of 16 bytes with the first 32 bytes of a key, and puts it into a variable, in base 64: 1, or -1 if it cannot.',
			(state, key, text) =>
				text.length % BLOCK_BYTES === 0
					? run(state, createCipheriv, key, Buffer.from(text, 'latin1')).toString('base64')
					: undefined,
		),
		aesFunction(
			'aes_decrypt',
			'Decrypts what aes_encrypt gave, and puts it into a variable: 1, or -1 if it cannot. With another key something else comes out.',
			(state, key, text) => {
				const data = Buffer.from(text, 'base64');
				return data.length % BLOCK_BYTES === 0
					? run(state, createDecipheriv, key, data).toString('latin1')
					: undefined;
			},
		),
		hmacFunction('sha256'),
		hmacFunction('sha512'),
	],
});
