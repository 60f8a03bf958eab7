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
	http2: 16,
	timeout: 28,
	tls: 35,
	aborted: 42,
	tooManyRedirects: 47,
	nothing: 52,
	receive: 56,
	certificateFile: 58,
	certificate: 60,
	tooLarge: 63,
	http2Stream: 92,
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
	10: 'FTP: The server failed to connect to data port',
	11: 'FTP: unknown PASS reply',
	12: 'FTP: Accepting server connect has timed out',
	13: 'FTP: unknown PASV reply',
	14: 'FTP: unknown 227 response format',
	15: "FTP: can't figure out the host in the PASV response",
	16: 'Error in the HTTP2 framing layer',
	17: "FTP: couldn't set file type",
	18: 'Transferred a partial file',
	19: "FTP: couldn't retrieve (RETR failed) the specified file",
	21: 'Quote command returned error',
	22: 'HTTP response code said error',
	23: 'Failed writing received data to disk/application',
	25: 'Upload failed (at start/before it took off)',
	26: 'Failed to open/read local data from file/application',
	27: 'Out of memory',
	28: 'Timeout was reached',
	30: 'FTP: command PORT failed',
	31: 'FTP: command REST failed',
	33: 'Requested range was not delivered by the server',
	34: 'Internal problem setting up the POST',
	35: 'SSL connect error',
	36: "Couldn't resume download",
	37: "Couldn't read a file:// file",
	38: 'LDAP: cannot bind',
	39: 'LDAP: search failed',
	41: 'A required function in the library was not found',
	42: 'Operation was aborted by an application callback',
	43: 'A libcurl function was given a bad argument',
	45: 'Failed binding local connection end',
	47: 'Number of redirects hit maximum amount',
	48: 'An unknown option was passed in to libcurl',
	49: 'Malformed option provided in a setopt',
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
	64: 'Requested SSL level failed',
	65: 'Send failed since rewinding of the data stream failed',
	66: 'Failed to initialise SSL crypto engine',
	67: 'Login denied',
	68: 'TFTP: File Not Found',
	69: 'TFTP: Access Violation',
	70: 'Disk full or allocation exceeded',
	71: 'TFTP: Illegal operation',
	72: 'TFTP: Unknown transfer ID',
	73: 'Remote file already exists',
	74: 'TFTP: No such user',
	77: 'Problem with the SSL CA cert (path? access rights?)',
	78: 'Remote file not found',
	79: 'Error in the SSH layer',
	80: 'Failed to shut down the SSL connection',
	81: 'Socket not ready for send/recv',
	82: 'Failed to load CRL file (path? access rights?, format?)',
	83: 'Issuer check against peer certificate failed',
	84: 'FTP: The server did not accept the PRET command.',
	85: 'RTSP CSeq mismatch or invalid CSeq',
	86: 'RTSP session error',
	87: 'Unable to parse FTP file list',
	88: 'Chunk callback failed',
	89: 'The max connection limit is reached',
	90: 'SSL public key does not match pinned public key',
	91: 'SSL server certificate status verification FAILED',
	92: 'Stream error in the HTTP/2 framing layer',
	93: 'API function called from within callback',
	94: 'An authentication function returned an error',
	95: 'HTTP/3 error',
	96: 'QUIC connection error',
	97: 'proxy handshake error',
	98: 'SSL Client Certificate required',
	99: 'Unrecoverable error in select/poll',
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
	ERR_HTTP2_STREAM_ERROR: CURL.http2Stream,
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
		if (code.startsWith('ERR_HTTP2_')) return CURL.http2;
		if (cause.name === 'TimeoutError') return CURL.timeout;
		if (cause.name === 'AbortError') return CURL.aborted;
		if (cause instanceof AggregateError) cause = cause.errors[0];
		else cause = cause.cause as typeof cause;
	}
	return CURL.receive;
}
