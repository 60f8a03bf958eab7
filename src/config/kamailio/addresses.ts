/**
 * `listen`: the addresses that HTTP is served on.
 *
 * @module
 */
import { networkInterfaces } from 'node:os';
import { textOf } from '../../bytes.ts';
import type { ListenEndpoint } from '../../http/request.ts';
import type { ConfigFile, Socket } from './ast.ts';
import type { Problems } from './problem.ts';

/** The addresses of an interface; a name that is none stands for itself. */
function addressesOf(host: string): string[] {
	const known = networkInterfaces()[host];
	if (!known) return [host === '*' ? '::' : host];
	return known.filter(({ scopeid }) => !scopeid).map(({ address }) => address);
}

function portsOf({ port, lastPort, protocol }: Socket): number[] {
	const first = port ?? (protocol === 'tls' ? 5061 : 5060);
	return Array.from({ length: Math.max(1, (lastPort ?? first) - first + 1) }, (_, i) => first + i);
}

/**
 * The addresses of a configuration that are reached by TCP, in order.
 * @returns also those that are not, as they are written
 */
export function listenOf(
	{ settings }: ConfigFile,
	problems: Problems,
): { addresses: ListenEndpoint[]; without: string[] } {
	const addresses: ListenEndpoint[] = [];
	const without: string[] = [];
	for (const setting of settings) {
		if (setting.kind !== 'socket-parameter' || setting.name !== 'listen') continue;
		for (const socket of setting.sockets) {
			const { protocol, port = 0, lastPort = port, hosts } = socket;
			if (lastPort > 65535 || lastPort < port) problems.error(socket.at, `${lastPort} is no port`);
			else if (protocol === 'udp' || protocol === 'sctp')
				without.push(`${protocol}:${hosts.join(',')}${socket.port === undefined ? '' : `:${port}`}`);
			else
				for (const address of hosts.flatMap((host) => addressesOf(textOf(host))))
					for (const one of portsOf(socket))
						addresses.push({ address, port: one, ...(protocol === 'tls' ? { secure: true } : {}) });
		}
	}
	return { addresses, without };
}
