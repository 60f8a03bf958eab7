/**
 * TLS in front of connections: which certificate a client gets, and whether it has to show one.
 *
 * @module
 */
import { constants, X509Certificate } from 'node:crypto';
import type { SecureContext, SecureContextOptions, SecureVersion, Server, TLSSocket } from 'node:tls';

/** Not imported, which would load it for the many hosts that have no TLS, too. */
const tls = () => process.getBuiltinModule('node:tls');

/** What is asked of a client: no certificate; one that may be good or bad; none or a good one; a good one. */
export type ClientCertificate = 'none' | 'unchecked' | 'optional' | 'required';

/** One server name, with its certificate. */
export interface TlsSite {
	/** The name that clients ask for (SNI); without it, those in the certificate. */
	readonly serverName?: string | undefined;
	/** The certificate with its chain, and its key, in PEM. */
	readonly certificate: string;
	readonly key: string;
	/** The authorities that may have signed clients' certificates, in PEM. */
	readonly authorities?: string | undefined;
	readonly clientCertificate: ClientCertificate;
	readonly ciphers?: string | undefined;
	readonly minVersion?: SecureVersion | undefined;
	readonly maxVersion?: SecureVersion | undefined;
}

interface Loaded {
	readonly site: TlsSite;
	readonly options: SecureContextOptions;
	readonly context: SecureContext;
	readonly certificate: X509Certificate;
}

/**
 * @param resumable false where no client may go on with the session of another name, which has asked less of it
 */
function load(site: TlsSite, resumable: boolean): Loaded {
	const { certificate: cert, key, authorities: ca, ciphers, minVersion = 'TLSv1.2', maxVersion } = site;
	const options: SecureContextOptions = {
		cert,
		key,
		minVersion,
		...(ca === undefined ? {} : { ca }),
		...(ciphers === undefined ? {} : { ciphers }),
		...(maxVersion === undefined ? {} : { maxVersion }),
		...(resumable ? {} : { secureOptions: constants.SSL_OP_NO_TICKET }),
	};
	return {
		site,
		options,
		context: tls().createSecureContext(options),
		certificate: new X509Certificate(cert),
	};
}

/** True where a name, which may begin with `*.`, means a host. */
function matches(pattern: string, host: string): boolean {
	if (!pattern.startsWith('*.')) return pattern.toLowerCase() === host;
	return host.slice(host.indexOf('.') + 1) === pattern.slice(2).toLowerCase();
}

/** The certificates of a host. They can be changed while it runs: connections that are open keep what they have. */
export class TlsSites {
	readonly #servers: Server[] = [];
	#sites: readonly [Loaded, ...Loaded[]];

	/**
	 * @param sites the first is for clients that ask for no name, or for one that none has
	 * @throws Error of OpenSSL, for what is no certificate, no key, or not the key of the certificate
	 */
	constructor(sites: readonly [TlsSite, ...TlsSite[]]) {
		this.#sites = loadAll(sites);
	}

	/** Puts others in the place of the certificates. Throws as the constructor does, and then leaves them as they are. */
	replace(sites: readonly [TlsSite, ...TlsSite[]]): void {
		this.#sites = loadAll(sites);
		for (const server of this.#servers) {
			server.setSecureContext(this.#sites[0].options);
			Object.assign(server, this.#asked);
		}
	}

	/** Why a client is not served; undefined where it is. Asked once its handshake is over. */
	refusal(socket: TLSSocket): string | undefined {
		const { clientCertificate } = this.#siteFor(socket.servername || '').site;
		const shown = socket.getPeerX509Certificate() !== undefined;
		// whatever a session that is resumed has shown before
		if (clientCertificate === 'required' && !shown) return 'the client shows no certificate';
		if (shown && !socket.authorized && /^(optional|required)$/.test(clientCertificate))
			return `the client's certificate is not good (${socket.authorizationError})`;
		return undefined;
	}

	/**
	 * A server for connections that came in elsewhere: it is given them by its event `connection`.
	 * @param handshakeTime milliseconds that a client has to get through TLS
	 */
	createServer(handshakeTime: number): Server {
		const server = tls().createServer({
			...this.#sites[0].options,
			SNICallback: (name, done) => done(null, this.#siteFor(name).context),
			...this.#asked,
			handshakeTimeout: handshakeTime,
			allowHalfOpen: true,
			ALPNProtocols: ['http/1.1'],
		});
		this.#servers.push(server);
		return server;
	}

	/** What clients are asked before it is known which name they want: what any of the names asks, and no more is enforced than all do. */
	get #asked(): { requestCert: boolean; rejectUnauthorized: boolean } {
		const wants = this.#sites.map(({ site }) => site.clientCertificate);
		return {
			requestCert: wants.some((want) => want !== 'none'),
			rejectUnauthorized: wants.every((want) => want === 'required'),
		};
	}

	#siteFor(asked: string): Loaded {
		const name = asked.toLowerCase();
		const named = this.#sites.find(({ site }) => site.serverName && matches(site.serverName, name));
		const certified = named ?? this.#sites.find(({ certificate }) => certificate.checkHost(name));
		return certified ?? this.#sites[0];
	}
}

function loadAll(sites: readonly [TlsSite, ...TlsSite[]]): [Loaded, ...Loaded[]] {
	const [first, ...others] = sites;
	const same = others.every(
		({ clientCertificate, authorities }) =>
			clientCertificate === first.clientCertificate && authorities === first.authorities,
	);
	return [load(first, same), ...others.map((site) => load(site, same))];
}
