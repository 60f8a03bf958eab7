/**
 * The tls module: certificates, and what scripts may know of them (modules/tls).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { TlsSites } from '../http/tls.ts';
import type { HostServices } from '../kemi/context.ts';
import {
	defineModule,
	fn,
	type KemiModule,
	type ModuleParam,
	type ParamValues,
	str,
} from '../kemi/module.ts';
import { RpcFault, rpc, sameEverywhere } from '../kemi/rpc.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { readTlsConfig, type TlsConfig } from './tls/config.ts';
import { tlsVariables } from './tls/variables.ts';

/** What the module keeps. */
export interface TlsState {
	/** Undefined if no certificate was given. */
	readonly sites: TlsSites | undefined;
	/** Reads the configuration anew. Throws a KemihostError, and then leaves all as it is. */
	reload(): void;
}

/** What OpenSSL says about a certificate or a key becomes an error of the configuration. */
function checked<T>(action: () => T): T {
	try {
		return action();
	} catch (error) {
		if (error instanceof KemihostError) throw error;
		throw new KemihostError('KH_MODPARAM', `module tls: ${(error as Error).message}`, {
			hint: 'the certificate and its key have to be in PEM, and to belong together',
		});
	}
}

function createState(params: ParamValues, { withoutTls }: HostServices): TlsState {
	if (withoutTls) return { sites: undefined, reload() {} };
	const config = readTlsConfig(params);
	const sites = config && checked(() => new TlsSites(config));
	return {
		sites,
		reload: () => checked(() => sites?.replace(readTlsConfig(params) as TlsConfig)),
	};
}

const text = (name: string, doc: string, more: Partial<ModuleParam> = {}): ModuleParam => ({
	name,
	type: 'str',
	default: null,
	doc,
	...more,
});

/** The functions on KSR.tls. */
export const tls: KemiModule<TlsState> = defineModule<TlsState>({
	name: 'tls',
	doc: 'TLS: certificates, and what is known of them.',
	params: [
		text(
			'certificate',
			'The file of a certificate with its chain, in PEM. The first is for clients that ask for no name.',
			{
				repeatable: true,
			},
		),
		text(
			'private_key',
			'The file of the key to each certificate, in their order; without it the key is in the same file.',
			{
				repeatable: true,
			},
		),
		text('ca_list', "The file of the authorities that may have signed clients' certificates, in PEM."),
		text(
			'tls_method',
			'The versions that are spoken: TLSv1.2+, TLSv1.2, TLSv1.3+ or TLSv1.3. Older ones mean TLSv1.2+.',
			{
				default: 'TLSv1.2+',
			},
		),
		text('cipher_list', "The ciphers that are spoken, in OpenSSL's notation."),
		text(
			'verify_client',
			'What is asked of clients: off; optional, a good certificate or none; optional_no_ca, any, and $tls_peer_verified says whether it is good; on, a good one.',
		),
		{
			name: 'verify_certificate',
			type: 'int',
			default: 0,
			doc: 'With 1 clients are asked for a certificate, and refused with one that is not good.',
		},
		{
			name: 'require_certificate',
			type: 'int',
			default: 0,
			doc: 'With 1 clients without a good certificate are refused.',
		},
		text('config', "A file with all of this, in Kamailio's form: [server:default] and name = value lines."),
	],
	functions: [
		fn(
			'is_peer_verified',
			[],
			'int',
			'1 if the client showed a good certificate, otherwise -1.',
			(ctx) => (ctx.request.connection.tls?.authorized ? 1 : -1),
			{ cfg: 'is_peer_verified' },
		),
		fn(
			'cget',
			[str('name')],
			'xval',
			'What a variable of TLS has, by its name without dollar sign: "tls_peer_subject_cn". Null if it has nothing, after a warning for a name that is none. Newer than Kamailio 5.6.3.',
			(ctx, name) => {
				const variable = /^tls_\w+$/.test(name) ? ctx.host.variables.variable(`$${name}`) : undefined;
				if (variable && !(variable instanceof PvSyntaxError)) return variable.get(ctx);
				ctx.report('warning', `KSR.tls.cget: there is no variable $${name} of TLS`);
				return null;
			},
		),
	],
	variables: tlsVariables,
	rpc: [
		rpc(
			'tls.reload',
			'',
			'Reads all certificates again. Connections that are open keep theirs.',
			({ host }) => {
				try {
					host.state(tls).reload();
				} catch (error) {
					if (error instanceof KemihostError) throw new RpcFault(500, error.message);
					throw error;
				}
				return 'Ok. TLS configuration reloaded.';
			},
			sameEverywhere,
		),
		rpc(
			'tls.list',
			'',
			'All connections with TLS.',
			({ host }) =>
				host.connections().flatMap(({ id, tls: socket, remote, local }) =>
					socket
						? [
								{
									id,
									src_ip: remote.address,
									src_port: remote.port,
									dst_ip: local.address,
									dst_port: local.port,
									cipher: `${socket.getCipher().name} ${socket.getProtocol()}`,
									state: 'established',
								},
							]
						: [],
				),
			{ merge: (answers) => answers.flatMap((answer) => (Array.isArray(answer) ? answer : [])) },
		),
	],
	init: createState,
});
