/**
 * The algorithms that sign tokens (RFC 7518, RFC 8037, RFC 8812), by node:crypto: it works at once, and a KEMI function
 * that signs does not wait.
 *
 * @module
 */
import {
	constants,
	createHmac,
	type KeyObject,
	type SigningOptions,
	sign,
	timingSafeEqual,
	verify,
} from 'node:crypto';

/** A way to sign. */
export interface Algorithm {
	/** As it stands in a token: `RS256`. */
	readonly name: string;
	/** What its key is: a secret, or a pair of that type (KeyObject.asymmetricKeyType). */
	readonly keys: readonly (string | undefined)[];
	/** The curve of its keys, where it has one. */
	readonly curve?: string;
	sign(data: string, key: KeyObject): Buffer;
	verify(data: string, key: KeyObject, signature: Buffer): boolean;
}

function hmac(bits: number): Algorithm {
	const mac = (data: string, key: KeyObject) => createHmac(`sha${bits}`, key).update(data, 'latin1').digest();
	return {
		name: `HS${bits}`,
		keys: [undefined],
		sign: mac,
		verify(data, key, signature) {
			const good = mac(data, key);
			return good.length === signature.length && timingSafeEqual(good, signature);
		},
	};
}

function pair(
	name: string,
	hash: string | null,
	options: SigningOptions,
	keys: readonly string[],
	curve?: string,
): Algorithm {
	return {
		name,
		keys,
		...(curve === undefined ? {} : { curve }),
		sign: (data, key) => sign(hash, Buffer.from(data, 'latin1'), { key, ...options }),
		verify: (data, key, signature) =>
			verify(hash, Buffer.from(data, 'latin1'), { key, ...options }, signature),
	};
}

const ELLIPTIC: SigningOptions = { dsaEncoding: 'ieee-p1363' };
const PSS: SigningOptions = {
	padding: constants.RSA_PKCS1_PSS_PADDING,
	saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
};

const ALGORITHMS: readonly Algorithm[] = [
	...[256, 384, 512].map(hmac),
	...[256, 384, 512].map((bits) => pair(`RS${bits}`, `sha${bits}`, {}, ['rsa'])),
	...[256, 384, 512].map((bits) => pair(`PS${bits}`, `sha${bits}`, PSS, ['rsa', 'rsa-pss'])),
	pair('ES256', 'sha256', ELLIPTIC, ['ec'], 'prime256v1'),
	pair('ES384', 'sha384', ELLIPTIC, ['ec'], 'secp384r1'),
	pair('ES512', 'sha512', ELLIPTIC, ['ec'], 'secp521r1'),
	pair('ES256K', 'sha256', ELLIPTIC, ['ec'], 'secp256k1'),
	pair('EdDSA', null, {}, ['ed25519', 'ed448']),
];

/** An algorithm by its name, without regard to case; undefined for `none`, and for a name that there is not. */
export function algorithmOf(name: string): Algorithm | undefined {
	return ALGORITHMS.find((algorithm) => algorithm.name.toLowerCase() === name.toLowerCase());
}

/** Why a key does not fit an algorithm; undefined if it does. */
export function misfit({ name, keys, curve }: Algorithm, key: KeyObject): string | undefined {
	const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
	if (!keys.includes(type)) return `${name} takes no key of type ${type ?? 'secret'}`;
	if (curve !== undefined && details?.namedCurve !== curve)
		return `${name} takes no key of the curve ${details?.namedCurve}`;
	return undefined;
}
