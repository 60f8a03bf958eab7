/**
 * Sockets that systemd opened for this process (sd_listen_fds(3)). They outlive it: who connects between the end of one host and
 * the start of the next waits in the socket's queue, and two hosts that run side by side share that queue.
 *
 * @module
 */
import type { ListenEndpoint } from '../http/request.ts';

/** The descriptor of the first one. */
const FIRST = 3;

/**
 * The sockets that were handed over; none where the variables are those of another process. One that is named `tls`
 * (`FileDescriptorName=tls` in its unit) begins with TLS.
 */
export function inheritedSockets(env: NodeJS.ProcessEnv = process.env): ListenEndpoint[] {
	if (Number(env['LISTEN_PID']) !== process.pid) return [];
	const names = (env['LISTEN_FDNAMES'] ?? '').split(':');
	return Array.from({ length: Number(env['LISTEN_FDS']) || 0 }, (_, i) => ({
		address: '',
		port: 0,
		fd: FIRST + i,
		...(names[i] === 'tls' ? { secure: true } : {}),
	}));
}
