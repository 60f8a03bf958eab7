/**
 * The commands `permissions.*` (modules/permissions/rpc.c, permissions.c), with the texts and codes of their answers. Each child
 * has the tables in its own memory, so all of them reload.
 *
 * @module
 */
import { chain, recover } from '../../kemi/chain.ts';
import {
	type RpcCall,
	type RpcCommand,
	RpcFault,
	type RpcValue,
	rpc,
	sameEverywhere,
} from '../../kemi/rpc.ts';
import type { AddressGroups, AddressListing } from './addresses.ts';
import {
	isReloadFailure,
	type PermissionsState,
	type Reloaded,
	reloadAddresses,
	reloadTrusted,
} from './state.ts';

const tooSoon = new RpcFault(500, 'ongoing reload');
const failed = new RpcFault(500, 'Reload failed.');
const noUris = new RpcFault(500, 'Not enough parameters (basename, URI and contact)');
const NULL = 'NULL';

/** Makes the commands; they work on the state that `stateOf` finds. */
export function permissionsRpc(stateOf: (call: RpcCall) => PermissionsState): readonly RpcCommand[] {
	const reload = (name: string, doc: string, action: (state: PermissionsState) => Reloaded): RpcCommand =>
		rpc(
			name,
			'',
			doc,
			(call) => {
				const state = stateOf(call);
				const now = performance.now();
				if (now < state.nextReload) throw tooSoon;
				state.nextReload = now + state.reloadPause;
				const loaded = recover(
					() => action(state),
					(error) => {
						if (!isReloadFailure(error)) throw error;
						call.host.log.log('error', `${name}: ${error.message}`);
						return false;
					},
				);
				return chain(loaded, (done) => {
					if (!done) throw failed;
					return 'Reload OK';
				});
			},
			sameEverywhere,
		);

	const dump = (
		name: string,
		doc: string,
		missing: string,
		list: (groups: AddressGroups) => readonly AddressListing[],
		show: (listing: AddressListing) => RpcValue,
	) =>
		rpc(name, '', doc, (call) => {
			const { addresses } = stateOf(call);
			if (!addresses) throw new RpcFault(500, missing);
			return list(addresses).map(show);
		});

	const testUri = (name: string) =>
		rpc(name, 'NAME URI CONTACT', 'Whether the files of a name let a URI reach another.', (call) => {
			const [file, from, to] = [call.str(noUris), call.str(noUris), call.str(noUris)];
			const allowed = stateOf(call).uriFiles.test(file, from, to);
			if (typeof allowed !== 'boolean')
				call.host.log.log('error', `${name}: the rules of ${allowed.missing} were not read`);
			return allowed === true ? 'Allowed' : 'Denied';
		});

	return [
		reload('permissions.addressReload', 'Reads the addresses again.', reloadAddresses),
		reload('permissions.trustedReload', 'Reads the trusted peers again.', reloadTrusted),
		dump(
			'permissions.addressDump',
			'The single addresses.',
			'No address table',
			({ singles }) => singles,
			({ table, entry: { group, port, tag = NULL }, place }) => ({
				table,
				group,
				item: { ip: place, port, tag },
			}),
		),
		dump(
			'permissions.subnetDump',
			'The networks.',
			'No subnet table',
			({ networks }) => networks,
			({ table, entry: { group, bits, port, tag = '' }, place }) => ({
				id: table,
				group,
				item: { ip: place, mask: bits, port, tag },
			}),
		),
		dump(
			'permissions.domainDump',
			'The names.',
			'No domain list table',
			({ names }) => names,
			({ table, entry: { group, port, tag = NULL }, place }) => ({
				table,
				group,
				item: { domain_name: place, port, tag },
			}),
		),
		rpc('permissions.trustedDump', '', 'The trusted peers.', (call) => {
			const { cachesTrusted, trusted } = stateOf(call);
			if (!cachesTrusted || !trusted) throw new RpcFault(500, 'No trusted table');
			return trusted.listing.map(({ table, rule }) => ({
				table,
				item: {
					ip: rule.source,
					proto: rule.protocol,
					pattern: rule.from ?? NULL,
					ruri_pattern: rule.requestUri ?? NULL,
					tag: rule.tag ?? NULL,
					priority: rule.priority,
				},
			}));
		}),
		testUri('permissions.testUri'),
		testUri('permissions.allowUri'),
	];
}
