/**
 * Prints the KSR calls of a request or an event: as a tree for a person, or as JSON.
 *
 * @module
 */
import { textOf } from '../bytes.ts';
import type { HostOptions } from '../host/options.ts';
import { EXIT_VALUE } from '../kemi/throw.ts';
import { ForeignValue, type KemiValue, type RawValue } from '../kemi/value.ts';
import { type Trace, type TracedCall, Tracer } from './tracer.ts';

/** What `--trace` takes. */
export const TRACE_FORMATS = ['tree', 'json'] as const;
/** One of the formats. */
export type TraceFormat = (typeof TRACE_FORMATS)[number];

/** Longer texts are cut in the tree. */
const MAX_TEXT = 60;

/** A value as text for JSON: bytes become UTF-8, what is none of KEMI's values its type. */
function plain(value: RawValue | KemiValue): unknown {
	if (typeof value === 'string') return textOf(value);
	if (value instanceof ForeignValue) return `<${value.type}>`;
	if (typeof value === 'bigint') return Number(value);
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [textOf(key), plain(inner)]));
	return value ?? null;
}

function shown(value: RawValue | KemiValue): string {
	const text = JSON.stringify(plain(value));
	return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function outcome({ path, result, thrown, waited }: TracedCall): string {
	if (thrown === EXIT_VALUE) return 'ends the script';
	if (thrown !== undefined) return `raises ${JSON.stringify(textOf(thrown))}`;
	// a route block that was left by an error has no result, and neither has it waited
	if (result === undefined) return path === 'route' ? 'did not end' : 'still waits';
	return `→ ${shown(result)}${waited ? ' (waited)' : ''}`;
}

function lines(calls: readonly TracedCall[], indent: string): string {
	return calls
		.map((call, i) => {
			const last = i === calls.length - 1;
			const { path, args, where = '?', microseconds } = call;
			const text = `${where}  ${path}(${args.map(shown).join(', ')}) ${outcome(call)}`;
			const head = `${indent}${last ? '└─' : '├─'} ${text}  ${microseconds.toFixed(0)} µs\n`;
			return head + lines(call.calls, `${indent}${last ? '   ' : '│  '}`);
		})
		.join('');
}

/** What the calls were made for, in a line. */
function subject(trace: Trace): string {
	if ('event' in trace) return `event ${textOf(trace.event)}`;
	const { method, target, reply } = trace;
	return `${method} ${textOf(target)} → ${reply.status} ${textOf(reply.reason)}`;
}

/** A tree, with the request or the event on top. */
export function traceTree(trace: Trace): string {
	return `${subject(trace)}, ${trace.microseconds.toFixed(0)} µs\n${lines(trace.calls, '')}`;
}

function callJson({ path, args, where, result, thrown, microseconds, waited, calls }: TracedCall): unknown {
	return {
		call: path,
		args: args.map(plain),
		where,
		...(thrown === undefined ? { result: plain(result as KemiValue) } : { thrown: textOf(thrown) }),
		microseconds: Math.round(microseconds),
		...(waited ? { waited } : {}),
		...(calls.length > 0 ? { calls: calls.map(callJson) } : {}),
	};
}

function subjectJson(trace: Trace): object {
	if ('event' in trace) return { event: textOf(trace.event) };
	const { method, target, reply } = trace;
	return { method, target: textOf(target), status: reply.status };
}

/** One line of JSON. */
export function traceJson(trace: Trace): string {
	const microseconds = Math.round(trace.microseconds);
	return `${JSON.stringify({ ...subjectJson(trace), microseconds, calls: trace.calls.map(callJson) })}\n`;
}

/** The options of a host that writes the calls of each request and event; none without a format. */
export function traceOptions(
	format: TraceFormat | undefined,
	write: (text: string) => void,
): Pick<HostOptions, 'interceptor' | 'watchRoute' | 'onReply' | 'onEvent'> {
	if (format === undefined) return {};
	const show = format === 'json' ? traceJson : traceTree;
	const { interceptor, watchRoute, onReply, onEvent } = new Tracer((trace) => write(show(trace)));
	return { interceptor, watchRoute, onReply, onEvent };
}
