/**
 * Decides what `kemihost run` does, from its flags and from the kamailio.cfg if there is one.
 *
 * @module
 */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { InferredOptionTypes } from 'yargs';
import type { ChildSettings } from '../children/messages.ts';
import type { CfgSettings } from '../config/kamailio/compose.ts';
import { parseListen } from '../config/listen.ts';
import { KemihostError } from '../errors.ts';
import { isCfg } from '../host/with-configuration.ts';
import type { ListenEndpoint } from '../http/request.ts';
import type { ModParam } from '../kemi/params.ts';
import { parseStoreUrl } from '../store/redis/url.ts';
import { readCfg } from './cfg-file.ts';
import { type HostArguments, hostOptionsOf, ownModulesOf } from './host-options.ts';
import { inheritedSockets } from './inherited-sockets.ts';
import { ACCEPTED_OPTIONS, type KAMAILIO_OPTIONS } from './kamailio-options.ts';
import type { SERVER_OPTIONS } from './options.ts';

/** The values of all flags of `kemihost run`. */
export type RunArguments = HostArguments &
	InferredOptionTypes<typeof SERVER_OPTIONS> &
	InferredOptionTypes<typeof KAMAILIO_OPTIONS> & { script?: string };

/** What is to be served, and how. */
export interface Plan {
	/** The file that was named: a script or a kamailio.cfg. */
	readonly file: string;
	readonly settings: ChildSettings;
	readonly listen: readonly ListenEndpoint[];
	readonly children: number;
	readonly stateDir: string | undefined;
	readonly workdir: string | undefined;
	readonly pidFile: string | undefined;
	/** What is said once, at level debug. */
	readonly notes: readonly string[];
	/** True if requests will find nothing that answers them. */
	readonly servesNothing: boolean;
}

const DEFAULT_LISTEN = ['127.0.0.1:8080'];

/** The flags that stand for parameters of modules. */
const PARAM_FLAGS = [
	{ flag: 'tls-cert', module: 'tls', name: 'certificate' },
	{ flag: 'tls-key', module: 'tls', name: 'private_key' },
	{ flag: 'tls-ca', module: 'tls', name: 'ca_list' },
	{ flag: 'tls-verify-client', module: 'tls', name: 'verify_client' },
	{ flag: 'health-path', module: 'kemihost', name: 'health_path' },
	{ flag: 'ready-path', module: 'kemihost', name: 'ready_path' },
	{ flag: 'metrics-path', module: 'kemihost', name: 'metrics_path' },
] as const;

function paramsOf(args: RunArguments): ModParam[] {
	return PARAM_FLAGS.flatMap(({ flag, module, name }) =>
		[args[flag] ?? []].flat().map((value) => ({ module, name, value, where: `--${flag}` })),
	);
}

/** Where certificates come from in a file; flags for them take the place of all of it. */
const CERTIFICATES = ['config', 'certificate', 'private_key'];

/** The parameters of a file, without those that flags take the place of. */
function paramsBeside(args: RunArguments, params: readonly ModParam[] = []): readonly ModParam[] {
	if (args['tls-cert'] === undefined) return params;
	return params.filter(({ module, name }) => module !== 'tls' || !CERTIFICATES.includes(name));
}

/** The file to serve. */
function fileOf({ script, f }: RunArguments): string {
	if (script !== undefined && f !== undefined)
		throw new KemihostError('KH_USAGE', `two files are named: ${script} and, by -f, ${f}`);
	const file = script ?? f;
	if (file !== undefined) return file;
	throw new KemihostError('KH_USAGE', 'there is nothing to serve', {
		hint: 'kemihost run handler.lua, or kemihost -f kamailio.cfg',
	});
}

/**
 * Reads the flags, and the kamailio.cfg where one is named.
 * @throws KemihostError for whatever is wrong with either
 */
export async function planOf(args: RunArguments): Promise<Plan> {
	const file = fileOf(args);
	const workdir = args.w === undefined ? undefined : resolve(args.w);
	const cfg = isCfg(file) ? await readCfg(file, args) : undefined;
	const folder = workdir ?? cfg?.workdir;
	const script = folder === undefined ? file : resolve(file);
	const host = hostOptionsOf({ ...args, script }, cfg);
	const { listen, left } = listenOf(args, cfg);
	return {
		file,
		settings: {
			host: {
				...host,
				modparams: [...paramsOf(args), ...paramsBeside(args, host.modparams)],
				withoutTls: !listen.some(({ secure }) => secure),
				script: folder === undefined ? host.script : resolve(host.script),
				...(args['access-log'] === undefined ? {} : { accessLog: args['access-log'] }),
				...(args['server-header'] === undefined ? {} : { serverHeader: args['server-header'] }),
			},
			logFormat: args['log-format'] ?? (cfg ? 'kamailio' : 'pretty'),
			trace: args.trace,
			store: checkedStore(args.store),
			identity: { user: args.user ?? cfg?.user, group: args.group ?? cfg?.group },
			modules: ownModulesOf(args, cfg).map((path) => resolve(path)),
		},
		listen,
		children: childrenOf(args, cfg),
		stateDir: args['state-dir'] === undefined ? undefined : resolve(args['state-dir']),
		workdir: folder,
		pidFile: args['pid-file'] === undefined ? undefined : resolve(args['pid-file']),
		notes: [...(cfg?.notes ?? []), ...left, ...acceptedOf(args)],
		servesNothing: cfg?.servesHttp === false,
	};
}

/** A store's URL that can be read. */
function checkedStore(url: string | undefined): string | undefined {
	if (url !== undefined) parseStoreUrl(url);
	return url;
}

function childrenOf({ children }: RunArguments, cfg: CfgSettings | undefined): number {
	const count = children ?? cfg?.children ?? availableParallelism();
	if (Number.isInteger(count) && count >= 0 && count <= 1024) return count;
	throw new KemihostError(
		'KH_USAGE',
		children === undefined
			? `${count} is no number of children`
			: '--children wants a whole number from 0 to 1024',
	);
}

/** The addresses, without those that are not for TCP; sockets that were handed over take the place of all of them. */
function listenOf(
	{ listen }: RunArguments,
	cfg: CfgSettings | undefined,
): { listen: ListenEndpoint[]; left: string[] } {
	const inherited = inheritedSockets();
	if (inherited.length > 0) {
		const count = `${inherited.length} socket${inherited.length === 1 ? '' : 's'}`;
		return { listen: inherited, left: [`the host listens on ${count} of systemd, and on no other address`] };
	}
	if (listen === undefined && cfg && cfg.listen.length > 0) return { listen: [...cfg.listen], left: [] };
	const texts = (listen ?? DEFAULT_LISTEN).flatMap((text) => text.split(','));
	const left = texts.filter((text) => /^(udp|sctp):/i.test(text));
	return {
		listen: texts.filter((text) => !left.includes(text)).map(parseListen),
		left: left.length > 0 ? [`addresses that are not listened on: ${left.join(' ')}`] : [],
	};
}

/** Flags that were given and do nothing. */
function acceptedOf(args: RunArguments): string[] {
	const given = Object.keys(ACCEPTED_OPTIONS).filter((flag) => (args as Record<string, unknown>)[flag]);
	const flags = given.map((flag) => (flag.length > 1 ? `--${flag}` : `-${flag}`));
	return flags.length > 0 ? [`flags without an effect here: ${flags.join(' ')}`] : [];
}

/** What a file that was read anew says differently and cannot be changed while the host runs. */
export function needsRestart(before: Plan, after: Plan): string[] {
	const { host: old, modules: oldModules } = before.settings;
	const { host, modules } = after.settings;
	const changed: [string, unknown, unknown][] = [
		['listen', before.listen, after.listen],
		['children', before.children, after.children],
		['user', before.settings.identity, after.settings.identity],
		['cfgengine', old.engine, host.engine],
		['the script', [old.script, old.scriptsBefore], [host.script, host.scriptsBefore]],
		['event_callback', old.eventCallback, host.eventCallback],
		['modparam', old.modparams?.map(withoutPlace), host.modparams?.map(withoutPlace)],
		['loadmodule', oldModules, modules],
		['debug', old.logLevel, host.logLevel],
		['tcp_rd_buf_size or tcp_connection_lifetime', old.limits, host.limits],
		['server_header', old.serverHeader, host.serverHeader],
		['#!define', old.defines, host.defines],
	];
	return changed.flatMap(([name, a, b]) => (JSON.stringify(a) === JSON.stringify(b) ? [] : [name]));
}

const withoutPlace = ({ module, name, value }: { module: string; name: string; value: unknown }) => [
	module,
	name,
	value,
];
