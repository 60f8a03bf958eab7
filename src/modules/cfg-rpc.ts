/**
 * The cfg_rpc module: settings that change while the host runs (modules/cfg_rpc). Of Kamailio's there is the log
 * level, `core.debug`; it changes in every child, and in those that start later.
 *
 * @module
 */
import type { HostServices } from '../kemi/context.ts';
import { defineModule, type KemiModule } from '../kemi/module.ts';
import { type RpcCall, RpcFault, type RpcValue, rpc, sameEverywhere } from '../kemi/rpc.ts';

/** A setting. */
interface Setting {
	readonly group: string;
	readonly name: string;
	get(host: HostServices): number;
	set(host: HostServices, value: number): void;
}

const SETTINGS: readonly Setting[] = [
	{
		group: 'core',
		name: 'debug',
		get: ({ log }) => log.threshold,
		set: ({ log }, value) => {
			log.threshold = value;
		},
	},
];

const noSuch = new RpcFault(400, 'Failed to get the variable');
const notSet = new RpcFault(400, 'Failed to set the variable');

/** The table of the shared store that keeps what was changed, for children that start later. */
const changes = ({ store }: HostServices) => store.table('cfg');

function find(group: string | undefined, name: string | undefined): Setting | undefined {
	return SETTINGS.find((setting) => setting.group === group && setting.name === name);
}

function get(call: RpcCall): RpcValue {
	const group = call.str(noSuch);
	const name = call.optionalStr();
	if (name === undefined) {
		const members = SETTINGS.filter((setting) => setting.group === group);
		if (members.length === 0) throw noSuch;
		return Object.fromEntries(members.map((setting) => [setting.name, setting.get(call.host)]));
	}
	const setting = find(group, name);
	if (!setting) throw noSuch;
	return setting.get(call.host);
}

function set(call: RpcCall): undefined {
	const setting = find(call.optionalStr(), call.optionalStr());
	const text = call.optionalStr();
	if (!setting || text === undefined || !/^[+-]?\d{1,9}$/.test(text)) throw notSet;
	setting.set(call.host, Number(text));
	changes(call.host).set(`${setting.group}.${setting.name}`, Number(text));
}

const list = (group: string | undefined) =>
	SETTINGS.filter((setting) => group === undefined || setting.group === group).map(
		(setting) => `${setting.group}: ${setting.name}`,
	);

/** Every child has the setting now; their answers are all alike. */
/** The commands `cfg.*`. */
export const cfgRpc: KemiModule = defineModule({
	name: 'cfg_rpc',
	doc: 'Settings that change while the host runs.',
	rpc: [
		rpc('cfg.get', 'GROUP [NAME]', 'The value of a setting, or of all settings of a group.', get),
		rpc('cfg.list', '[GROUP]', 'The names of all settings.', (call) => list(call.optionalStr())),
		rpc('cfg.help', 'GROUP NAME', 'What a setting is.', (call) => {
			if (!find(call.optionalStr(), call.optionalStr())) throw noSuch;
			return '(parameter type is integer)';
		}),
		rpc('cfg.seti', 'GROUP NAME NUMBER', 'Changes a setting in every child.', set, sameEverywhere),
		rpc('cfg.set_now_int', 'GROUP NAME NUMBER', 'Changes a setting in every child.', set, sameEverywhere),
		rpc('cfg.set', 'GROUP NAME NUMBER', 'Changes a setting in every child.', set, sameEverywhere),
		rpc('cfg.sets', 'GROUP NAME TEXT', 'Refused: no setting is a text.', () => {
			throw notSet;
		}),
	],
	init(_params, host) {
		for (const setting of SETTINGS) {
			const changed = changes(host).get(`${setting.group}.${setting.name}`);
			if (typeof changed === 'number') setting.set(host, changed);
		}
		return undefined;
	},
});
