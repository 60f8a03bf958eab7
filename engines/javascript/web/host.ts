/**
 * The host's part of the Web's globals (`URL`, `TextDecoder`, `crypto` …): Node's own implementations, behind one
 * function that each engine offers to its guest.
 *
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { bytesOf, textOf } from '../../../src/bytes.ts';
import type { RawValue } from '../../../src/kemi/value.ts';
import { words } from '../../../src/words.ts';
import { makeWeb } from './guest.ts';

/** What the guest gets: text as a byte string in UTF-8, bytes, a list of texts, or null for what is not possible. */
export type WebAnswer = string | number | Uint8Array | readonly string[] | null;

/** The names of the globals. None of them costs anything before it is used. */
export const WEB_GLOBALS = [
	'DOMException',
	'TextDecoder',
	'TextEncoder',
	'URL',
	'URLSearchParams',
	'atob',
	'btoa',
	'crypto',
	'performance',
	'queueMicrotask',
	'structuredClone',
] as const;

/** The parts of a URL in the order in which the guest has them. None of them can hold a line end. */
const URL_PARTS = [
	'href',
	'origin',
	'protocol',
	'username',
	'password',
	'host',
	'hostname',
	'port',
	'pathname',
	'search',
	'hash',
] as const;

const partsOf = (url: URL): string => bytesOf(URL_PARTS.map((part) => url[part]).join('\n'));
const text = (value: RawValue): string => textOf(String(value));

/** The operations. Arguments have been made by the guest's code (guest.ts), so they are of the right type. */
const OPERATIONS: Readonly<Record<string, (...args: RawValue[]) => WebAnswer>> = words({
	source: () => bytesOf(`(${makeWeb})`),
	parseUrl(input, base) {
		const url = URL.parse(text(input), base === undefined ? undefined : text(base));
		return url && partsOf(url);
	},
	setInUrl(href, part, value) {
		const url = new URL(text(href));
		try {
			(url as unknown as Record<string, string>)[text(part)] = text(value);
		} catch {
			return null; // only href: the others ignore what does not fit
		}
		return partsOf(url);
	},
	parseQuery: (query) => [...new URLSearchParams(text(query))].flat().map(bytesOf),
	encode: (value) => Buffer.from(String(value), 'latin1'),
	encodingName(label) {
		try {
			return new TextDecoder(text(label)).encoding;
		} catch {
			return null;
		}
	},
	decode(bytes, encoding, fatal, ignoreBOM) {
		const decoder = new TextDecoder(text(encoding), { fatal: fatal === true, ignoreBOM: ignoreBOM === true });
		try {
			return bytesOf(decoder.decode(Buffer.from(String(bytes), 'latin1')));
		} catch {
			return null;
		}
	},
	btoa(value) {
		try {
			return btoa(text(value));
		} catch {
			return null;
		}
	},
	atob(value) {
		try {
			return bytesOf(atob(text(value)));
		} catch {
			return null;
		}
	},
	randomUUID: () => randomUUID(),
	randomBytes: (count) => randomBytes(Math.min(65_536, Number(count))),
	now: () => performance.now(),
});

/** Carries out what the guest asks for. Gives null for what is not possible, and never throws. */
export function answerWeb([operation, ...args]: readonly RawValue[]): WebAnswer {
	try {
		return OPERATIONS[String(operation)]?.(...args) ?? null;
	} catch {
		return null;
	}
}
