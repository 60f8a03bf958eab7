/**
 * The statsd module: counters for a StatsD server, by UDP (modules/statsd). Nobody waits for a packet, and nobody notices where
 * there is no server.
 *
 * @module
 */
import { createSocket, type Socket } from 'node:dgram';
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fixed, fn, type KemiFunction, type KemiModule, str } from '../kemi/module.ts';
import { avps } from '../pv/variables/avp.ts';

/** Where packets go. */
interface StatsdState {
	readonly socket: Socket;
	readonly address: string;
	readonly port: number;
}

/** 1 for what was sent, 0 if there was nothing to send, -1 for what cannot be sent. */
type Result = 1 | 0 | -1;

/** What a packet says about its value. */
type Kind = 'c' | 'g' | 'h' | 's' | 'ms';

/** Characters that would end a packet's key, value or labels early, or begin another packet. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const SEPARATORS = /[:|@#\x00-\x1f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const LABEL_SEPARATORS = /[|@#\x00-\x1f]/;

/** Sends one value: 1, or -1 after an error line. */
function send(
	ctx: RequestContext,
	caller: string,
	kind: Kind,
	key: string,
	value: string,
	labels = '',
): 1 | -1 {
	if (key === '' || SEPARATORS.test(key)) return ctx.refuse(`${caller}: "${key}" is no key`);
	if (value === '' || SEPARATORS.test(value)) return ctx.refuse(`${caller}: "${value}" is no value`);
	if (LABEL_SEPARATORS.test(labels)) return ctx.refuse(`${caller}: "${labels}" are no labels`);
	const packet = `${key}:${value}|${kind}${labels && `|#${labels}`}\n`;
	const { socket, port, address } = ctx.state(statsd);
	// Kamailio takes it for sent too, whatever the network says
	socket.send(Buffer.from(packet, 'latin1'), port, address, () => {});
	return 1;
}

const isInteger = (value: string) => /^[+-]?\d+$/.test(value);

/** Refuses a call as Kamailio does where it has nothing to send: 0, after an error line. */
function refuse(ctx: RequestContext, text: string): 0 {
	ctx.report('error', text);
	return 0;
}

/** Sets of distinct values take integers only, in hexadecimal digits too. */
function sendSet(ctx: RequestContext, caller: string, key: string, value: string, labels?: string): Result {
	if (!/^[+-]?(?:\d+|0x[\da-f]+)$/i.test(value)) return refuse(ctx, `${caller}: "${value}" is no integer`);
	const digits = value.replace(/^[+-]/, '');
	return send(ctx, caller, 's', key, `${value.startsWith('-') ? '-' : ''}${Number(digits)}`, labels);
}

/** Remembers the time in an AVP of the key's name, where Kamailio's is too. */
function start(ctx: RequestContext, key: string): 1 | -1 {
	if (key === '') return ctx.refuse('KSR.statsd.statsd_start: the key is empty');
	ctx.get(avps).push(key, String(Date.now()));
	return 1;
}

function stop(ctx: RequestContext, caller: string, key: string, labels?: string): Result {
	const stacks = ctx.get(avps);
	const begun = stacks.top(key);
	if (typeof begun !== 'string' || !isInteger(begun))
		return refuse(ctx, `${caller}: no time was started for "${key}"`);
	stacks.pop(key);
	return send(ctx, caller, 'ms', key, String(Date.now() - Number(begun)), labels);
}

/** A function of a key and a value, and its form with labels. */
function valued(
	name: string,
	doc: string,
	run: (ctx: RequestContext, caller: string, key: string, value: string, labels?: string) => Result,
): KemiFunction[] {
	return [
		fn(
			`statsd_${name}`,
			[fixed('key'), fixed('value')],
			'int',
			`${doc}: 1, 0 for no integer where one is wanted, -1 for a key or a value that cannot be sent.`,
			(ctx, key, value) => run(ctx, `KSR.statsd.statsd_${name}`, key, value),
			{ cfg: `statsd_${name}` },
		),
		fn(
			`statsd_labels_${name}`,
			[str('key'), str('value'), str('labels')],
			'int',
			`The same as statsd_${name}, with labels: name:value, and commas between several.`,
			(ctx, key, value, labels) => run(ctx, `KSR.statsd.statsd_labels_${name}`, key, value, labels),
		),
	];
}

/** A function of a key, and its form with labels. */
function keyed(
	name: string,
	doc: string,
	run: (ctx: RequestContext, caller: string, key: string, labels?: string) => Result,
): KemiFunction[] {
	return [
		fn(
			`statsd_${name}`,
			[fixed('key')],
			'int',
			`${doc}: 1, 0 if there is nothing to send, -1 for a key that cannot be sent.`,
			(ctx, key) => run(ctx, `KSR.statsd.statsd_${name}`, key),
			{ cfg: `statsd_${name}` },
		),
		fn(
			`statsd_labels_${name}`,
			[str('key'), str('labels')],
			'int',
			`The same as statsd_${name}, with labels: name:value, and commas between several.`,
			(ctx, key, labels) => run(ctx, `KSR.statsd.statsd_labels_${name}`, key, labels),
		),
	];
}

/** The functions on KSR.statsd. */
export const statsd: KemiModule<StatsdState> = defineModule<StatsdState>({
	name: 'statsd',
	doc: 'Counters for a StatsD server.',
	params: [
		{ name: 'ip', type: 'str', default: '127.0.0.1', doc: "The server's address or name." },
		{ name: 'port', type: 'str', default: '8125', doc: "The server's UDP port." },
	],
	init(params) {
		const port = Number(params.str('port'));
		if (!Number.isInteger(port) || port < 1 || port > 65535)
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter port of module statsd: "${params.str('port')}" is no port`,
			);
		const address = params.str('ip') || '127.0.0.1';
		const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4').unref();
		// a port that nobody listens on is reported here, and is nobody's business
		socket.on('error', () => {});
		return { socket, address, port };
	},
	close: ({ socket }) => void socket.close(),
	functions: [
		...valued('gauge', 'Sets a gauge', (ctx, caller, key, value, labels) =>
			send(ctx, caller, 'g', key, value, labels),
		),
		...valued('histogram', 'Adds a value to a histogram', (ctx, caller, key, value, labels) =>
			send(ctx, caller, 'h', key, value, labels),
		),
		...valued('set', 'Adds an integer to a set, whose distinct values are counted', sendSet),
		...keyed('incr', 'Counts one more', (ctx, caller, key, labels) =>
			send(ctx, caller, 'c', key, '1', labels),
		),
		...keyed('decr', 'Counts one less', (ctx, caller, key, labels) =>
			send(ctx, caller, 'c', key, '-1', labels),
		),
		fn(
			'statsd_start',
			[fixed('key')],
			'int',
			'Starts to take the time for a key, in an AVP of its name: 1, or -1 for an empty one.',
			start,
			{ cfg: 'statsd_start' },
		),
		...keyed('stop', 'Sends the milliseconds since statsd_start', stop),
	],
});
