/**
 * The request: its first line, its body and the whole of it (modules/pv/pv_core.c).
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import { findKey, madeUpVia } from '../headers.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { PvValue, Variable } from '../variable.ts';
import { dynamicName, refuseIndex, requireInner, wordVariable } from './names.ts';
import { pvState } from './pv-state.ts';

/** The number of each method that Kamailio knows (core/parser/msg_parser.h); any other has the last one. */
const METHOD_IDS = new Map(
	'INVITE CANCEL ACK BYE INFO REGISTER SUBSCRIBE NOTIFY MESSAGE OPTIONS PRACK UPDATE REFER PUBLISH KDMQ GET POST PUT DELETE'
		.split(' ')
		.map((method, bit) => [method, 1 << bit]),
);
const OTHER_METHOD = 1 << 19;

function methodId(ctx: RequestContext): number {
	return METHOD_IDS.get(ctx.request.method.toUpperCase()) ?? OTHER_METHOD;
}

/** The body as a byte string; empty without one. */
export function bodyText({ request }: RequestContext): string {
	return request.body.length === 0 ? '' : request.body.toString('latin1');
}

/** The length of Content-Length as it was sent; null without the header. */
function contentLength(ctx: RequestContext): number | null {
	const length = Number.parseInt(findKey(ctx, 'content-length') ?? '', 10);
	return Number.isNaN(length) ? null : length;
}

/** Where the first line ends, line end included. */
function lineEnd(head: string): number {
	return head.indexOf('\n') + 1;
}

function viaLine(ctx: RequestContext): string {
	return `Via: ${madeUpVia(ctx)}\r\n`;
}

/** The header lines as Kamailio has them: with the Via line that xhttp puts in front. */
function headerLines(ctx: RequestContext): string {
	const { head } = ctx.request;
	return viaLine(ctx) + head.slice(lineEnd(head));
}

function firstLine(ctx: RequestContext): string {
	const { head } = ctx.request;
	return head.slice(0, lineEnd(head));
}

/** The empty line, ended as the first line is. */
function emptyLine(ctx: RequestContext): string {
	return firstLine(ctx).endsWith('\r\n') ? '\r\n' : '\n';
}

/** The whole request, with xhttp's Via line: `$mb`. */
export function messageBuffer(ctx: RequestContext): string {
	return firstLine(ctx) + headerLines(ctx) + emptyLine(ctx) + bodyText(ctx);
}

/** The length of `messageBuffer`, which is not built for it. */
export function messageLength(ctx: RequestContext): number {
	return ctx.request.head.length + viaLine(ctx).length + emptyLine(ctx).length + ctx.request.body.length;
}

/** `$mi`; it is given to those requests that ask. */
const messageId = requestLocal(() => ({ id: 0 }));

function idOf(ctx: RequestContext): number {
	const message = ctx.get(messageId);
	if (message.id === 0) message.id = ++pvState(ctx).messageCount;
	return message.id;
}

function field(name: string, key: string, doc: string): Variable {
	return { names: [name], doc, steady: true, get: (ctx) => findKey(ctx, key) };
}

/** `$msgbuf(i)`; what Kamailio would let a script write into the request is read-only here. */
const messageByte: Variable = {
	names: ['msgbuf'],
	doc: 'One character of $mb by its place.',
	bind(binding) {
		refuseIndex(binding);
		const inner = requireInner(binding);
		const variable = dynamicName(inner);
		if (!variable && !/^[+-]?\d+$/.test(inner.source))
			throw new PvSyntaxError('the place is a number or a variable', 0);
		return {
			get(ctx): PvValue {
				const char = messageBuffer(ctx)[Number(variable ? variable.get(ctx) : inner.source)];
				if (char === undefined) ctx.report('error', `$msgbuf(${inner.source}) is outside of the request`);
				return char ?? null;
			},
			set(ctx) {
				ctx.report('error', '$msgbuf cannot be set: the request stays as it came');
				return false;
			},
		};
	},
};

/** The request's parts. */
export const requestVariables: readonly Variable[] = [
	{
		names: ['rm'],
		doc: 'The method, as it was sent; $rmid where an integer is wanted.',
		steady: true,
		get: (ctx) => ctx.request.method,
		integer: methodId,
	},
	{
		names: ['rmid'],
		doc: 'The number of the method: GET 32768, POST 65536, PUT 131072, DELETE 262144, unknown ones 524288.',
		get: methodId,
	},
	{
		names: ['rv'],
		doc: 'The protocol version, as HTTP/1.1.',
		steady: true,
		get: (ctx) => ctx.request.version,
	},
	{ names: ['rb'], doc: 'The body; empty without one.', get: bodyText },
	{ names: ['bs'], doc: 'The size of the body in bytes.', get: (ctx) => ctx.request.body.length },
	{ names: ['cl'], doc: 'Content-Length as a number; null without the header.', get: contentLength },
	field('cT', 'content-type', 'Content-Type; null without the header.'),
	field('ua', 'user-agent', 'User-Agent; null without the header.'),
	{ names: ['mt'], doc: 'The type of the message: 1, a request.', get: () => 1 },
	{ names: ['mts'], doc: 'The type of the message as a text: rq, a request.', get: () => 'rq' },
	{ names: ['mi'], doc: 'A number of the request within this process.', get: idOf },
	{
		names: ['mb', 'mbu'],
		doc: 'The whole request, with a Via line after its first line.',
		get: messageBuffer,
	},
	{ names: ['ml'], doc: 'The length of $mb.', get: messageLength },
	wordVariable(['msg'], 'A part of $mb, or its size.', {
		buf: messageBuffer,
		len: messageLength,
		fline: (ctx) => firstLine(ctx).trim(),
		hdrs: (ctx) => headerLines(ctx).trim(),
		hdrs_len: (ctx) => headerLines(ctx).trim().length,
		hdrc: (ctx) => ctx.request.headers.names.length + 1,
		fpart: (ctx) => (firstLine(ctx) + headerLines(ctx)).trim(),
		lpart: (ctx) => headerLines(ctx) + emptyLine(ctx) + bodyText(ctx),
		body: bodyText,
		body_len: (ctx) => ctx.request.body.length,
	}),
	messageByte,
];
