/**
 * The log_custom module: texts to a collector of logs, by UDP (modules/log_custom). Nobody waits for a packet, and nobody notices
 * where there is no collector.
 *
 * @module
 */
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { KemihostError } from '../errors.ts';
import { defineModule, fn, type KemiModule, param, str } from '../kemi/module.ts';

/** Where packets go; undefined for nowhere. */
type Collector = { readonly socket: Socket; readonly host: string; readonly port: number } | undefined;

const SIP_PORT = 5060;

/** The most bytes that a packet takes. */
const LONGEST = 65_507;

function readAddress(text: string): { host: string; port: number } {
	const [, inBrackets, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
	const host = inBrackets ?? plain;
	if (host !== undefined && Number(port ?? SIP_PORT) < 65_536)
		return { host, port: Number(port ?? SIP_PORT) };
	throw new KemihostError('KH_MODPARAM', `parameter address of module log_custom: "${text}" is no address`, {
		hint: 'host:port, or [address]:port for IPv6',
	});
}

/** The functions on KSR.log_custom. */
export const logCustom: KemiModule<{ readonly collector: Collector }> = defineModule({
	name: 'log_custom',
	doc: 'Texts to a collector of logs, by UDP.',
	params: [
		param(
			'address',
			null,
			'The collector, host:port; 5060 is the port where none is written. kemihost only: in Kamailio the core parameter log_engine_data names it, and the whole log goes there.',
		),
	],
	functions: [
		fn(
			'log_udp',
			[str('text')],
			'int',
			'Sends a text as one packet: 1, also without a collector, or -1 for one that is too long.',
			(ctx, text) => {
				const { collector } = ctx.state(logCustom);
				if (text.length > LONGEST)
					return ctx.refuse(`KSR.log_custom.log_udp: ${text.length} bytes are too many`);
				collector?.socket.send(Buffer.from(text, 'latin1'), collector.port, collector.host, () => {});
				return 1;
			},
			{ cfg: 'log_udp' },
		),
	],
	init(params) {
		const text = params.str('address');
		if (!text) return { collector: undefined };
		const { host, port } = readAddress(text);
		const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4').unref();
		socket.on('error', () => {});
		return { collector: { socket, host, port } };
	},
	close: ({ collector }) => void collector?.socket.close(),
});
