/**
 * `{uri.…}` and `{urialias.…}`: the parts of SIP URIs (modules/pv/pv_trans.c). Handlers that start calls get such URIs
 * over HTTP too.
 *
 * @module
 */
import { type Apply, type Transformation, TransformationError, WrittenInteger } from '../transformation.ts';
import type { PvValue } from '../variable.ts';
import { parseSipUri, type SipUri } from '../variables/sip-uri.ts';
import { stringParam } from './params.ts';

/** A URI with what stands behind its host taken apart. */
interface WholeUri extends SipUri {
	/** Without the first semicolon; empty for tel: and urn:. */
	readonly params: string;
	/** Without the question mark. */
	readonly headers: string;
}

function parse(value: string): WholeUri {
	// one semicolon too many at the end is forgiven, as it is in Kamailio
	const uri = parseSipUri(value.length > 4 ? value.replace(/;$/, '') : value);
	// tels: is known to Kamailio by name only
	if (!uri || uri.scheme.toLowerCase() === 'tels') throw new TransformationError(`"${value}" is no SIP URI`);
	const mark = uri.rest.indexOf('?');
	const params = mark < 0 ? uri.rest : uri.rest.slice(0, mark);
	return {
		...uri,
		params: /^sips?$/i.test(uri.scheme) ? params.replace(/^;/, '') : '',
		headers: mark < 0 ? '' : uri.rest.slice(mark + 1),
	};
}

/** The parameters in their order, each as it stands there. */
function split(params: string): { name: string; value: string; source: string }[] {
	return [...params.matchAll(/([^;="]*)(?:=((?:"[^"]*"|[^;"])*))?(?:;|$)/g)]
		.filter(([source]) => source !== '' && source !== ';')
		.map(([source, name = '', value = '']) => ({
			name: name.trim().toLowerCase(),
			value: /^\s*(?:"([^"]*)"|([^,]*?))\s*(?:,|$)/.exec(value)?.slice(1).find(Boolean) ?? '',
			source: source.replace(/;$/, ''),
		}));
}

/** The value of a parameter; of several the last one's, as Kamailio has it. */
function param({ params }: WholeUri, name: string): string {
	const wanted = name.toLowerCase();
	return split(params).findLast((candidate) => candidate.name === wanted)?.value ?? '';
}

/** Transports with their numbers in aliases (core/ip_addr.h). */
const TRANSPORTS = ['', 'udp', 'tcp', 'tls', 'sctp', 'ws'];

/** The transport that a URI names; empty where it names none, or one that nobody knows. */
function transport(uri: WholeUri): string {
	const name = param(uri, 'transport').toLowerCase();
	return TRANSPORTS.includes(name) ? name : '';
}

/** The URI anew, of some of its parts. */
function short(uri: WholeUri, keep: { user: boolean; place: boolean }): string {
	const name = param(uri, 'transport');
	const user = keep.user && uri.user ? `${uri.user}@` : '';
	const place = keep.place ? `${uri.port && `:${uri.port}`}${name && `;transport=${name}`}` : '';
	return `${uri.scheme}:${user}${uri.host}${place}`;
}

function part(name: string, doc: string, get: (uri: WholeUri) => PvValue | WrittenInteger): Transformation {
	return { name: `uri.${name}`, params: [], doc, bind: () => (value) => get(parse(value)) };
}

const ofParam = (name: string, of: string, what: string) =>
	part(name, `${what} of a SIP URI; empty without one.`, (uri) => param(uri, of));

/** `host~port~number`, which aliases in contacts are made of. */
function encodeAlias(value: string): string {
	const uri = parse(value);
	const name = transport(uri);
	const port = uri.port || (name === 'tls' ? '5061' : '5060');
	return `${uri.host}~${port}~${Math.max(1, TRANSPORTS.indexOf(name))}`;
}

const decodeAlias: Apply = (value) => {
	if (value === '') throw new TransformationError('the value is empty');
	const [, host, port = '', number] = /^([^~]*)~([^~]*)~(\d)/.exec(value) ?? [];
	const name = TRANSPORTS[Number(number)];
	if (host === undefined || !name) return '';
	return `sip:${host}:${port}${name === 'udp' ? '' : `;transport=${name}`}`;
};

/** The transformations of the classes `uri` and `urialias`. */
export const uriTransformations: readonly Transformation[] = [
	part('user', 'The user of a SIP URI; empty without one.', (uri) => uri.user),
	part('host', 'The host of a SIP URI.', (uri) => uri.host),
	part('domain', 'The same as uri.host.', (uri) => uri.host),
	part('passwd', 'The password of a SIP URI; empty without one.', (uri) => uri.password.slice(1)),
	part(
		'port',
		'The port of a SIP URI, as an integer; 0 without one, which is empty in a text.',
		(uri) => new WrittenInteger(Number(uri.port), uri.port),
	),
	part('params', 'All parameters of a SIP URI; empty without any.', (uri) => uri.params),
	{
		name: 'uri.param',
		params: ['name'],
		doc: "The value of a parameter of a SIP URI, whose name's case does not matter; empty without one.",
		bind([text]) {
			const name = stringParam(text);
			// other than an empty text, null is a parameter that no URI has
			return (value, ctx) => {
				const uri = parse(value);
				return text?.variable?.get(ctx) === null ? '' : param(uri, name(ctx));
			};
		},
	},
	{
		name: 'uri.rmparam',
		params: ['name'],
		doc: 'A SIP URI without a parameter.',
		bind([text]) {
			const name = stringParam(text);
			return (value, ctx) => {
				const { params, rest } = parse(value);
				const unwanted = name(ctx).toLowerCase();
				const kept = split(params).filter((candidate) => candidate.name !== unwanted);
				const place = value.slice(0, value.lastIndexOf(rest));
				const headers = rest.slice(params === '' ? 0 : params.length + 1);
				return `${place}${kept.map(({ source }) => `;${source}`).join('')}${headers}`;
			};
		},
	},
	part('headers', 'What follows the question mark of a SIP URI; empty without one.', (uri) => uri.headers),
	ofParam('transport', 'transport', 'The parameter transport'),
	ofParam('ttl', 'ttl', 'The parameter ttl'),
	ofParam('uparam', 'user', 'The parameter user'),
	ofParam('maddr', 'maddr', 'The parameter maddr'),
	ofParam('method', 'method', 'The parameter method'),
	ofParam('lr', 'lr', 'The value of the parameter lr'),
	ofParam('r2', 'r2', 'The value of the parameter r2'),
	part('scheme', 'The scheme of a SIP URI, as it is written.', (uri) => uri.scheme),
	part('tosocket', 'A SIP URI as transport:host:port; empty where it names no transport.', (uri) => {
		const name = transport(uri);
		return name && `${name}:${uri.host}:${uri.port || '5060'}`;
	}),
	part('saor', 'Scheme, user and host of a SIP URI.', (uri) => short(uri, { user: true, place: false })),
	part('suri', 'Scheme, user, host, port and transport of a SIP URI.', (uri) =>
		short(uri, { user: true, place: true }),
	),
	part('duri', 'Scheme, host, port and transport of a SIP URI.', (uri) =>
		short(uri, { user: false, place: true }),
	),
	{
		name: 'urialias.encode',
		params: [],
		doc: 'Host, port and transport of a SIP URI as host~port~number; empty where it is none.',
		bind: () => (value) => {
			if (value === '') throw new TransformationError('the value is empty');
			try {
				return encodeAlias(value);
			} catch {
				return '';
			}
		},
	},
	{
		name: 'urialias.decode',
		params: [],
		doc: 'What urialias.encode gave as a SIP URI; empty for anything else.',
		bind: () => decodeAlias,
	},
];
