/** JSON-RPC from a handler, beyond what the corpus (cases jsonrpcs-*) compares with a real Kamailio. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule } from '../../src/kemi/module.ts';
import { RpcFault, rpc } from '../../src/kemi/rpc.ts';
import { hostFor } from '../support/host.ts';

const DISPATCH = 'function ksr_xhttp_event() KSR.jsonrpcs.dispatch() end';

/** What a document is answered with: the status, the reason, and the body. */
async function ask(t: Parameters<typeof hostFor>[0], document: unknown, options = {}) {
	const { request } = await hostFor(t, DISPATCH, options);
	const body = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
	const reply = await request('/RPC', { method: 'POST', body });
	return { status: reply.status, reason: reply.reason, body: reply.body?.toString() ?? '' };
}

test('a batch is answered in its order, without its notifications', async (t) => {
	const { status, body } = await ask(t, [
		{ jsonrpc: '2.0', method: 'core.echo', params: ['a'], id: 1 },
		{ jsonrpc: '2.0', method: 'core.echo', params: ['unheard'] },
		{ jsonrpc: '2.0', method: 'no.such', id: 'two' },
	]);
	assert.equal(status, 200);
	assert.deepEqual(JSON.parse(body), [
		{ jsonrpc: '2.0', result: ['a'], id: 1 },
		{ jsonrpc: '2.0', error: { code: 500, message: 'Method Not Found' }, id: 'two' },
	]);
});

test('a batch of notifications is answered with 204', async (t) => {
	const { status, body } = await ask(t, [{ jsonrpc: '2.0', method: 'core.echo', params: ['a'] }]);
	assert.equal(status, 204);
	assert.equal(body, '');
});

for (const document of [[], 'true', '"x"', { jsonrpc: '2.0', id: 1 }, { method: 'core.echo', params: 'b' }])
	test(`${JSON.stringify(document)} is an invalid request`, async (t) => {
		const { status, body } = await ask(t, document);
		assert.equal(status, 400);
		assert.equal(JSON.parse(body).error.message, 'Invalid Request');
	});

test('a parameter that is neither text nor number is refused by its number', async (t) => {
	const { body } = await ask(t, { method: 'core.echo', params: ['a', ['b']], id: 1 });
	assert.match(body, /parameter 2 is neither a string nor a number/);
});

test('numbers beyond all that JSON can say are answered with JSON', async (t) => {
	const { body } = await ask(t, '{"jsonrpc":"2.0","method":"core.echo","params":["a"],"id":-1e999}');
	assert.deepEqual(JSON.parse(body), { jsonrpc: '2.0', result: ['a'], id: null });
});

test("a module's own commands are there; line ends of their faults stay out of the status line", async (t) => {
	const own = defineModule({
		name: 'own',
		doc: 'A test.',
		rpc: [
			rpc('own.wait', '', 'Answers later.', () => Promise.resolve('late')),
			rpc('own.fail', '', 'Refuses.', () => {
				throw new RpcFault(418, 'no\r\nX-Injected: 1');
			}),
			rpc('own.break', '', 'Has a bug.', () => {
				throw new TypeError('oops');
			}),
		],
	});
	const modules = [own];
	const refused = await ask(t, { method: 'own.fail', id: 1 }, { modules });
	assert.equal(refused.status, 418);
	assert.equal(refused.reason, 'no X-Injected: 1');
	const broken = await ask(t, { method: 'own.break', id: 1 }, { modules });
	assert.equal(broken.status, 500);
	assert.doesNotMatch(broken.body, /oops/);
});

test('a log level that was changed stays changed', async (t) => {
	const { status } = await ask(t, { method: 'cfg.seti', params: ['core', 'debug', 1], id: 1 });
	assert.equal(status, 200);
	const { host } = await hostFor(t, DISPATCH, { logLevel: 3 });
	await host.rpc.run(host, 'cfg.seti', ['core', 'debug', -1]);
	assert.equal(host.log.threshold, -1);
});
