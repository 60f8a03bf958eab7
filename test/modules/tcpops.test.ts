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

/** A host that logs the ends of connections, and waits for a line of its log. */
async function watching(
	t: TestContext,
	modparams: { module: string; name: string; value: string | number }[],
) {
	const script = `
function ksr_xhttp_event()
	local what, address = KSR.pv.get("$hu"), KSR.pv.get("$si") .. ":" .. KSR.pv.get("$sp")
	if what == "/watch" then KSR.tcpops.tcp_enable_closed_event() end
	if what == "/short" then KSR.tcpops.tcp_set_connection_lifetime(0) end
	local found = KSR.tcpops.tcp_get_conid("sip:x@" .. address, "$var(id)")
	local same = KSR.pv.get("$var(id)") == KSR.pv.get("$conid")
	KSR.xhttp.xhttp_reply(200, "OK", "", table.concat({ found, tostring(same), KSR.tcpops.tcp_con_alive(address),
		KSR.tcpops.tcp_con_alive("[::1]:1"), KSR.tcpops.tcp_con_alive("localhost"), KSR.tcpops.tcp_con_alive("") }, " ") .. "\\n")
end
function ksr_tcp(name) KSR.info(name .. " " .. KSR.pv.get("$si") .. ":" .. KSR.pv.get("$sp") .. " " .. KSR.pv.get("$conid")) end`;
	let wake = () => {};
	const lines: string[] = [];
	const { host } = await hostFor(t, script, {
		modparams: [{ module: 'tcpops', name: 'event_callback', value: 'ksr_tcp' }, ...modparams],
		log: ({ text, origin }) => {
			if (origin !== 'script') return;
			lines.push(text);
			wake();
		},
	});
	const { port } = await host.listen({ address: '127.0.0.1', port: 0 });
	return {
		async ask(path: string) {
			const socket = connect(port, '127.0.0.1').setEncoding('latin1');
			t.after(() => socket.destroy());
			socket.on('error', () => {});
			socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
			let reply = '';
			while (!/\r\n\r\n.*\n$/s.test(reply)) reply += (await once(socket, 'data'))[0];
			return {
				socket,
				body: reply.slice(reply.indexOf('\r\n\r\n') + 4),
				own: `127.0.0.1:${socket.localPort}`,
			};
		},
		async line(count: number): Promise<string> {
			while (lines.length < count) await new Promise<void>((resolve) => (wake = resolve));
			return lines[count - 1] as string;
		},
	};
}

test('the end of a connection is an event that says how it came', async (t) => {
	const { ask, line } = await watching(t, []);
	const closed = await ask('/');
	assert.equal(closed.body, '1 true 1 -1 -1 -1\n');
	closed.socket.end();
	assert.match(await line(1), new RegExp(`^tcp:closed ${closed.own} \\d+$`));
	const short = await ask('/short');
	assert.match(await line(2), new RegExp(`^tcp:timeout ${short.own} \\d+$`));
	const cut = await ask('/');
	cut.socket.resetAndDestroy();
	assert.match(await line(3), new RegExp(`^tcp:reset ${cut.own} \\d+$`));
});

test('with closed_event=2 a script chooses whose end is an event', async (t) => {
	const { ask, line } = await watching(t, [{ module: 'tcpops', name: 'closed_event', value: 2 }]);
	(await ask('/')).socket.end();
	const watched = await ask('/watch');
	watched.socket.end();
	assert.match(await line(1), new RegExp(`^tcp:closed ${watched.own} \\d+$`));
	await assert.rejects(
		watching(t, [{ module: 'tcpops', name: 'closed_event', value: 3 }]),
		/closed_event .* is 0, 1 or 2/,
	);
});
