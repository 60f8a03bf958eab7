/**
 * The commands `cfg.*` (modules/cfg_rpc/cfg_rpc.c), with the texts and codes of their answers.
 *
 * @module
 */
import { chain } from '../../kemi/chain.ts';
import {
	type RpcCall,
	type RpcCommand,
	RpcFault,
	type RpcValue,
	rpc,
	sameEverywhere,
} from '../../kemi/rpc.ts';
import { type DelayedChange, type Setting, type Settings, type SettingValue, valueFor } from './settings.ts';

const noGroup = new RpcFault(500, 'Failed to get the parameters');
const noSuch = new RpcFault(400, 'Failed to get the variable');
const notSet = new RpcFault(400, 'Failed to set the variable');
const notReset = new RpcFault(400, 'Reset failed');
const noDescription = new RpcFault(400, 'Failed to get the variable description');

/** The command that changes a setting in every child. */
const CHANGE = 'cfg.set';

/** Changes settings in every child, one after the other. */
function changeEverywhere(
	{ host }: RpcCall,
	changes: readonly DelayedChange[],
): undefined | Promise<undefined> {
	return changes.reduce<undefined | Promise<undefined>>(
		(before, { setting: { group, name }, value }) =>
			chain(before, () => chain(host.rpc.run(host, CHANGE, [group, name, value]), () => undefined)),
		undefined,
	);
}

/** Makes the commands; they work on the settings that `settingsOf` finds. */
export function cfgCommands(settingsOf: (call: RpcCall) => Settings): readonly RpcCommand[] {
	const get = (call: RpcCall): RpcValue => {
		const settings = settingsOf(call);
		const group = call.str(noGroup);
		const name = call.optionalStr();
		if (name === undefined)
			return Object.fromEntries(settings.list(group).map((setting) => [setting.name, setting.get()]));
		const setting = settings.find(group, name);
		if (!setting) throw noSuch;
		return setting.get();
	};

	/** The setting and the value that the arguments name. */
	const change = (call: RpcCall): [Setting, SettingValue] => {
		const setting = settingsOf(call).find(call.optionalStr(), call.optionalStr());
		const given = call.optionalStr();
		const value = setting && given !== undefined ? valueFor(setting, given) : undefined;
		if (!setting || value === undefined) throw notSet;
		return [setting, value];
	};
	const now = (name: string, type: 'NUMBER' | 'TEXT' | 'VALUE') =>
		rpc(
			name,
			`GROUP NAME ${type}`,
			'Changes a setting in every child.',
			(call) => {
				settingsOf(call).change(...change(call));
				return undefined;
			},
			sameEverywhere,
		);
	const later = (name: string, type: 'NUMBER' | 'TEXT' | 'VALUE') =>
		rpc(name, `GROUP NAME ${type}`, 'Prepares the change of a setting, for cfg.commit.', (call) => {
			settingsOf(call).delay(...change(call));
			return undefined;
		});

	return [
		rpc('cfg.get', 'GROUP [NAME]', 'The value of a setting, or of all settings of a group.', get),
		rpc('cfg.list', '[GROUP]', 'The names of all settings.', (call) =>
			settingsOf(call)
				.list(call.optionalStr())
				.map(({ group, name }) => `${group}: ${name}`),
		),
		rpc('cfg.help', 'GROUP NAME', 'What a setting holds.', (call) => {
			const setting = settingsOf(call).find(call.optionalStr(), call.optionalStr());
			if (!setting) throw noDescription;
			return `(parameter type is ${setting.type})`;
		}),
		now(CHANGE, 'VALUE'),
		now('cfg.seti', 'NUMBER'),
		now('cfg.set_now_int', 'NUMBER'),
		now('cfg.sets', 'TEXT'),
		now('cfg.set_now_string', 'TEXT'),
		later('cfg.set_delayed', 'VALUE'),
		later('cfg.set_delayed_int', 'NUMBER'),
		later('cfg.set_delayed_string', 'TEXT'),
		rpc('cfg.diff', '', 'The changes that wait for cfg.commit.', (call) =>
			settingsOf(call).delayed.map(({ setting, value }) => ({
				'group name': setting.group,
				'variable name': setting.name,
				'old value': setting.get(),
				'new value': value,
			})),
		),
		rpc('cfg.commit', '', 'Makes the changes that wait, in every child.', (call) => {
			const settings = settingsOf(call);
			return chain(changeEverywhere(call, settings.delayed), () => {
				settings.dropDelayed();
				return undefined;
			});
		}),
		rpc('cfg.rollback', '', 'Forgets the changes that wait.', (call) => {
			settingsOf(call).dropDelayed();
			return undefined;
		}),
		rpc('cfg.reset', 'GROUP', 'Gives the settings of a group their first values, in every child.', (call) => {
			const group = settingsOf(call).list(call.str(notReset));
			return changeEverywhere(
				call,
				group.map((setting) => ({ setting, value: setting.initial })),
			);
		}),
	];
}
