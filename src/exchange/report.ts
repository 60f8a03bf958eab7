/**
 * Shows an exchange in the terminal.
 *
 * @module
 */
import { textOf } from '../bytes.ts';
import type { HttpReply } from '../http/reply.ts';
import type { LogRecord } from '../log/logger.ts';
import type { Exchange } from './exchange.ts';

/** A reply as it would stand on the wire, without what a connection adds. Text for a person. */
export function replyText({ status, reason, headers, body }: HttpReply): string {
	const content = textOf(body);
	const end = content === '' || content.endsWith('\n') ? '' : '\n';
	return `HTTP/1.1 ${status} ${textOf(reason)}\n${textOf(headers).replaceAll('\r\n', '\n')}\n${content}${end}`;
}

/** A log line. */
export function logLine({ level, origin, text }: LogRecord): string {
	return `${level.toUpperCase()}: ${origin}: ${text}\n`;
}

/** Status, time and memory in one line. */
export function summary({ engine, reply, milliseconds, memory }: Exchange, width = 0): string {
	const status = `${reply.status} ${textOf(reply.reason)}`;
	return `${engine.padEnd(width)}  ${status}, ${reply.body.length} bytes, in ${milliseconds.toFixed(1)} ms, ${(memory / 1e6).toFixed(1)} MB\n`;
}

/** An exchange as data, with text where the host has byte strings. */
export function toJson({ engine, reply, logs, milliseconds, memory }: Exchange): Record<string, unknown> {
	return {
		engine,
		status: reply.status,
		reason: textOf(reply.reason),
		headers: textOf(reply.headers).split('\r\n').filter(Boolean),
		body: textOf(reply.body),
		close: reply.close,
		logs: logs.map(({ level, origin, text }) => ({ level, origin, text })),
		milliseconds,
		memory,
	};
}
