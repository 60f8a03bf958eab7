/**
 * `$tls_…`: what is known of a connection's TLS and of both sides' certificates (modules/tls/tls_select.c). All of them
 * are null on a connection without TLS, those of a client's certificate where it showed none.
 *
 * @module
 */
import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { bytesOf } from '../../bytes.ts';
import type { RequestContext } from '../../kemi/context.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import type { PvValue, Variable } from '../../pv/variable.ts';
import { wordVariable } from '../../pv/variables/names.ts';

/** The names of a distinguished name's parts, and what OpenSSL calls them. */
const NAME_PARTS = {
	cn: 'CN',
	locality: 'L',
	country: 'C',
	state: 'ST',
	organization: 'O',
	unit: 'OU',
	uid: 'UID',
} as const;

/** Kinds of alternative names: by the variable's name, as `$tls_…_san_count` calls it, as node prints it. */
const SAN_KINDS = [
	['email', 'EMAIL', 'email'],
	['hostname', 'DNS', 'DNS'],
	['uri', 'URI', 'URI'],
	['ip', 'IP', 'IP Address'],
] as const;

const CIPHER_BITS: readonly (readonly [RegExp, number])[] = [
	[/256|CHACHA20/, 256],
	[/128/, 128],
	[/3DES/, 168],
];

/** A part of a distinguished name, as node prints it: `C=FI\nO=Org`. */
function namePart(name: string, part: string): string | null {
	const line = name.split('\n').find((text) => text.startsWith(`${part}=`));
	return line === undefined ? null : bytesOf(line.slice(part.length + 1));
}

/**
 * The alternative names of a kind, as in `DNS:localhost, IP Address:127.0.0.1`; node puts a name with a comma in it
 * in quotes. Null for a certificate without any.
 */
function alternativeNames({ subjectAltName }: X509Certificate, kind: string): readonly string[] | null {
	const entries = subjectAltName?.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g);
	if (!entries) return null;
	return entries
		.map((entry) => entry.trimStart())
		.filter((entry) => entry.startsWith(`${kind}:`))
		.map((entry) => bytesOf(entry.slice(kind.length + 1).replace(/^"(.*)"$/s, '$1')));
}

const pem = (certificate: X509Certificate) => certificate.toString();

/** Escapes as Kamailio's urlencode does: `%0a` for a line end, letters, digits and `-._~/+=` as they are. */
const urlencoded = (text: string) =>
	text.replace(/[^A-Za-z0-9\-._~/+=]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** The distinguished name on one line, `/C=FI/O=Org`. */
const oneLine = (name: string) => bytesOf(`/${name.split('\n').join('/')}`);

/** What a certificate tells, by the end of the variable's name. */
const OF_CERTIFICATE: Readonly<Record<string, (certificate: X509Certificate) => PvValue>> = {
	raw_cert: pem,
	urlencoded_cert: (certificate) => urlencoded(pem(certificate)),
	// all certificates of today are of version 3, which is written 2
	version: () => '2',
	serial: (certificate) => BigInt(`0x${certificate.serialNumber}`).toString(),
	subject: ({ subject }) => oneLine(subject),
	issuer: ({ issuer }) => oneLine(issuer),
	...Object.fromEntries(
		Object.entries(NAME_PARTS).flatMap(([name, part]) => [
			[`subject_${name}`, ({ subject }: X509Certificate) => namePart(subject, part)],
			[`issuer_${name}`, ({ issuer }: X509Certificate) => namePart(issuer, part)],
		]),
	),
	notBefore: ({ validFrom }) => validFrom,
	notAfter: ({ validTo }) => validTo,
};

/** What a connection tells. */
const OF_CONNECTION: Readonly<Record<string, (socket: TLSSocket) => PvValue>> = {
	tls_version: (socket) => socket.getProtocol(),
	tls_description: (socket) => `${socket.getCipher().name} ${socket.getProtocol()}`,
	tls_cipher_info: (socket) => socket.getCipher().name,
	tls_cipher_bits: (socket) => {
		const { name } = socket.getCipher();
		return String(CIPHER_BITS.find(([pattern]) => pattern.test(name))?.[1] ?? 0);
	},
	tls_peer_verified: (socket) => flag(socket.authorized),
	tls_peer_revoked: (socket) => flag(errorOf(socket) === 'CERT_REVOKED'),
	tls_peer_expired: (socket) => flag(errorOf(socket) === 'CERT_HAS_EXPIRED'),
	tls_peer_selfsigned: (socket) => flag(errorOf(socket) === 'DEPTH_ZERO_SELF_SIGNED_CERT'),
	tls_peer_server_name: (socket) => serverName(socket),
};

const flag = (value: boolean) => (value ? '1' : '0');

/** Node has the code of the error, not the error. */
const errorOf = (socket: TLSSocket) => String(socket.authorizationError);

function serverName(socket: TLSSocket): string | null {
	const { servername } = socket as TLSSocket & { servername?: string | false };
	return servername ? bytesOf(servername) : null;
}

const socketOf = (ctx: RequestContext) => ctx.request.connection.tls;

type Side = 'peer' | 'my';
const SIDES: readonly Side[] = ['peer', 'my'];
const ownerOf = (side: Side) => (side === 'peer' ? "client's" : "host's");

function ofCertificate(
	side: Side,
	read: (certificate: X509Certificate) => PvValue,
): (ctx: RequestContext) => PvValue {
	return (ctx) => {
		const socket = socketOf(ctx);
		const certificate = side === 'peer' ? socket?.getPeerX509Certificate() : socket?.getX509Certificate();
		return certificate ? read(certificate) : null;
	};
}

/** An alternative name: the first, or by an index the one that stands there. */
function alternativeNameVariable(side: Side, name: string, kind: string): Variable {
	return {
		names: [`tls_${side}_san_${name}`],
		doc: `The ${ownerOf(side)} certificate: its alternative names of this kind, $(tls_${side}_san_${name}[1]) the second. Null without one.`,
		bind({ inner, index = () => 0 }) {
			if (inner !== undefined) throw new PvSyntaxError('this variable takes no name', 0);
			return {
				get(ctx) {
					const at = index(ctx);
					if (typeof at === 'string') return null;
					return ofCertificate(side, (certificate) => alternativeNames(certificate, kind)?.[at] ?? null)(ctx);
				},
			};
		},
	};
}

/** How many alternative names of a kind there are. */
function alternativeNameCount(side: Side): Variable {
	return wordVariable(
		[`tls_${side}_san_count`],
		`The ${ownerOf(side)} certificate: how many alternative names of a kind it has, $tls_${side}_san_count(DNS); EMAIL, DNS, URI or IP. Null if it has none at all.`,
		Object.fromEntries(
			SAN_KINDS.map(([, word, kind]) => [
				word,
				ofCertificate(side, (certificate) => alternativeNames(certificate, kind)?.length ?? null),
			]),
		),
	);
}

/** All of them. */
export const tlsVariables: readonly Variable[] = [
	...Object.entries(OF_CONNECTION).map(
		([name, read]): Variable => ({
			names: [name],
			doc: `TLS of the connection: ${name.replace(/^tls_/, '').replaceAll('_', ' ')}. Null without TLS.`,
			get(ctx) {
				const socket = socketOf(ctx);
				return socket ? read(socket) : null;
			},
		}),
	),
	...Object.entries(OF_CERTIFICATE).flatMap(([name, read]) =>
		SIDES.map(
			(side): Variable => ({
				names: [`tls_${side}_${name}`],
				doc: `The ${ownerOf(side)} certificate: ${name.replaceAll('_', ' ')}. Null without one.`,
				get: ofCertificate(side, read),
			}),
		),
	),
	...SIDES.flatMap((side) => [
		...SAN_KINDS.map(([name, , kind]) => alternativeNameVariable(side, name, kind)),
		alternativeNameCount(side),
	]),
];
