// What a script finds besides KSR and the language: the Web's globals, as far as kemihost has them.
// With the library "dom" or @types/node in a project, leave this file out.

interface Console {
	/** Writes a line into the log, at level info. */
	log(...values: unknown[]): void;
	info(...values: unknown[]): void;
	debug(...values: unknown[]): void;
	warn(...values: unknown[]): void;
	error(...values: unknown[]): void;
	dir(value: unknown): void;
	table(value: unknown): void;
	trace(...values: unknown[]): void;
	assert(condition?: unknown, ...values: unknown[]): void;
	count(label?: string): void;
	countReset(label?: string): void;
	time(label?: string): void;
	timeLog(label?: string, ...values: unknown[]): void;
	timeEnd(label?: string): void;
	group(...values: unknown[]): void;
	groupCollapsed(...values: unknown[]): void;
	groupEnd(): void;
}
declare const console: Console;

declare class URLSearchParams implements Iterable<[string, string]> {
	constructor(init?: string | Record<string, unknown> | Iterable<Iterable<unknown>>);
	readonly size: number;
	append(name: string, value: unknown): void;
	delete(name: string, value?: string): void;
	get(name: string): string | null;
	getAll(name: string): string[];
	has(name: string, value?: string): boolean;
	set(name: string, value: unknown): void;
	sort(): void;
	forEach(callback: (value: string, name: string, params: URLSearchParams) => void, self?: unknown): void;
	entries(): IterableIterator<[string, string]>;
	keys(): IterableIterator<string>;
	values(): IterableIterator<string>;
	[Symbol.iterator](): IterableIterator<[string, string]>;
	toString(): string;
}

declare class URL {
	static canParse(url: string | URL, base?: string | URL): boolean;
	static parse(url: string | URL, base?: string | URL): URL | null;
	constructor(url: string | URL, base?: string | URL);
	href: string;
	readonly origin: string;
	protocol: string;
	username: string;
	password: string;
	host: string;
	hostname: string;
	port: string;
	pathname: string;
	search: string;
	readonly searchParams: URLSearchParams;
	hash: string;
	toString(): string;
	toJSON(): string;
}

declare class TextEncoder {
	readonly encoding: string;
	encode(text?: string): Uint8Array;
	encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
	constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
	readonly encoding: string;
	readonly fatal: boolean;
	readonly ignoreBOM: boolean;
	decode(source?: ArrayBuffer | ArrayBufferView): string;
}

declare class DOMException extends Error {
	constructor(message?: string, name?: string);
}

declare function atob(text: string): string;
declare function btoa(text: string): string;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;

declare const crypto: {
	randomUUID(): string;
	getRandomValues<T extends ArrayBufferView>(target: T): T;
};
declare const performance: { readonly timeOrigin: number; now(): number };
