/**
 * Notifies systemd of the state of a service of `Type=notify` (sd_notify(3)). Its socket takes datagrams, which
 * Node.js cannot send to a path, so systemd's own `systemd-notify` sends them.
 *
 * @module
 */
import { spawn } from 'node:child_process';

/** States of the service, as sd_notify(3) names them. */
type State = 'READY=1' | 'RELOADING=1' | 'STOPPING=1' | 'WATCHDOG=1';

/** Tells systemd, where it started this process. Nothing happens elsewhere, or where the program is missing. */
export function notifySystemd(...states: (State | `STATUS=${string}`)[]): void {
	if (!process.env['NOTIFY_SOCKET']) return;
	const child = spawn('systemd-notify', [`--pid=${process.pid}`, ...states], { stdio: 'ignore' });
	child.on('error', () => {});
	child.unref();
}

/**
 * Gives systemd the signs of life that `WatchdogSec=` wants, as long as the host gives them.
 * @param alive settles once the host has answered
 */
export function feedSystemdWatchdog(alive: () => Promise<unknown>): void {
	const microseconds = Number(process.env['WATCHDOG_USEC']);
	if (!(microseconds > 0)) return;
	const feed = () =>
		alive().then(
			() => notifySystemd('WATCHDOG=1'),
			() => {}, // nothing is said: systemd starts the service anew
		);
	// twice in the time, as sd_watchdog_enabled(3) advises
	setInterval(feed, microseconds / 2000).unref();
}
