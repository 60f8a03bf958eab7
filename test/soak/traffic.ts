/**
 * What the clients of a soak do, good ones and hostile ones.
 *
 * @module
 */
import { randomBytes, randomInt } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Answer, Ledger } from './ledger.ts';

/** One thing to ask, and whether the answer is right. */
interface Question {
	readonly path: string;
	readonly body?: string;
	readonly right: (answer: Answer) => boolean;
}

const is = (text: string) => (answer: Answer) => answer.status === 200 && answer.text === text;
const status =
	(...codes: number[]) =>
	(answer: Answer) =>
		codes.includes(answer.status);

const word = () => randomBytes(randomInt(1, 40)).toString('hex');

/** Clients of one host. */
export class Traffic {
	readonly #url: string;
	readonly #ledger: Ledger;
	readonly #pool: Pool;
	/** Numbers and items that came out once, and must not come out again. */
	readonly #seen = new Set<string>();
	/** Counts that were answered. */
	counted = 0;
	/** Counts that were asked for. */
	asked = 0;
	stopped = false;

	constructor(url: string, ledger: Ledger, connections: number) {
		this.#url = url;
		this.#ledger = ledger;
		this.#pool = new Pool(url, { connections, keepAliveTimeout: 2000 });
	}

	/** A client that asks one thing after the other. */
	async good(): Promise<void> {
		while (!this.stopped) {
			await this.ask(this.#goodQuestion());
			await sleep(randomInt(0, 5));
		}
	}

	/** One that makes trouble in the script. */
	async badScripts(): Promise<void> {
		const questions: Question[] = [
			{ path: '/loop', right: status(503) },
			{ path: '/error', right: status(500) },
			{ path: '/tables', right: status(503) },
			{ path: '/deep', right: status(500, 503) },
			{ path: '/silent', right: status(404) },
			{ path: '/flood', right: is('flooded') },
			{ path: '/strings', right: status(500, 503) },
			{ path: '/nothing', right: status(500) },
		];
		for (let i = 0; !this.stopped; i++) {
			await this.ask(questions[i % questions.length] as Question);
			await sleep(randomInt(100, 600));
		}
	}

	/** One that breaks the rules of the wire. */
	async badClient(): Promise<void> {
		const host = 'Host: h\r\n';
		const raw: [bytes: string, expected: RegExp | undefined][] = [
			[`GET /pid HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, /^HTTP\/1\.1 400 /],
			[`GET /pid HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
			[`GET /pid HTTP/1.1\n${host}\n`, /^HTTP\/1\.1 400 /],
			[`POST /body HTTP/1.1\r\n${host}Content-Length: 2000000\r\n\r\n`, /^HTTP\/1\.1 413 /],
			[`GET /echo?x HTTP/1.1\r\n${host}\r\n`.repeat(50), /^(HTTP\/1\.1 200 [\s\S]*?\r\n\r\nx){50}$/],
			[`POST /body HTTP/1.1\r\n${host}Content-Length: 1000\r\n\r\nhalf`, undefined],
			['\x16\x03\x01 no HTTP at all', undefined],
			['', undefined],
		];
		for (let i = 0; !this.stopped; i++) {
			const [bytes, expected] = raw[i % raw.length] as (typeof raw)[0];
			await this.#sendRaw(bytes, expected);
			await sleep(randomInt(20, 200));
		}
	}

	/** Asks one thing; gives the text of a right answer. */
	async ask({ path, body, right }: Question): Promise<string | undefined> {
		const what = `${body === undefined ? 'GET' : 'POST'} ${path}`;
		const from = Date.now();
		this.#ledger.sent++;
		try {
			const method = body === undefined ? 'GET' : 'POST';
			const reply = await this.#pool.request({ path, method, body: body ?? null });
			const answer: Answer = {
				status: reply.statusCode,
				text: await reply.body.text(),
				turnedAway: reply.statusCode === 503 && reply.headers['retry-after'] !== undefined,
			};
			if (right(answer)) this.#ledger.good();
			else if (answer.turnedAway) this.#ledger.refused();
			else if (answer.status === 503) this.#ledger.unavailable(what);
			else this.#ledger.bad(`${what} gave ${answer.status} ${answer.text.slice(0, 200)}`);
			return answer.text;
		} catch (error) {
			this.#ledger.connectionLost(from, `${what} (${(error as Error).message})`);
			return undefined;
		}
	}

	async close(): Promise<void> {
		await this.#pool.destroy();
	}

	#goodQuestion(): Question {
		const text = word();
		switch (randomInt(0, 6)) {
			case 0:
				return { path: `/echo?${text}`, right: is(text) };
			case 1: {
				const numbers = Array.from({ length: 50 }, () => randomInt(0, 1000));
				const sum = numbers.reduce((a, b) => a + b);
				return { path: '/sum', body: numbers.join(' '), right: is(String(sum)) };
			}
			case 2: {
				const body = text.repeat(randomInt(1, 1000));
				return { path: '/body', body, right: is(body) };
			}
			case 3:
				this.asked++;
				return {
					path: '/count',
					right: (answer) => {
						const fresh = this.#isFresh(answer);
						if (fresh) this.counted++;
						return fresh;
					},
				};
			case 4:
				return { path: `/queue?${text}-${randomInt(0, 2 ** 40)}`, right: (answer) => this.#isFresh(answer) };
			default:
				return { path: `/wait?${text}`, right: is(text + text) };
		}
	}

	/** What comes out of a counter or a queue comes out once. */
	#isFresh({ status, text }: Answer): boolean {
		if (status !== 200 || this.#seen.has(text)) return false;
		this.#seen.add(text);
		return true;
	}

	/** @param expected what has to come; without it the client leaves before an answer */
	async #sendRaw(bytes: string, expected: RegExp | undefined): Promise<void> {
		const from = Date.now();
		const { hostname, port } = new URL(this.#url);
		const what = `raw ${JSON.stringify(bytes.slice(0, 60))}`;
		this.#ledger.sent++;
		const socket = connect(Number(port), hostname);
		let reply = '';
		socket.setEncoding('latin1').on('error', () => undefined);
		const closed = new Promise((resolve) => socket.once('close', resolve));
		socket.on('data', (text: string) => {
			reply += text;
			if (expected?.test(reply)) socket.destroy();
		});
		socket.write(bytes, 'latin1');
		if (!expected) {
			await sleep(50);
			socket.destroy();
		}
		await Promise.race([closed, sleep(20_000)]);
		socket.destroy();
		if (!expected || expected.test(reply)) this.#ledger.good();
		else if (/^HTTP\/1\.1 503 [^\r]*\r\n(?:.+\r\n)*Retry-After/m.test(reply)) this.#ledger.refused();
		else if (Date.now() - from < 20_000) this.#ledger.connectionLost(from, what);
		else this.#ledger.bad(`${what} gave ${JSON.stringify(reply.slice(0, 200))}`);
	}
}
