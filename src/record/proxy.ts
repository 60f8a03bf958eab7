/**
 * A recording proxy: it stands in front of another server, such as a real Kamailio, and passes everything on.
 *
 * @module
 */
import {
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
	request as send,
} from 'node:http';
import type { Endpoint } from '../http/request.ts';
import { type Fields, type Recorded, toBody } from './recording.ts';

/** Fields of one connection, which are not handed on (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
	'connection',
	'keep-alive',
	'proxy-connection',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
]);

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function fieldsOf({ rawHeaders }: IncomingMessage): Fields {
	return Array.from(
		{ length: rawHeaders.length / 2 },
		(_, i) => [rawHeaders[2 * i] ?? '', rawHeaders[2 * i + 1] ?? ''] as const,
	);
}

const handedOn = (fields: Fields) => fields.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()));

/** Names with all their values, as Node's client takes them. */
function grouped(fields: Fields): Record<string, string | string[]> {
	const groups: Record<string, string[]> = Object.create(null);
	for (const [name, value] of fields) {
		groups[name] ??= [];
		groups[name].push(value);
	}
	return Object.fromEntries(
		Object.entries(groups).map(([name, all]) => [name, all.length === 1 ? String(all[0]) : all]),
	);
}

/** Asks the other server. */
function ask(target: URL, message: IncomingMessage, fields: Fields, body: Buffer): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		const headers = grouped(handedOn(fields).filter(([name]) => name.toLowerCase() !== 'content-length'));
		// Kamailio wants the length of every request, also of those without a body.
		headers['Content-Length'] = String(body.length);
		const { hostname, port } = target;
		const outgoing = send({
			hostname,
			port,
			method: message.method,
			path: message.url,
			headers,
			setHost: false,
			agent: false,
		});
		outgoing.once('response', resolve).once('error', reject);
		outgoing.end(body);
	});
}

/** A proxy that listens. */
export class RecordingProxy {
	readonly #server: Server;
	readonly #target: URL;
	readonly #sink: (recorded: Recorded) => void;

	/**
	 * @param target where requests go
	 * @param sink gets each request with its answer
	 */
	constructor(target: URL, sink: (recorded: Recorded) => void) {
		this.#target = target;
		this.#sink = sink;
		this.#server = createServer((message, response) => void this.#serve(message, response));
	}

	/** Listens; gives the address. */
	async listen({ address, port }: Endpoint): Promise<Endpoint> {
		await new Promise<void>((resolve, reject) => {
			this.#server.once('error', reject).listen(port, address, resolve);
		});
		const bound = this.#server.address();
		return typeof bound === 'object' && bound
			? { address: bound.address, port: bound.port }
			: { address, port };
	}

	/** Ends it, with all connections. */
	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const time = new Date().toISOString();
		const { remoteAddress = '', remotePort = 0 } = message.socket;
		try {
			const [fields, body] = [fieldsOf(message), await bodyOf(message)];
			const answer = await ask(this.#target, message, fields, body);
			const [answerFields, answerBody] = [fieldsOf(answer), await bodyOf(answer)];
			const { statusCode: status = 502, statusMessage: reason = '' } = answer;
			response.writeHead(status, reason, handedOn(answerFields).flat());
			response.end(message.method === 'HEAD' ? undefined : answerBody);
			this.#sink({
				...{ time, from: `${remoteAddress}:${remotePort}` },
				request: {
					method: message.method ?? '',
					target: message.url ?? '',
					headers: fields,
					...toBody(body),
				},
				reply: { status, reason, headers: answerFields, ...toBody(answerBody) },
			});
		} catch (error) {
			if (!response.headersSent) response.writeHead(502, { 'Content-Type': 'text/plain' });
			response.end(`the server behind the proxy did not answer: ${(error as Error).message}\n`);
		}
	}
}
