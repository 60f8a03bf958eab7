/**
 * The commands `core.*` and `system.*` (core/core_cmd.c, core/rpc_lookup.c; modules/jsonrpcs for their answers).
 *
 * @module
 */
import { bytesOf } from '../../bytes.ts';
import type { HostServices } from '../../kemi/context.ts';
import { RpcFault, type RpcValue, rpc, summed } from '../../kemi/rpc.ts';
import { breakDown, strftime } from '../../strftime.ts';
import { version } from '../../version.ts';
import { engineRpc } from './engine-rpc.ts';

const NAME = 'kemihost';

/** As `core.flags` of Kamailio has them. */
const FLAGS = 'USE_TCP, USE_TLS';

/** A time as C's ctime() writes it, without the line end. */
function ctime(seconds: number): string {
	return strftime('%a %b %e %H:%M:%S %Y', breakDown(seconds * 1000, false));
}

function uptime({ clock, startTime }: HostServices) {
	const now = Math.floor(clock.now() / 1000);
	return { now, startTime, seconds: now - startTime };
}

function days(seconds: number): string {
	const [day, hour, minute] = [86_400, 3600, 60].map((unit) => Math.floor(seconds / unit)) as [
		number,
		number,
		number,
	];
	return `${day}d ${hour % 24}h ${minute % 60}m ${seconds % 60}s`;
}

/** One structure for each address, as `core.sockets_list` has them. */
function sockets(host: HostServices): RpcValue {
	return host.addresses.map(({ address, port, secure }) => ({
		socket: {
			proto: secure ? 'tls' : 'tcp',
			address,
			port: String(port),
			mcast: 'no',
			mhomed: 'no',
			virtual: 'no',
		},
	}));
}

const concat = (answers: readonly RpcValue[]) => (answers as readonly (readonly RpcValue[])[]).flat();

const coreCommands = [
	rpc('core.echo', 'TEXT...', 'Answers with its arguments.', (call) => call.rest().map(String)),
	rpc('core.prints', 'TEXT...', 'Answers with its arguments.', (call) => call.rest().map(String)),
	rpc('core.printi', 'NUMBER...', 'Answers with its arguments as integers.', (call) => {
		return call.rest().map((value) => Math.trunc(Number(value)) || 0);
	}),
	rpc('core.version', '', 'The name and the version of the host.', () => `${NAME} ${version}`),
	rpc('core.info', '', 'What the host is made of.', () => ({
		version: `${NAME} ${version}`,
		node: process.versions.node,
		v8: process.versions.v8,
		platform: `${process.arch}/${process.platform}`,
	})),
	rpc('core.flags', '', 'What the host can do of what Kamailio is compiled with or without.', () => FLAGS),
	rpc('core.runinfo', '', 'What runs, and for how long.', ({ host }) => {
		const { now, startTime, seconds } = uptime(host);
		return {
			name: NAME,
			version,
			time_now: ctime(now),
			time_started: ctime(startTime),
			uptime_secs: seconds,
			utime_days: days(seconds),
		};
	}),
	rpc('core.uptime', '', 'How long the host has been running, in seconds.', ({ host }) => {
		const { now, startTime, seconds } = uptime(host);
		return { now: ctime(now), up_since: ctime(startTime), uptime: seconds };
	}),
	rpc('core.ps', '', 'All processes: their number and what they do.', ({ host }) =>
		host.processes.list().flatMap(({ pid, description }) => [pid, description]),
	),
	rpc('core.psx', '', 'All processes, one structure each.', ({ host }) =>
		host.processes.list().map(({ index, pid, description }) => ({ IDX: index, PID: pid, DSC: description })),
	),
	rpc('core.psa', '', 'All processes, with their rank.', ({ host }) =>
		host.processes
			.list()
			.map(({ index, pid, description }) => ({ index, pid, status: 1, rank: index, description })),
	),
	rpc('core.pwd', '', 'The folder the host runs in.', () => [bytesOf(process.cwd())]),
	rpc('core.arg', '', 'The command line of the host.', () => process.argv.map(bytesOf)),
	rpc('core.modules', '', 'The modules, the last one loaded first.', ({ host }) =>
		[...host.moduleNames].reverse(),
	),
	rpc('core.ppdefines', '', 'The names that are defined.', ({ host }) => [...host.defines.keys()]),
	rpc('core.ppdefines_full', '', 'The names that are defined, with their values.', ({ host }) =>
		[...host.defines].map(([name, value]) => ({ name, value })),
	),
	rpc('core.sockets_list', '', 'The addresses that the host listens on.', ({ host }) => sockets(host)),
	rpc(
		'core.tcp_list',
		'',
		'All connections.',
		({ host }) =>
			host.connections().map(({ id, secure, remote, local }) => ({
				id,
				type: secure ? 'TLS' : 'TCP',
				state: 'CONN_OK',
				src_ip: remote.address,
				src_port: remote.port,
				dst_ip: local.address,
				dst_port: local.port,
			})),
		{ merge: concat },
	),
	rpc(
		'core.tcp_info',
		'',
		'How many connections there are.',
		({ host }) => {
			const connections = host.connections();
			return {
				readers: 1,
				opened_connections: connections.length,
				opened_tls_connections: connections.filter(({ secure }) => secure).length,
			};
		},
		summed,
	),
	rpc('core.kill', '', 'Stops the host as SIGTERM does.', ({ host }) => {
		host.processes.stop();
		return undefined;
	}),
];

const nameExpected = new RpcFault(400, 'Method Name Expected');

const systemCommands = [
	rpc('system.listMethods', '', 'The names of all commands.', ({ host }) => host.rpc.names),
	rpc('system.methodHelp', 'COMMAND', 'What a command does.', (call) => {
		const name = call.str(nameExpected);
		const command = call.host.rpc.find(name);
		if (!command) throw new RpcFault(400, 'command not found');
		return command.usage ? `${command.doc} Arguments: ${command.usage}` : command.doc;
	}),
	rpc('system.methodSignature', 'COMMAND', 'The types of a command; not there in Kamailio either.', () => {
		throw new RpcFault(500, 'Not Implemented Yet');
	}),
];

/** All of them. */
export const coreRpc = [...coreCommands, ...systemCommands, ...engineRpc];
