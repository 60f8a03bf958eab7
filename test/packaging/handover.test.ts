/** An upgrade under load: one host ends and another takes over, on a socket that both are handed. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const HANDLER = `function ksr_xhttp_event()
	-- some work, so that there is always a request in flight
	local sum = 0
	for i = 1, 2000 do sum = sum + i end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$def(RELEASE)"))
end`;

/** A bound socket that nobody accepts from here. Node's public servers would. */
function boundSocket(t: TestContext): number {
	const { TCP, constants } = (process as unknown as { binding(name: string): TcpBinding }).binding(
		'tcp_wrap',
	);
	const socket = new TCP(constants.SERVER);
	assert.equal(socket.bind('127.0.0.1', 0), 0);
	t.after(() => socket.close());
	return socket.fd;
}

interface TcpBinding {
	readonly TCP: new (
		type: number,
	) => { bind(address: string, port: number): number; close(): void; fd: number };
	readonly constants: { readonly SERVER: number };
}

/** A client that keeps its connection, and sends what must not be sent twice: nothing is repeated behind its back. */
class Client {
	readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
	readonly #url: string;

	constructor(url: string) {
		this.#url = url;
	}

	/** Sends one request after the other. */
	async *answers(): AsyncGenerator<string> {
		try {
			while (true) yield await this.#ask();
		} finally {
			this.#agent.destroy();
		}
	}

	#ask(): Promise<string> {
		return new Promise((resolve, reject) => {
			const sent = request(this.#url, { method: 'POST', agent: this.#agent }, (response) => {
				let body = '';
				response.setEncoding('latin1').on('data', (text: string) => {
					body += text;
				});
				response.on('error', reject).on('end', () => {
					if (response.statusCode === 200) resolve(body);
					else reject(new Error(`${response.statusCode} ${body}`));
				});
			});
			sent.on('error', reject).end('order');
		});
	}
}

/** Clients that send without a pause. A request that fails ends the test. */
class Load {
	readonly #progress = new EventEmitter();
	readonly #counts = new Map<string, number>();
	#over = false;
	readonly #clients: Promise<unknown>;

	constructor(url: string, clients: number) {
		const all = Array.from({ length: clients }, () => this.#send(new Client(url)));
		this.#clients = Promise.all(all).catch((error) => this.#progress.emit('error', error));
	}

	/** Waits until a release has answered often enough. */
	async answeredBy(release: string): Promise<void> {
		while ((this.#counts.get(release) ?? 0) < 200) await once(this.#progress, 'answer');
	}

	/** Ends it; gives the releases in the order in which they began to answer. */
	async end(): Promise<string[]> {
		this.#over = true;
		await this.#clients;
		return [...this.#counts.keys()];
	}

	async #send(client: Client): Promise<void> {
		for await (const release of client.answers()) {
			this.#counts.set(release, (this.#counts.get(release) ?? 0) + 1);
			this.#progress.emit('answer');
			if (this.#over) return;
		}
	}
}

for (const children of [0, 2])
	test(`an upgrade under load loses no request, with ${children || 'no'} children`, async (t) => {
		const socket = boundSocket(t);
		const script = join(folderWith(t, { 'h.lua': HANDLER }), 'h.lua');
		const start = (release: string) =>
			kemihost(t, ['run', script, `--children=${children}`, `--define=RELEASE=${release}`], { socket });

		const first = start('first');
		const [, url = ''] = await first.until(/on (http:\S+)/);
		const load = new Load(url, 8);
		await load.answeredBy('first');
		// side by side: the second takes from the same queue before the first ends
		const second = start('second');
		await second.until(/on (http:\S+)/);
		first.child.kill('SIGTERM');
		assert.equal(await first.ended, 0);
		await load.answeredBy('second');
		// one after the other, as `systemctl restart` does it: who connects meanwhile waits
		second.child.kill('SIGTERM');
		assert.equal(await second.ended, 0);
		const third = start('third');
		await load.answeredBy('third');
		assert.deepEqual(await load.end(), ['first', 'second', 'third']);
		third.child.kill('SIGTERM');
		assert.equal(await third.ended, 0);
	});
