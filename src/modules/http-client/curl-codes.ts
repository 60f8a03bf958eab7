/**
 * Errors by the numbers of libcurl, which Kamailio's module gives to scripts (libcurl-errors(3)).
 *
 * @module
 */
import { NOT_ALLOWED } from '../../net/policy.ts';

/** The numbers that are given here. */
export const CURL = {
	unsupportedProtocol: 1,
	malformedUrl: 3,
	noHost: 6,
	noConnection: 7,
	weirdReply: 8,
	timeout: 28,
	tls: 35,
	aborted: 42,
	tooManyRedirects: 47,
	nothing: 52,
	receive: 56,
	certificateFile: 58,
	certificate: 60,
	tooLarge: 63,
} as const;

/** libcurl's own words, for `$curlerror(n)`. Numbers that are missing mean an error that libcurl does not know. */
const TEXTS: Readonly<Record<number, string>> = {
	0: 'No error',
	1: 'Unsupported protocol',
	2: 'Failed initialization',
	3: 'URL using bad/illegal format or missing URL',
	4: 'A requested feature, protocol or option was not found built-in in this libcurl due to a build-time decision.',
	5: "Couldn't resolve proxy name",
	6: "Couldn't resolve host name",
	7: "Couldn't connect to server",
	8: 'Weird server reply',
	9: 'Access denied to remote resource',
	16: 'Error in the HTTP2 framing layer',
	18: 'Transferred a partial file',
	22: 'HTTP response code said error',
	23: 'Failed writing received data to disk/application',
	26: 'Failed to open/read local data from file/application',
	27: 'Out of memory',
	28: 'Timeout was reached',
	33: 'Requested range was not delivered by the server',
	34: 'Internal problem setting up the POST',
	35: 'SSL connect error',
	42: 'Operation was aborted by an application callback',
	43: 'A libcurl function was given a bad argument',
	45: 'Failed binding local connection end',
	47: 'Number of redirects hit maximum amount',
	52: 'Server returned nothing (no headers, no data)',
	53: 'SSL crypto engine not found',
	54: 'Can not set SSL crypto engine as default',
	55: 'Failed sending data to the peer',
	56: 'Failure when receiving data from the peer',
	58: 'Problem with the local SSL certificate',
	59: "Couldn't use specified SSL cipher",
	60: 'SSL peer certificate or SSH remote key was not OK',
	61: 'Unrecognized or bad HTTP Content or Transfer-Encoding',
	63: 'Maximum file size exceeded',
	66: 'Failed to initialise SSL crypto engine',
	77: 'Problem with the SSL CA cert (path? access rights?)',
	80: 'Failed to shut down the SSL connection',
	83: 'Issuer check against peer certificate failed',
	91: 'SSL server certificate status verification FAILED',
	92: 'Stream error in the HTTP/2 framing layer',
};

/** What `$curlerror(n)` gives (http_client.c: pv_get_curlerror). */
export function curlErrorText(code: number): string {
	if (code > 99) return 'HTTP result code';
	if (code < 0) return 'Bad CURL error code';
	return TEXTS[code] ?? 'Unknown error';
}

/** The numbers for the codes of Node's and undici's errors. */
const BY_CODE: Readonly<Record<string, number>> = {
	ENOTFOUND: CURL.noHost,
	EAI_AGAIN: CURL.noHost,
	ECONNREFUSED: CURL.noConnection,
	EHOSTUNREACH: CURL.noConnection,
	ENETUNREACH: CURL.noConnection,
	EADDRNOTAVAIL: CURL.noConnection,
	EACCES: CURL.noConnection,
	[NOT_ALLOWED]: CURL.noConnection,
	ETIMEDOUT: CURL.timeout,
	UND_ERR_CONNECT_TIMEOUT: CURL.timeout,
	UND_ERR_HEADERS_TIMEOUT: CURL.timeout,
	UND_ERR_BODY_TIMEOUT: CURL.timeout,
	UND_ERR_SOCKET: CURL.nothing,
	UND_ERR_RES_EXCEEDED_MAX_SIZE: CURL.tooLarge,
	ECONNRESET: CURL.receive,
	EPIPE: CURL.receive,
	EPROTO: CURL.tls,
	CERT_HAS_EXPIRED: CURL.certificate,
	CERT_NOT_YET_VALID: CURL.certificate,
	DEPTH_ZERO_SELF_SIGNED_CERT: CURL.certificate,
	SELF_SIGNED_CERT_IN_CHAIN: CURL.certificate,
	UNABLE_TO_GET_ISSUER_CERT: CURL.certificate,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CURL.certificate,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: CURL.certificate,
	ERR_TLS_CERT_ALTNAME_INVALID: CURL.certificate,
};

/** An error that already has its number. */
export class CurlError extends Error {
	readonly curl: number;

	constructor(curl: number, message = curlErrorText(curl)) {
		super(message);
		this.curl = curl;
	}
}

/** The number for an error of a request. */
export function curlCodeOf(error: unknown): number {
	for (let cause = error as { code?: unknown; name?: string; cause?: unknown } | undefined; cause; ) {
		if (cause instanceof CurlError) return cause.curl;
		const code = String(cause.code ?? '');
		const known = BY_CODE[code];
		if (known !== undefined) return known;
		if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return CURL.tls;
		if (code.startsWith('HPE_')) return CURL.weirdReply;
		if (cause.name === 'TimeoutError') return CURL.timeout;
		if (cause.name === 'AbortError') return CURL.aborted;
		if (cause instanceof AggregateError) cause = cause.errors[0];
		else cause = cause.cause as typeof cause;
	}
	return CURL.receive;
}
