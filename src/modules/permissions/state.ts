/**
 * What the permissions module keeps in each child, and how it comes there.
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';
import type { HostServices } from '../../kemi/context.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { SqlError } from '../../sql/sql.ts';
import { readAddressFile } from './address-file.ts';
import { AddressError, type AddressGroups } from './addresses.ts';
import { PermissionsDatabase } from './database.ts';
import type { TrustedPeers } from './trusted.ts';
import { placeOf, UriFiles } from './uri-files.ts';

/** Bits of `load_backends`. */
const BACKENDS = { addresses: 1, trusted: 2, allow: 4, deny: 8 } as const;

/** For so many milliseconds trusted peers are fresh that were read from a table which counts as it is. */
const FRESH = 1000;

/** The module's state. */
export interface PermissionsState {
	/** The file of the addresses; undefined if they are in the database, or nowhere. */
	readonly addressFile: string | undefined;
	readonly database: PermissionsDatabase | undefined;
	readonly maxNetworks: number;
	/** False if the table of trusted peers counts as it is in the database, as far as that is known. */
	readonly cachesTrusted: boolean;
	readonly loads: { readonly addresses: boolean; readonly trusted: boolean };
	/** Undefined if no addresses were given. */
	addresses: AddressGroups | undefined;
	/** Undefined if there are none. */
	trusted: TrustedPeers | undefined;
	/** When they were read last, on the host's clock; infinite while they are being read. */
	trustedRead: number;
	/** Why there are none. */
	trustedMissing: string;
	readonly uriFiles: UriFiles;
	/** The AVP that takes the tag of an entry that matched; undefined for none. */
	readonly tagAvp: string | undefined;
	/** True if all rules that match a peer count. */
	readonly countsAllTags: boolean;
	/** Milliseconds between two reloads, and when the next may be, on the clock of `performance.now()`. */
	readonly reloadPause: number;
	nextReload: number;
}

/** Makes the state. Throws a KemihostError `KH_MODPARAM`. */
export function createState(params: ParamValues, host: HostServices): PermissionsState {
	const avp = params.str('peer_tag_avp');
	const [, tagAvp] = /^\$avp\((?:s:)?([^)]+)\)$/.exec(avp ?? '') ?? [];
	if (avp && !tagAvp)
		throw new KemihostError(
			'KH_MODPARAM',
			`parameter peer_tag_avp of module permissions: "${avp}" is no $avp(name)`,
		);
	const file = params.str('address_file');
	const backends = params.int('load_backends');
	const loads = (backend: keyof typeof BACKENDS) => (backends & BACKENDS[backend]) !== 0;
	const database = PermissionsDatabase.of(params);
	const state: PermissionsState = {
		addressFile: file ? placeOf(host, file) : undefined,
		database,
		maxNetworks: params.int('max_subnets'),
		cachesTrusted: params.int('db_mode') !== 0,
		loads: {
			addresses: loads('addresses') && Boolean(file || database),
			trusted: loads('trusted') && database !== undefined,
		},
		addresses: undefined,
		trusted: undefined,
		trustedRead: 0,
		trustedMissing: 'there is no database of trusted peers',
		uriFiles: new UriFiles(params, host, { allow: loads('allow'), deny: loads('deny') }),
		tagAvp,
		countsAllTags: params.int('peer_tag_mode') !== 0,
		reloadPause: 1000 * params.int('reload_delta'),
		nextReload: 0,
	};
	if (state.addressFile !== undefined && state.loads.addresses) state.addresses = readFile(state);
	return state;
}

function readFile({ addressFile = '', maxNetworks }: PermissionsState): AddressGroups {
	try {
		return readAddressFile(addressFile, maxNetworks);
	} catch (error) {
		if (!(error instanceof AddressError)) throw error;
		throw new KemihostError(
			'KH_MODPARAM',
			`parameter address_file of module permissions: ${addressFile}: ${error.message}`,
			{ hint: 'a line holds group, address, mask, port and tag, of which the last three may be left out' },
		);
	}
}

/** What a reload gives: false if there is nothing to be read. It is there at once where no database is asked. */
export type Reloaded = boolean | Promise<boolean>;

/**
 * Reads the addresses anew.
 * @throws SqlError, AddressError; the addresses are as they were then
 */
export function reloadAddresses(state: PermissionsState): Reloaded {
	const { addressFile, database, loads, maxNetworks } = state;
	if (!loads.addresses) return false;
	const keep = (addresses: AddressGroups) => {
		state.addresses = addresses;
		return true;
	};
	if (addressFile !== undefined) return keep(readAddressFile(addressFile, maxNetworks));
	return database ? database.loadAddresses(maxNetworks).then(keep) : false;
}

/**
 * Reads the trusted peers anew, where they are a cache.
 * @throws SqlError; the peers are as they were then
 */
export function reloadTrusted(state: PermissionsState): Reloaded {
	return state.cachesTrusted && readTrusted(state);
}

/**
 * Has the trusted peers read anew where they are no cache, and were read a second ago or more. Who asks meanwhile is
 * answered by those that are there.
 */
export function refreshTrusted(state: PermissionsState, host: HostServices): void {
	if (state.cachesTrusted || host.clock.now() - state.trustedRead < FRESH) return;
	state.trustedRead = Number.POSITIVE_INFINITY;
	void readForNow(state, host).catch((error: Error) =>
		host.log.log('error', `permissions: the trusted peers could not be read again: ${error.message}`),
	);
}

/** Reads the trusted peers where they are no cache, and notes when, and why there are none. */
async function readForNow(state: PermissionsState, host: HostServices): Promise<boolean> {
	try {
		return await readTrusted(state);
	} catch (error) {
		state.trustedMissing = (error as Error).message;
		throw error;
	} finally {
		state.trustedRead = host.clock.now();
	}
}

function readTrusted(state: PermissionsState): Reloaded {
	const { database, loads } = state;
	if (!loads.trusted || !database) return false;
	return database.loadTrusted(state.cachesTrusted).then((trusted) => {
		state.trusted = trusted;
		return true;
	});
}

/** Reads the trusted peers. Where they are no cache, a table that cannot be read is missed only by who asks for it. */
async function readAtStart(state: PermissionsState, host: HostServices): Promise<boolean> {
	if (state.cachesTrusted) return readTrusted(state);
	try {
		return await readForNow(state, host);
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		return false;
	}
}

/** Loads what is in the database. Throws a KemihostError `KH_DATABASE`. */
export async function loadAtStart(state: PermissionsState, host: HostServices): Promise<void> {
	const { addressFile, database } = state;
	if (!database) return;
	try {
		if (addressFile === undefined) await reloadAddresses(state);
		if (!(await readAtStart(state, host))) await database.check();
	} catch (error) {
		if (!(error instanceof SqlError)) throw error;
		throw new KemihostError('KH_DATABASE', `permissions: ${error.message}`, {
			hint: 'modparam("permissions", "load_backends", 1) takes addresses only, 2 trusted peers only; address_file takes addresses from a file',
			cause: error,
		});
	}
}

/** True if a reload failed for what it was to read. */
export function isReloadFailure(error: unknown): error is Error {
	return error instanceof SqlError || error instanceof AddressError;
}
