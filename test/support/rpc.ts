/**
 * Commands of administrators, asked as a client asks them: by JSON-RPC, of a handler that dispatches `/RPC`.
 *
 * @module
 */
import type { TestHost } from './host.ts';

/** Asks a command; gives its result, or its error. */
export type Ask = (method: string, ...params: (string | number)[]) => Promise<unknown>;

/** Asks the host behind `request`. */
export function askerOf(request: TestHost['request']): Ask {
	return async (method, ...params) => {
		const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', method, params, id: 1 }));
		const { result, error } = JSON.parse((await request('/RPC', { method: 'POST', body })).body);
		return result ?? error;
	};
}

/** An error as a command gives it. */
export const fault = (code: number, message: string) => ({ code, message });
