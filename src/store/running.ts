/**
 * Tells whether a process is running.
 *
 * @module
 */

/** True if a process of that id runs, of whatever user. */
export function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code !== 'ESRCH';
	}
}
