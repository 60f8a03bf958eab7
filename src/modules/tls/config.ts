/**
 * What the tls module is given: its parameters, or the file that `modparam("tls", "config", …)` names
 * (modules/tls/tls_config.c).
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { KemihostError } from '../../errors.ts';
import type { ClientCertificate, TlsSite } from '../../http/tls.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { words } from '../../words.ts';

/** The names that are served; the first is for clients that ask for none. */
export type TlsConfig = readonly [TlsSite, ...TlsSite[]];

/** Settings by their names in Kamailio, as texts. */
type Settings = Readonly<Record<string, string | undefined>>;

const SETTINGS = [
	'method',
	'tls_method',
	'certificate',
	'private_key',
	'ca_list',
	'ca_path',
	'crl',
	'cipher_list',
	'server_name',
	'server_name_mode',
	'server_id',
	'verify_certificate',
	'verify_depth',
	'verify_client',
	'require_certificate',
] as const;

/** `tls_method` by its name; a plus sign means "or newer". */
const METHODS: Readonly<Record<string, readonly [min: SecureVersion, max?: SecureVersion]>> = words({
	'TLSv1+': ['TLSv1.2'],
	'TLSv1.0+': ['TLSv1.2'],
	'TLSv1.1+': ['TLSv1.2'],
	'TLSv1.2+': ['TLSv1.2'],
	'TLSv1.3+': ['TLSv1.3'],
	'TLSv1.2': ['TLSv1.2', 'TLSv1.2'],
	'TLSv1.3': ['TLSv1.3', 'TLSv1.3'],
	SSLv23: ['TLSv1.2'],
	TLSv1: ['TLSv1.2'],
});

function wrong(message: string, where?: string, hint?: string): KemihostError {
	return new KemihostError('KH_MODPARAM', `module tls: ${message}`, { where, hint });
}

function readPem(path: string, folder: string, what: string): string {
	try {
		return readFileSync(resolve(folder, path), 'utf8');
	} catch (error) {
		throw wrong(
			`the ${what} cannot be read (${(error as NodeJS.ErrnoException).code}): ${path}`,
			undefined,
			'--tls-cert and --tls-key name others; an address without TLS needs none',
		);
	}
}

const isOn = (text: string | undefined) => /^(1|yes|on|enable|true)$/i.test(text ?? '');

/** `verify_client` by its values. */
const VERIFY_CLIENT: Readonly<Record<string, ClientCertificate>> = words({
	off: 'none',
	optional: 'optional',
	optional_no_ca: 'unchecked',
	on: 'required',
});

/** As set_verification in tls_domain.c. */
function clientCertificateOf(settings: Settings, where?: string): ClientCertificate {
	const verify = settings['verify_client'] ?? 'off';
	const asked = VERIFY_CLIENT[verify];
	if (!asked)
		throw wrong(`verify_client is ${Object.keys(VERIFY_CLIENT).join(', ')}, not "${verify}"`, where);
	if (isOn(settings['require_certificate'])) return 'required';
	return asked === 'none' && isOn(settings['verify_certificate']) ? 'optional' : asked;
}

function siteOf(settings: Settings, folder: string, where?: string): TlsSite {
	const { certificate, private_key: key, ca_list: authorities } = settings;
	if (!certificate) throw wrong('there is no certificate', where);
	const method = settings['method'] ?? settings['tls_method'] ?? 'TLSv1.2+';
	const versions = METHODS[method];
	if (!versions) throw wrong(`"${method}" is no TLS method (${Object.keys(METHODS).join(', ')})`, where);
	const pem = readPem(certificate, folder, 'certificate');
	return {
		serverName: settings['server_name'],
		certificate: pem,
		// as in Kamailio the key may stand in the same file
		key: key ? readPem(key, folder, 'private key') : pem,
		authorities: authorities ? readPem(authorities, folder, 'ca_list') : undefined,
		ciphers: settings['cipher_list'],
		minVersion: versions[0],
		maxVersion: versions[1],
		clientCertificate: clientCertificateOf(settings, where),
	};
}

/** Reads the file: sections `[server:default]`, `[server:IP:PORT]` and `[client:…]` with `name = value` lines. */
function readSections(path: string): { title: string; line: number; settings: Record<string, string> }[] {
	const sections: { title: string; line: number; settings: Record<string, string> }[] = [];
	for (const [i, text] of readPem(path, '.', 'configuration').split('\n').entries()) {
		const line = text.replace(/^\s*#.*$/, '').trim();
		if (line === '') continue;
		const [, title] = /^\[(.*)\]$/.exec(line) ?? [];
		if (title !== undefined) {
			sections.push({ title, line: i + 1, settings: {} });
			continue;
		}
		const [, name = '', quoted, plain = ''] = /^(\w+)\s*=\s*(?:"([^"]*)"|(.*?))\s*$/.exec(line) ?? [];
		const section = sections.at(-1);
		if (!section || !(SETTINGS as readonly string[]).includes(name))
			throw wrong(`"${line}" is no setting`, `${path}:${i + 1}`);
		section.settings[name] = quoted ?? plain;
	}
	return sections;
}

function fromFile(path: string): TlsConfig | undefined {
	const servers = readSections(path).filter(({ title }) => title.startsWith('server:'));
	// the default comes first: it is for clients that ask for no name
	const sorted = servers.sort(
		(a, b) => Number(b.title === 'server:default') - Number(a.title === 'server:default'),
	);
	const [first, ...others] = sorted.map(({ settings, line }) =>
		siteOf(settings, dirname(path), `${path}:${line}`),
	);
	return first && [first, ...others];
}

/**
 * Reads the configuration, and the files it names.
 * @returns undefined if TLS is not asked for
 * @throws KemihostError `KH_MODPARAM`
 */
export function readTlsConfig(params: ParamValues): TlsConfig | undefined {
	const file = params.str('config');
	if (file) return fromFile(file);
	const certificates = params.all('certificate').map(String);
	if (certificates.length === 0) return undefined;
	const keys = params.all('private_key').map(String);
	if (keys.length > 0 && keys.length !== certificates.length)
		throw wrong(`there are ${certificates.length} certificates and ${keys.length} private keys`);
	const common: Settings = {
		...Object.fromEntries(
			['tls_method', 'ca_list', 'cipher_list', 'verify_client'].map((name) => [
				name,
				params.str(name) ?? undefined,
			]),
		),
		verify_certificate: String(params.int('verify_certificate')),
		require_certificate: String(params.int('require_certificate')),
	};
	const [first, ...others] = certificates.map((certificate, i) =>
		siteOf({ ...common, certificate, private_key: keys[i] }, '.'),
	);
	return [first as TlsSite, ...others];
}
