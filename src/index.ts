/**
 * What a program may import: `createHost`, `defineModule` and the types around them.
 *
 * @module
 */
export { bytesOf, textOf } from './bytes.ts';
export { ERRORS, type ErrorCode, EXIT_CODES, KemihostError } from './errors.ts';
export type { HostOptions } from './host/options.ts';
export { createHost, type Host } from './host.ts';
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
