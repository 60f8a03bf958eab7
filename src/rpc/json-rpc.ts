/**
 * Serves the RPC commands as JSON-RPC 2.0, with the texts and codes of Kamailio's jsonrpcs module.
 *
 * @module
 */
import { bytesOf, textOf } from '../bytes.ts';
import { chain, recover } from '../kemi/chain.ts';
import type { HostServices } from '../kemi/context.ts';
import { faultOf, RpcFault, type RpcValue } from '../kemi/rpc.ts';
import { printJson } from './print.ts';

/** The answer to a document: a status as of HTTP with its reason, and the document that answers; all byte strings. */
export interface RpcResponse {
	readonly code: number;
	readonly text: string;
	/** Empty where nothing is to be answered: a batch of notifications. */
	readonly body: string;
}

/** How many commands one document may hold. */
const MOST_COMMANDS = 100;

type Id = string | number | undefined;

/** What a document asks for, checked. */
interface Request {
	readonly method: string;
	readonly params: readonly (string | number)[];
}

/**
 * Runs what a JSON-RPC document asks for: one command, or a batch of them, one after the other.
 * @param document a byte string
 * @returns undefined if it is no JSON; a promise only where another process has to be asked
 */
export function answerJsonRpc(
	host: HostServices,
	document: string,
): RpcResponse | undefined | Promise<RpcResponse> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(textOf(document));
	} catch {
		return undefined;
	}
	if (!Array.isArray(parsed)) return answerOne(host, parsed);
	if (parsed.length === 0 || parsed.length > MOST_COMMANDS)
		return fault(undefined, new RpcFault(400, 'Invalid Request'));
	return answerBatch(host, parsed, 0, []);
}

/** Answers the members of a batch from `from` on; `answers` are those of the members before. */
function answerBatch(
	host: HostServices,
	members: readonly unknown[],
	from: number,
	answers: readonly string[],
): RpcResponse | Promise<RpcResponse> {
	if (from === members.length)
		return { code: 200, text: 'OK', body: answers.length > 0 ? `[${answers.join(', ')}]` : '' };
	const member = members[from];
	return chain(answerOne(host, member), ({ body }) =>
		// a notification has no answer in a batch (JSON-RPC 2.0, 6)
		answerBatch(host, members, from + 1, isNotification(member) ? answers : [...answers, body]),
	);
}

function isNotification(member: unknown): boolean {
	return typeof member === 'object' && member !== null && 'method' in member && !('id' in member);
}

function answerOne(host: HostServices, document: unknown): RpcResponse | Promise<RpcResponse> {
	const id = idOf(document);
	return recover(
		() => {
			const { method, params } = readRequest(document);
			return chain(host.rpc.run(host, method, params), (result) => ({
				code: 200,
				text: 'OK',
				body: printJson(envelope(id, 'result', result)),
			}));
		},
		(error) => fault(id, faultOf(host, error)),
	);
}

function fault(id: Id, { code, message }: RpcFault): RpcResponse {
	const error = { code, message };
	return { code, text: message, body: printJson(envelope(id, 'error', error)) };
}

function envelope(id: Id, name: 'result' | 'error', value: RpcValue): RpcValue {
	return { jsonrpc: '2.0', [name]: value, ...(id === undefined ? {} : { id }) };
}

/** The id to answer with. Kamailio answers with 0 to one that is neither text nor number. */
function idOf(document: unknown): Id {
	if (typeof document !== 'object' || document === null || !('id' in document)) return undefined;
	const { id } = document;
	return typeof id === 'string' ? bytesOf(id) : typeof id === 'number' ? id : 0;
}

function readRequest(document: unknown): Request {
	const { method, params = [] } = (document ?? {}) as { method?: unknown; params?: unknown };
	// Kamailio answers these with an empty result
	if (typeof method !== 'string' || typeof params !== 'object' || params === null)
		throw new RpcFault(400, 'Invalid Request');
	// members by name are taken in their order, as Kamailio does
	return { method: bytesOf(method), params: Object.values(params).map(readParam) };
}

function readParam(value: unknown, index: number): string | number {
	if (typeof value === 'string') return bytesOf(value);
	if (typeof value === 'number') return value;
	if (typeof value === 'boolean') return value ? 1 : 0;
	throw new RpcFault(400, `Invalid Params: parameter ${index + 1} is neither a string nor a number`);
}
