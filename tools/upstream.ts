/**
 * The server that the reference's examples ask: it answers every request by what it asked for, and sends `/moved` to
 * `/here`.
 *
 * @module
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running server. */
export class Upstream {
	readonly #server: Server;

	private constructor(server: Server) {
		this.#server = server;
	}

	/** Starts one on a free port. */
	static async start(): Promise<Upstream> {
		const server = createServer(async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			if (request.url === '/moved') return response.writeHead(302, { Location: '/here' }).end();
			response.writeHead(200, { 'Content-Type': 'text/plain', 'X-Answer': 'yes' });
			const body = Buffer.concat(chunks).toString();
			return response.end(`${request.method} ${request.url}${body ? ` with ${body}` : ''}`);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return new Upstream(server);
	}

	/** A value in whose texts this server's address stands in the place of another. */
	insteadOf<T>(url: string, value: T): T {
		const { port } = this.#server.address() as AddressInfo;
		return JSON.parse(JSON.stringify(value).replaceAll(url, `http://127.0.0.1:${port}`));
	}

	close(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}
}
