/**
 * The package's exports: `createHost`, `defineModule` and the types they use.
 *
 * @module
 */
import type { HostOptions } from './host/options.ts';
import { withConfiguration } from './host/with-configuration.ts';
import { createHost as createPlainHost, type Host } from './host.ts';

export { bytesOf, textOf } from './bytes.ts';
export { ERRORS, type ErrorCode, EXIT_CODES, KemihostError } from './errors.ts';
export type { HostOptions } from './host/options.ts';
export type { Host } from './host.ts';
export type { HttpReply } from './http/reply.ts';
export { type HttpRequest, makeRequest } from './http/request.ts';
export type { HostServices, RequestContext } from './kemi/context.ts';
export {
	defineModule,
	fn,
	int,
	type KemiFunction,
	type KemiModule,
	long,
	type ModuleParam,
	str,
	strOrNull,
	strs,
} from './kemi/module.ts';
export type { ModParam } from './kemi/params.ts';
export { LimitError, ScriptError } from './kemi/script-error.ts';
export type { KemiValue } from './kemi/value.ts';
export { LIMITS, type LimitKey } from './limits.ts';
export type { LogRecord, LogSink } from './log/logger.ts';
export { xhttp } from './modules/xhttp.ts';
export type { Transformation } from './pv/transformation.ts';
export type { Accessor, PvValue, Variable } from './pv/variable.ts';
export { luaTypes } from './types/lua.ts';
export { typescriptTypes } from './types/typescript.ts';

/**
 * Makes a host and loads its script. A kamailio.cfg in its place is read for what it says of the host, too.
 * @throws KemihostError for options, parameters and scripts that are not good
 * @example
 * const host = await createHost({ script: 'handler.lua' });
 * const { port } = await host.listen({ port: 8080 });
 */
export async function createHost(options: HostOptions): Promise<Host> {
	return createPlainHost(await withConfiguration(options));
}
