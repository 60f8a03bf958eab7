/**
 * Turns a configuration into what the host is started with: the only place where the settings of a kamailio.cfg
 * get their meaning.
 *
 * @module
 */
import { isAbsolute, join, resolve } from 'node:path';
import { textOf } from '../../bytes.ts';
import type { ListenEndpoint } from '../../http/request.ts';
import type { GuestScripts } from '../../kemi/language.ts';
import type { KemiModule } from '../../kemi/module.ts';
import type { ModParam } from '../../kemi/params.ts';
import { suggest } from '../../kemi/suggest.ts';
import type { LimitKey } from '../../limits.ts';
import { words } from '../../words.ts';
import { listenOf } from './addresses.ts';
import type { CfgEngine, ConfigFile } from './ast.ts';
import { type CoreSettings, coreSettingsOf } from './core-settings.ts';
import { type Loading, loadingOf } from './loading.ts';
import type { ReadConfig } from './read.ts';

/** What `cfgengine` can name here, with the engine's name. */
const ENGINES: Readonly<Record<string, string>> = words({ lua: 'lua', jsdt: 'jsdt', native: 'native' });
/** What it can name in Kamailio. */
const KAMAILIOS_ENGINES = ['lua', 'jsdt', 'native', 'python', 'ruby', 'sqlang', 'mono', 'perl'];

/** What a kamailio.cfg says, for the host and the command line. Undefined is what it does not say. */
export interface CfgSettings {
	/** An engine's name or alias. */
	readonly engine: string;
	/** The script; for the native engine the configuration itself. */
	readonly script: string;
	/** Scripts that are loaded into the same engine before it, in this order. */
	readonly scriptsBefore: readonly string[];
	/** Scripts in Lua and JavaScript that route blocks call. */
	readonly guests: GuestScripts | undefined;
	/** The configuration's path where a script in another language can call its route blocks. */
	readonly routes: string | undefined;
	readonly modparams: readonly ModParam[];
	/** The function that is called for each request; empty for none. */
	readonly eventCallback: string;
	/** Paths of own modules. */
	readonly modules: readonly string[];
	/** For `$def()`, as text. */
	readonly defines: Readonly<Record<string, string>>;
	readonly listen: readonly ListenEndpoint[];
	readonly children: number | undefined;
	readonly logLevel: number | undefined;
	readonly limits: Partial<Record<LimitKey, number>>;
	readonly serverHeader: string | undefined;
	readonly user: string | undefined;
	readonly group: string | undefined;
	readonly workdir: string | undefined;
	/** The names of all modules that are loaded, Kamailio's and own ones. */
	readonly loaded: readonly string[];
	/** True if requests can have an answer: xhttp is loaded. */
	readonly servesHttp: boolean;
	/** What the log says about it at level debug: what has no effect. */
	readonly notes: readonly string[];
}

/**
 * What a configuration says.
 * @param modules those that ship
 * @throws ConfigError with all that is wrong
 */
export function compose({ config, problems }: ReadConfig, modules: readonly KemiModule[]): CfgSettings {
	const core = coreSettingsOf(config, problems);
	const loading = loadingOf(config, modules, problems);
	const { addresses, without } = listenOf(config, problems);
	const engine = engineOf(config, problems, loading);
	problems.throwIfAny();
	const { values } = core;
	const workdir = values.workdir === undefined ? undefined : resolve(textOf(String(values.workdir)));
	const scripts = engine === 'lua' || engine === 'jsdt' ? loading.scripts[engine] : [config.path];
	// Lua's files run in reverse order, the first one last (app_lua_api.c); of JavaScript's only the last one runs
	const run = engine === 'jsdt' ? scripts.slice(-1) : scripts;
	const [script = config.path, ...before] = run.map((path) => fromFolder(path, workdir));
	return {
		engine,
		script,
		scriptsBefore: before.toReversed(),
		guests: engine === 'native' ? guestsOf(loading, workdir) : undefined,
		routes: engine !== 'native' && config.routes.length > 0 ? config.path : undefined,
		modparams: [...loading.modparams, ...ownSettings(config)],
		eventCallback: callbackOf(loading),
		modules: loading.own,
		defines: Object.fromEntries([...config.defines].map(([name, value]) => [textOf(name), textOf(value)])),
		listen: addresses,
		children: childrenOf(values),
		logLevel: numberSetting(values.debug),
		limits: limitsOf(values),
		serverHeader: serverHeaderOf(values),
		user: textSetting(values.user),
		group: textSetting(values.group),
		workdir,
		loaded: [...loading.loaded],
		servesHttp: loading.loaded.has('xhttp'),
		notes: notesOf(core, loading, without),
	};
}

/** `group.name = value`, for `@cfg_get.group.name`. Those of one instance of a group (`group[2].name`) are left out. */
function ownSettings({ settings }: ConfigFile): ModParam[] {
	return settings.flatMap((setting) => {
		if (setting.kind !== 'custom-parameter' || setting.groupId !== undefined) return [];
		const { group, name, value } = setting;
		const text =
			value.kind === 'int' ? String(value.value) : `"${value.kind === 'word' ? value.text : value.value}"`;
		return [{ module: 'cfg_rpc', name: 'setting', value: `${group}.${name}=${text}` }];
	});
}

/** The scripts that route blocks call by `lua_run` and `jsdt_run`, in the order in which they run. */
function guestsOf({ scripts }: Loading, folder: string | undefined): GuestScripts | undefined {
	const paths = (language: 'lua' | 'jsdt') => scripts[language].map((path) => fromFolder(path, folder));
	const [lua, jsdt] = [paths('lua').toReversed(), paths('jsdt').slice(-1)];
	return lua.length + jsdt.length > 0 ? { lua, javascript: jsdt } : undefined;
}

type Values = CoreSettings['values'];

const numberSetting = (value: string | number | undefined) => (typeof value === 'number' ? value : undefined);
const textSetting = (value: string | number | undefined) =>
	value === undefined ? undefined : textOf(String(value));

function fromFolder(path: string, folder: string | undefined): string {
	return folder === undefined || isAbsolute(path) ? path : join(folder, path);
}

function childrenOf({ fork, tcp_children: tcp, children }: Values): number | undefined {
	if (fork === 0) return 0;
	return numberSetting(tcp) ?? numberSetting(children);
}

function limitsOf({ tcp_rd_buf_size: buffer, tcp_connection_lifetime: lifetime }: Values) {
	return {
		...(typeof buffer === 'number' && buffer > 0 ? { body: buffer } : {}),
		...(typeof lifetime === 'number' && lifetime > 0 ? { keepAlive: lifetime * 1000 } : {}),
	};
}

/** Kamailio wants the whole header, name included. */
function serverHeaderOf({ server_signature: signature, server_header: header }: Values): string | undefined {
	if (signature === 0) return '';
	return textSetting(header)
		?.replace(/^server:\s*/i, '')
		.trim();
}

/** The last `event_callback` of xhttp. */
function callbackOf({ modparams }: Loading): string {
	const last = modparams.findLast(({ module, name }) => module === 'xhttp' && name === 'event_callback');
	return typeof last?.value === 'string' ? textOf(last.value) : '';
}

function engineOf(config: ConfigFile, problems: ReadConfig['problems'], loading: Loading): string {
	const setting = config.settings.findLast((one): one is CfgEngine => one.kind === 'cfg-engine');
	if (!setting) return 'native';
	const engine = ENGINES[setting.name];
	const { at, name } = setting;
	if (!engine) {
		const near = suggest(name, KAMAILIOS_ENGINES);
		const known = KAMAILIOS_ENGINES.includes(name);
		problems.error(
			at,
			known ? `there is no engine for ${name} here` : `there is no cfgengine "${name}"`,
			known ? 'there are lua, jsdt and native' : near && `did you mean ${near}?`,
		);
		return 'native';
	}
	if ((name === 'lua' || name === 'jsdt') && loading.scripts[name].length === 0)
		problems.error(
			at,
			`cfgengine "${name}" has no script`,
			`modparam("app_${name}", "load", "handler.${name === 'lua' ? 'lua' : 'js'}")`,
		);
	else if (name !== 'native' && loading.loaded.has('xhttp') && !callbackOf(loading) && !hasEventRoute(config))
		problems.error(
			at,
			'nothing handles HTTP requests: xhttp has no event_callback',
			'modparam("xhttp", "event_callback", "ksr_xhttp_event")',
		);
	return engine;
}

const hasEventRoute = ({ routes }: ConfigFile) =>
	routes.some(({ kind, name }) => kind === 'event' && name === 'xhttp:request');

function notesOf(core: CoreSettings, loading: Loading, without: readonly string[]): string[] {
	const note = (text: string, names: readonly string[]) =>
		names.length === 0 ? [] : [`${text}: ${[...new Set(names)].join(' ')}`];
	return [
		...note('core parameters without an effect here', core.withoutEffect),
		...note('modules that are not here', loading.absent),
		...note('module parameters without an effect here', loading.withoutEffect),
		...note('addresses that are not listened on', without),
	];
}
