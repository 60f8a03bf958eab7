/**
 * TLS in front of connections: which certificate a client gets, and whether it has to show one.
 *
 * @module
 */
import { X509Certificate } from 'node:crypto';
import type { SecureContext, SecureContextOptions, SecureVersion, Server } from 'node:tls';

/** Not imported, which would load it for the many hosts that have no TLS, too. */
const tls = () => process.getBuiltinModule('node:tls');

/** What is asked of a client: no certificate, one if it has it, or one that is good. */
export type ClientCertificate = 'none' | 'optional' | 'required';

/** One server name, with its certificate. */
export interface TlsSite {
	/** The name that clients ask for (SNI); without it, those in the certificate. */
	readonly serverName?: string | undefined;
	/** The certificate with its chain, and its key, in PEM. */
	readonly certificate: string;
	readonly key: string;
	/** The authorities that may have signed clients' certificates, in PEM. */
	readonly authorities?: string | undefined;
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

function load(site: TlsSite): Loaded {
	const { certificate: cert, key, authorities: ca, ciphers, minVersion = 'TLSv1.2', maxVersion } = site;
	const options: SecureContextOptions = {
		cert,
		key,
		minVersion,
		...(ca === undefined ? {} : { ca }),
		...(ciphers === undefined ? {} : { ciphers }),
		...(maxVersion === undefined ? {} : { maxVersion }),
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
	readonly #clientCertificate: ClientCertificate;
	readonly #servers: Server[] = [];
	#sites: readonly [Loaded, ...Loaded[]];

	/**
	 * @param sites the first is for clients that ask for no name, or for one that none has
	 * @throws Error of OpenSSL, for what is no certificate, no key, or not the key of the certificate
	 */
	constructor(sites: readonly [TlsSite, ...TlsSite[]], clientCertificate: ClientCertificate) {
		this.#clientCertificate = clientCertificate;
		this.#sites = loadAll(sites);
	}

	/** Puts others in the place of the certificates. Throws as the constructor does, and then leaves them as they are. */
	replace(sites: readonly [TlsSite, ...TlsSite[]]): void {
		this.#sites = loadAll(sites);
		for (const server of this.#servers) server.setSecureContext(this.#sites[0].options);
	}

	/**
	 * A server for connections that came in elsewhere: it is given them by its event `connection`.
	 * @param handshakeTime milliseconds that a client has to get through TLS
	 */
	createServer(handshakeTime: number): Server {
		const server = tls().createServer({
			...this.#sites[0].options,
			SNICallback: (name, done) => done(null, this.#contextFor(name.toLowerCase())),
			requestCert: this.#clientCertificate !== 'none',
			rejectUnauthorized: this.#clientCertificate === 'required',
			handshakeTimeout: handshakeTime,
			allowHalfOpen: true,
			ALPNProtocols: ['http/1.1'],
		});
		this.#servers.push(server);
		return server;
	}

	#contextFor(name: string): SecureContext {
		const named = this.#sites.find(({ site }) => site.serverName && matches(site.serverName, name));
		const certified = named ?? this.#sites.find(({ certificate }) => certificate.checkHost(name));
		return (certified ?? this.#sites[0]).context;
	}
}

function loadAll([first, ...others]: readonly [TlsSite, ...TlsSite[]]): [Loaded, ...Loaded[]] {
	return [load(first), ...others.map(load)];
}
