/**
 * The flags of the commands that run a script: help, checks, suggestions and types come from these tables.
 *
 * @module
 */
import type { Options } from 'yargs';
import { ENGINES } from '../../engines/list.ts';
import { DEFAULT_CALLBACK } from '../host/options.ts';
import { LIMITS } from '../limits.ts';
import { ACCESS_FORMATS } from '../log/access-log.ts';
import { LOG_FORMATS } from '../log/formats.ts';
import { LEVEL_NAMES } from '../log/levels.ts';
import { TRACE_FORMATS } from '../trace/format.ts';

/** Flags that say what the script sees: every command that runs one has them. */
export const HOST_OPTIONS = {
	engine: {
		type: 'string',
		requiresArg: true,
		describe: `what runs it: ${ENGINES.map((engine) => engine.name).join(', ')} (by default the ending decides)`,
	},
	'event-callback': {
		type: 'string',
		requiresArg: true,
		describe: `the function called for each request (${DEFAULT_CALLBACK})`,
	},
	'url-skip': {
		type: 'string',
		requiresArg: true,
		describe: 'URLs whose requests do not go to the script (POSIX regex)',
	},
	'url-match': {
		type: 'string',
		requiresArg: true,
		describe: 'URLs whose requests go to the script, all others do not (POSIX regex)',
	},
	modparam: {
		type: 'string',
		array: true,
		requiresArg: true,
		default: [] as string[],
		describe: 'MODULE:NAME:TYPE:VALUE with TYPE s or i; may be repeated',
	},
	define: {
		alias: 'A',
		type: 'string',
		array: true,
		requiresArg: true,
		default: [] as string[],
		describe: 'NAME or NAME=VALUE, for $def(NAME) and kamailio.cfg; may be repeated',
	},
	env: {
		type: 'string',
		array: true,
		requiresArg: true,
		default: [] as string[],
		describe: 'environment variable that scripts may read as $env(NAME), * for all; may be repeated',
	},
	'allow-net': {
		type: 'string',
		array: true,
		requiresArg: true,
		describe: 'where scripts may connect to: NETWORK, ADDRESS, NAME, *.NAME, public, none; may be repeated',
	},
	'log-level': {
		type: 'string',
		requiresArg: true,
		defaultDescription: 'info, or what a kamailio.cfg says',
		describe: `${LEVEL_NAMES.join(', ')}, or a number as in Kamailio's debug`,
	},
	trace: {
		choices: TRACE_FORMATS,
		describe: 'write the KSR calls of each request and event to stderr; --trace is --trace=tree',
	},
	loadmodule: {
		type: 'string',
		array: true,
		requiresArg: true,
		default: [] as string[],
		describe: 'a module of your own, ./my-module.js; may be repeated',
	},
	dev: { type: 'boolean', default: false, describe: 'show error details in the reply' },
	strict: { type: 'boolean', default: false, describe: 'make wrong arguments of KSR calls script errors' },
} as const satisfies Record<string, Options>;

/** Flags of `kemihost run` alone. */
export const SERVER_OPTIONS = {
	listen: {
		type: 'string',
		alias: 'l',
		array: true,
		requiresArg: true,
		describe: 'address: HOST:PORT, :PORT, tcp:HOST:PORT, tls:HOST:PORT, [IPV6]:PORT; may be repeated',
		defaultDescription: '127.0.0.1:8080, or what a kamailio.cfg says',
	},
	children: {
		alias: ['n', 'N'],
		type: 'number',
		requiresArg: true,
		defaultDescription: 'one per core, or what a kamailio.cfg says',
		describe: 'supervised processes that serve requests; 0 serves from the main process, unsupervised',
	},
	'state-dir': {
		type: 'string',
		requiresArg: true,
		describe: 'folder that keeps shared state (tables, counters, queues) after the host ends',
	},
	store: {
		type: 'string',
		requiresArg: true,
		describe:
			'server that several hosts share tables, counters, queues and locks through: redis://HOST:PORT/DB, rediss://…, unix:///PATH; ?prefix=NAME keeps others apart',
	},
	watch: { type: 'boolean', default: false, describe: 'reload the script when one of its files changes' },
	'log-format': {
		choices: LOG_FORMATS,
		requiresArg: true,
		defaultDescription: 'pretty; kamailio for a kamailio.cfg',
		describe: 'the format of log lines',
	},
	control: {
		type: 'string',
		requiresArg: true,
		describe:
			'path of the control socket for `kemihost rpc`, - for none; by default a path made from the process id',
	},
	'tls-cert': {
		type: 'string',
		array: true,
		requiresArg: true,
		describe:
			'certificate in PEM for tls: addresses; may be repeated, clients get the one for the name they ask for',
	},
	'tls-key': {
		type: 'string',
		array: true,
		requiresArg: true,
		describe: 'private key for each certificate, in the same order',
	},
	'tls-ca': {
		type: 'string',
		requiresArg: true,
		describe: "authorities of clients' certificates, in PEM",
	},
	'tls-verify-client': {
		choices: ['off', 'optional', 'optional_no_ca', 'on'],
		requiresArg: true,
		describe: 'certificates of clients: not asked for, valid or none, any or none, always valid',
	},
	'health-path': {
		type: 'string',
		requiresArg: true,
		describe: 'path that tells whether the process is alive',
	},
	'ready-path': {
		type: 'string',
		requiresArg: true,
		describe: 'path that tells whether requests are accepted',
	},
	'metrics-path': {
		type: 'string',
		requiresArg: true,
		describe: "path of the host's metrics for Prometheus",
	},
	'access-log': {
		type: 'string',
		requiresArg: true,
		describe: `log a line for each reply: ${Object.keys(ACCESS_FORMATS).join(', ')}, or fields as %h "%r" %>s %D`,
	},
	'server-header': {
		type: 'string',
		requiresArg: true,
		describe: 'text of the Server header; empty for none',
	},
} as const satisfies Record<string, Options>;

/** One flag for each limit. */
export const LIMIT_OPTIONS: Readonly<Record<string, Options>> = Object.fromEntries(
	Object.values(LIMITS).map((limit) => [
		limit.flag,
		{
			type: 'number',
			requiresArg: true,
			defaultDescription: String(limit.default),
			group: 'Limits:',
			describe: `${limit.doc} (${limit.unit})`,
		},
	]),
);
