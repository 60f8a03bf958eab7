/**
 * Reason phrases, and the rules that follow from a status code.
 *
 * @module
 */

// `import` would load everything that node:http only has ready, a WebSocket among it: ten times the time.
const { STATUS_CODES } = process.getBuiltinModule('node:http');

/** The registered reason phrase of a status code, or an empty one. */
export function reasonOf(status: number): string {
	return STATUS_CODES[status] ?? '';
}

/** True where a reply of that status ends with its header, whatever its fields say (RFC 9112, 6.3). */
export function isBodiless(status: number): boolean {
	return status === 204 || status === 304;
}
