/**
 * The cfg_rpc module: settings that change while the host runs (modules/cfg_rpc). There are the log level, `core.debug`, and
 * what a configuration declares: `group.name = 5`, which routes read as `@cfg_get.group.name` and `$sel(cfg_get.group.name)`.
 *
 * @module
 */
import { defineModule, type KemiModule } from '../kemi/module.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import type { Variable } from '../pv/variable.ts';
import { refuseIndex, requireInner } from '../pv/variables/names.ts';
import { cfgCommands } from './cfg-rpc/rpc.ts';
import { Settings } from './cfg-rpc/settings.ts';

/** `$sel`: what Kamailio reads of a message by selects, an HTTP request has not; the other selects are settings. */
const select: Variable = {
	names: ['sel'],
	doc: 'A setting: $sel(cfg_get.group.name), as a text. Null with an error line for a setting that there is not, and for selects of SIP.',
	bind(binding) {
		refuseIndex(binding);
		const { source } = requireInner(binding);
		if (source.trim() === '') throw new PvSyntaxError('$sel wants cfg_get.group.name', 0);
		const [, group, name] = /^\s*cfg_get\.(\w+)\.(\w+)\s*$/.exec(source) ?? [];
		return {
			get(ctx) {
				if (group === undefined) {
					ctx.report('error', `$sel(${source}): an HTTP request has no select`);
					return null;
				}
				const setting = ctx.state(cfgRpc).find(group, name);
				if (setting) return String(setting.get());
				ctx.report('error', `$sel(${source}): there is no setting ${group}.${name}`);
				return null;
			},
		};
	},
};

/** The commands `cfg.*`. */
export const cfgRpc: KemiModule<Settings> = defineModule<Settings>({
	name: 'cfg_rpc',
	doc: 'Settings that change while the host runs.',
	params: [
		{
			name: 'setting',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'Declares a setting: group.name=5 or group.name="text", as a line of its own does in kamailio.cfg. kemihost only.',
		},
	],
	variables: [select],
	rpc: cfgCommands(({ host }) => host.state(cfgRpc)),
	init: (params, host) => new Settings(host, params.all('setting')),
});
