/** KSR.tcpops over real sockets: connections that scripts end, by their numbers. What 5.6.3 has too is in the corpus. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { hostFor } from '../support/host.ts';

const SCRIPT = `
function ksr_xhttp_event()
	local id = tonumber(KSR.hdr.gete("X-Id")) or KSR.kx.get_conid()
	local what = KSR.hdr.gete("X-What")
	local result
	if what == "close" then result = KSR.tcpops.tcp_close_connection_id(id)
	elseif what == "lifetime" then result = KSR.tcpops.tcp_set_connection_lifetime_cid(id, 0)
	elseif what == "keepalive" then result = KSR.tcpops.tcp_keepalive_enable_cid(id, 10, 3, 5)
	else result = KSR.tcpops.tcp_conid_state(id) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.kx.get_conid() .. " " .. result .. "\\n")
end`;

/** A client's connection to a host with that script. */
async function client(t: TestContext, port: number) {
	const socket = connect(port, '127.0.0.1').setEncoding('latin1');
	t.after(() => socket.destroy());
	await once(socket, 'connect');
	const ended = once(socket, 'close');
	return {
		ended,
		async ask(what = '', id = ''): Promise<{ id: string; result: string }> {
			socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-What: ${what}\r\nX-Id: ${id}\r\n\r\n`);
			let reply = '';
			while (!reply.endsWith('\n') || !reply.includes('\r\n\r\n') || reply.endsWith('\r\n\r\n'))
				reply += (await once(socket, 'data'))[0];
			const [, own = '', result = ''] = /(\d+) (-?\d+)\n$/.exec(reply) ?? [];
			return { id: own, result };
		},
	};
}

async function start(t: TestContext): Promise<number> {
	const { host } = await hostFor(t, SCRIPT);
	return (await host.listen({ address: '127.0.0.1', port: 0 })).port;
}

test('a connection is open until a script ends it, from another connection too', async (t) => {
	const port = await start(t);
	const [one, two] = [await client(t, port), await client(t, port)];
	const { id } = await one.ask();
	assert.equal((await two.ask('', id)).result, '1');
	assert.equal((await two.ask('keepalive', id)).result, '1');
	assert.equal((await two.ask('close', id)).result, '1');
	await one.ended;
	assert.equal((await two.ask('close', '999999')).result, '-1');
});

test("a request's own connection ends behind its reply", async (t) => {
	const one = await client(t, await start(t));
	assert.equal((await one.ask('close')).result, '1');
	await one.ended;
});

test('a connection ends when it has been idle for as long as a script has set', async (t) => {
	const port = await start(t);
	const [one, two] = [await client(t, port), await client(t, port)];
	const { id } = await one.ask();
	assert.equal((await two.ask('lifetime', id)).result, '1');
	await one.ended;
	assert.equal((await two.ask()).result, '1');
	assert.equal((await two.ask('lifetime', '999999')).result, '0');
});
