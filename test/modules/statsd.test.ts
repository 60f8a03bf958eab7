/** KSR.statsd: the packets that a server gets. The results are Kamailio 5.6.3's, but for texts that would break a packet. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { hostFor } from '../support/host.ts';

/** Runs calls one by one, and gives what each returned and the packet that came of it. */
async function packetsOf(t: TestContext, calls: readonly string[]): Promise<string[]> {
	const server = createSocket('udp4').bind(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => server.close());
	const script = `
function ksr_xhttp_event()
	${calls.map((call) => `KSR.info(KSR.statsd.${call})`).join('\n\t')}
	KSR.statsd.statsd_incr("end")
end`;
	const port = String(server.address().port);
	const packets: string[] = [];
	const ended = new Promise<void>((resolve) => {
		server.on('message', (packet) => {
			packets.push(packet.toString('latin1'));
			if (packets.at(-1) === 'end:1|c\n') resolve();
		});
	});
	const { request, lines } = await hostFor(t, script, {
		modparams: [{ module: 'statsd', name: 'port', value: port }],
	});
	await request();
	await ended;
	assert.equal(packets.pop(), 'end:1|c\n');
	return [lines('script').join(' '), ...packets];
}

test('each function sends its packet', async (t) => {
	const sent = await packetsOf(t, [
		'statsd_gauge("load", "0.5")',
		'statsd_histogram("size", "120")',
		'statsd_set("users", "0x10")',
		'statsd_incr("calls")',
		'statsd_decr("calls")',
		'statsd_labels_incr("calls", "host:a,zone:b")',
		'statsd_labels_gauge("load", "+3", "host:a")',
		'statsd_start("took")',
		'statsd_stop("took")',
	]);
	const took = sent.pop();
	assert.deepEqual(sent, [
		'1 1 1 1 1 1 1 1 1',
		'load:0.5|g\n',
		'size:120|h\n',
		'users:16|s\n',
		'calls:1|c\n',
		'calls:-1|c\n',
		'calls:1|c|#host:a,zone:b\n',
		'load:+3|g|#host:a\n',
	]);
	assert.match(took ?? '', /^took:\d+\|ms\n$/);
});

test('a text cannot add packets of its own', async (t) => {
	const calls = [
		'statsd_gauge("a:1|c\\nb", "5")',
		'statsd_gauge("a", "5|c")',
		'statsd_labels_incr("a", "x\\nb:1|c")',
		'statsd_set("a", "x")',
		'statsd_stop("never")',
		'statsd_start("")',
	];
	assert.deepEqual(await packetsOf(t, calls), ['-1 -1 -1 0 0 -1']);
});

test('a port that is none is refused', async (t) => {
	const modparams = [{ module: 'statsd', name: 'port', value: 'http' }];
	await assert.rejects(hostFor(t, 'function ksr_xhttp_event() end', { modparams }), {
		code: 'KH_MODPARAM',
		message: /parameter port of module statsd: "http" is no port/,
	});
});
