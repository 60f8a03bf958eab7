/**
 * The Web's globals (`URL`, `TextDecoder`, `crypto` …) as the guest sees them: the part that holds values of the
 * script. The computing is done by the host (`host.ts`).
 *
 * `makeWeb` is never called here: its source text is compiled in the guest when a script first uses one of these
 * globals, so it must not use anything from outside its own body.
 *
 * @module
 */

/** What the host is asked, see host.ts. */
type Ask = (operation: string, ...args: unknown[]) => unknown;

/**
 * Gives the globals by name.
 * @param ask asks the host; text comes as text, bytes as a Uint8Array or ArrayBuffer
 * @param logError is told what a microtask threw
 */
export function makeWeb(ask: Ask, logError: (thrown: unknown) => void): Record<string, unknown> {
	class DOMException extends Error {
		constructor(message = '', name = 'Error') {
			super(message);
			Object.defineProperty(this, 'name', { value: name, configurable: true });
		}
	}

	/** The bytes of a buffer or of any view of one, without a copy. */
	function bytesIn(source: unknown): Uint8Array {
		if (source instanceof Uint8Array) return source;
		if (ArrayBuffer.isView(source))
			return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
		if (source instanceof ArrayBuffer) return new Uint8Array(source);
		throw new TypeError('The argument must be an ArrayBuffer or a view of one');
	}
	const bytesFrom = (answer: unknown): Uint8Array =>
		answer instanceof ArrayBuffer ? new Uint8Array(answer) : (answer as Uint8Array);

	class TextEncoder {
		get encoding() {
			return 'utf-8';
		}
		encode(text: unknown = '') {
			return bytesFrom(ask('encode', `${text}`));
		}
		encodeInto(text: unknown, target: Uint8Array) {
			let read = 0;
			let written = 0;
			for (const character of `${text}`) {
				const bytes = this.encode(character);
				if (written + bytes.length > target.length) break;
				target.set(bytes, written);
				written += bytes.length;
				read += character.length;
			}
			return { read, written };
		}
	}

	class TextDecoder {
		readonly encoding: string;
		readonly fatal: boolean;
		readonly ignoreBOM: boolean;
		constructor(label: unknown = 'utf-8', options: { fatal?: unknown; ignoreBOM?: unknown } = {}) {
			const name = ask('encodingName', `${label}`);
			if (name === null) throw new RangeError(`The "${label}" encoding is not supported`);
			this.encoding = name as string;
			this.fatal = Boolean(options.fatal);
			this.ignoreBOM = Boolean(options.ignoreBOM);
		}
		decode(source?: unknown, options: { stream?: unknown } = {}) {
			if (options.stream) throw new TypeError('TextDecoder decodes whole texts only here, no streams');
			const bytes = source === undefined ? new Uint8Array() : bytesIn(source);
			const text = ask('decode', new Uint8Array(bytes), this.encoding, this.fatal, this.ignoreBOM);
			if (text === null) throw new TypeError(`The encoded data was not valid for encoding ${this.encoding}`);
			return text;
		}
	}

	function base64(name: 'atob' | 'btoa', wrong: string) {
		return {
			[name](text: unknown) {
				const result = ask(name, `${text}`);
				if (result === null) throw new DOMException(wrong, 'InvalidCharacterError');
				return result;
			},
		}[name];
	}

	/** A text without lone surrogates, which the Web calls a USVString. */
	const usv = (value: unknown) => `${value}`.toWellFormed();

	/** As forms write it, which is encodeURIComponent but for a few characters. */
	const escaped = (text: string) =>
		encodeURIComponent(text)
			.replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
			.replace(/%20/g, '+');

	type Pair = [name: string, value: string];
	let watch: (params: URLSearchParams, changed: () => void) => void;
	let refill: (params: URLSearchParams, query: string) => void;

	class URLSearchParams {
		#pairs: Pair[];
		#changed: () => void = () => {};

		static {
			watch = (params, changed) => {
				params.#changed = changed;
			};
			refill = (params, query) => {
				params.#pairs = URLSearchParams.#parsed(query);
			};
		}

		static #parsed(query: string): Pair[] {
			const flat = ask('parseQuery', query) as string[];
			const pairs: Pair[] = [];
			for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i] as string, flat[i + 1] as string]);
			return pairs;
		}

		constructor(init: unknown = '') {
			if (typeof init !== 'object' || init === null) this.#pairs = URLSearchParams.#parsed(`${init}`);
			else if (Symbol.iterator in init)
				this.#pairs = Array.from(init as Iterable<Iterable<unknown>>, (pair): Pair => {
					const entry = [...pair];
					if (entry.length !== 2)
						throw new TypeError('Each query pair must be an iterable [name, value] tuple');
					return [usv(entry[0]), usv(entry[1])];
				});
			else this.#pairs = Object.entries(init).map(([name, value]): Pair => [usv(name), usv(value)]);
		}

		get size() {
			return this.#pairs.length;
		}
		append(name: unknown, value: unknown) {
			this.#pairs.push([usv(name), usv(value)]);
			this.#changed();
		}
		delete(name: unknown, value?: unknown) {
			this.#pairs = this.#pairs.filter(
				([n, v]) => n !== usv(name) || (value !== undefined && v !== usv(value)),
			);
			this.#changed();
		}
		get(name: unknown) {
			return this.#pairs.find(([n]) => n === usv(name))?.[1] ?? null;
		}
		getAll(name: unknown) {
			return this.#pairs.filter(([n]) => n === usv(name)).map(([, value]) => value);
		}
		has(name: unknown, value?: unknown) {
			return this.#pairs.some(([n, v]) => n === usv(name) && (value === undefined || v === usv(value)));
		}
		set(name: unknown, value: unknown) {
			const first = this.#pairs.findIndex(([n]) => n === usv(name));
			if (first < 0) return this.append(name, value);
			this.#pairs = this.#pairs.filter(([n], i) => i <= first || n !== usv(name));
			this.#pairs[first] = [usv(name), usv(value)];
			this.#changed();
		}
		sort() {
			this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
			this.#changed();
		}
		forEach(callback: (value: string, name: string, params: URLSearchParams) => void, self?: unknown) {
			for (const [name, value] of this.#pairs) callback.call(self, value, name, this);
		}
		*entries() {
			for (const [name, value] of this.#pairs) yield [name, value];
		}
		*keys() {
			for (const [name] of this.#pairs) yield name;
		}
		*values() {
			for (const [, value] of this.#pairs) yield value;
		}
		[Symbol.iterator]() {
			return this.entries();
		}
		toString() {
			return this.#pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');
		}
		get [Symbol.toStringTag]() {
			return 'URLSearchParams';
		}
	}

	/** In the order of the host's answer. The second cannot be set. */
	const parts = 'href origin protocol username password host hostname port pathname search hash'.split(' ');

	class URL {
		#parts: string[];
		#params: URLSearchParams | undefined;

		static {
			for (const [i, part] of parts.entries())
				Object.defineProperty(URL.prototype, part, {
					configurable: true,
					enumerable: true,
					get(this: URL) {
						return this.#parts[i];
					},
					...(part === 'origin' ? {} : { set: URL.#setter(part) }),
				});
		}

		static #setter(part: string) {
			return function set(this: URL, value: unknown) {
				this.#set(part, value);
				if (this.#params) refill(this.#params, this.#parts[9] as string);
			};
		}
		#set(part: string, value: unknown) {
			const answer = ask('setInUrl', this.#parts[0], part, `${value}`);
			if (answer === null) throw invalid(value);
			this.#parts = (answer as string).split('\n');
		}

		static #parse(url: unknown, base: unknown): string[] | undefined {
			const answer = base === undefined ? ask('parseUrl', `${url}`) : ask('parseUrl', `${url}`, `${base}`);
			return answer === null ? undefined : (answer as string).split('\n');
		}
		static canParse(url: unknown, base?: unknown) {
			return URL.#parse(url, base) !== undefined;
		}
		static parse(url: unknown, base?: unknown) {
			return URL.canParse(url, base) ? new URL(url, base) : null;
		}
		constructor(url: unknown, base?: unknown) {
			const answer = URL.#parse(url, base);
			if (!answer) throw invalid(url);
			this.#parts = answer;
		}
		get searchParams() {
			if (!this.#params) {
				const params = new URLSearchParams(this.#parts[9]);
				watch(params, () => this.#set('search', params.toString()));
				this.#params = params;
			}
			return this.#params;
		}
		toString() {
			return this.#parts[0] as string;
		}
		toJSON() {
			return this.#parts[0];
		}
		get [Symbol.toStringTag]() {
			return 'URL';
		}
	}
	function invalid(input: unknown) {
		return Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: `${input}` });
	}

	const crypto = {
		randomUUID: () => ask('randomUUID'),
		getRandomValues<T extends ArrayBufferView>(target: T): T {
			if (!ArrayBuffer.isView(target) || /^(Float|Data)/.test(target.constructor.name))
				throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
			if (target.byteLength > 65_536)
				throw new DOMException(
					`The requested length exceeds 65,536 bytes: ${target.byteLength}`,
					'QuotaExceededError',
				);
			bytesIn(target).set(bytesFrom(ask('randomBytes', target.byteLength)));
			return target;
		},
	};

	const started = ask('now') as number;
	const performance = {
		timeOrigin: Date.now(),
		now: () => (ask('now') as number) - started,
	};

	function queueMicrotask(callback: () => void) {
		if (typeof callback !== 'function') throw new TypeError('The callback argument must be a function');
		void Promise.resolve().then(() => {
			try {
				callback();
			} catch (thrown) {
				logError(thrown);
			}
		});
	}

	const errors: Record<string, new (message: string) => Error> = {
		EvalError,
		RangeError,
		ReferenceError,
		SyntaxError,
		TypeError,
		URIError,
	};
	type Rebuild = (value: never, keep: (copy: object) => void, copyOf: (value: unknown) => unknown) => void;
	/** Copies by what `Object.prototype.toString` says of the original. Each keeps the copy before it goes deeper. */
	const cloners: Record<string, Rebuild> = {
		Boolean: (value, keep) => keep(Object(Boolean.prototype.valueOf.call(value))),
		Number: (value, keep) => keep(Object(Number.prototype.valueOf.call(value))),
		String: (value, keep) => keep(Object(String.prototype.valueOf.call(value))),
		BigInt: (value, keep) => keep(Object(BigInt.prototype.valueOf.call(value))),
		Date: (value: Date, keep) => keep(new Date(Date.prototype.getTime.call(value))),
		RegExp: (value: RegExp, keep) => keep(new RegExp(value.source, value.flags)),
		ArrayBuffer: (value: ArrayBuffer, keep) => keep(value.slice(0)),
		Map(value: Map<unknown, unknown>, keep, copyOf) {
			const copy = new Map();
			keep(copy);
			for (const [key, item] of [...value]) copy.set(copyOf(key), copyOf(item));
		},
		Set(value: Set<unknown>, keep, copyOf) {
			const copy = new Set();
			keep(copy);
			for (const item of [...value]) copy.add(copyOf(item));
		},
		Error(value: Error, keep, copyOf) {
			const copy = new (errors[value.name] ?? Error)(`${value.message}`);
			keep(copy);
			copy.stack = `${value.stack}`;
			if ('cause' in value) copy.cause = copyOf(value.cause);
		},
		Array(value: unknown[], keep, copyOf) {
			const copy: Record<string, unknown> = new Array(value.length) as never;
			keep(copy);
			for (const key of Object.keys(value)) copy[key] = copyOf(value[key as never]);
		},
		Object(value: Record<string, unknown>, keep, copyOf) {
			const copy: Record<string, unknown> = {};
			keep(copy);
			for (const key of Object.keys(value)) {
				const item = copyOf(value[key]);
				Object.defineProperty(copy, key, {
					value: item,
					writable: true,
					enumerable: true,
					configurable: true,
				});
			}
		},
	};

	function structuredClone(value: unknown) {
		const copies = new Map<unknown, object>();
		const cannot = (what: unknown) => new DOMException(`${what} could not be cloned.`, 'DataCloneError');
		function copyOf(original: unknown): unknown {
			if (typeof original === 'symbol') throw cannot(original.toString());
			if (typeof original === 'function') throw cannot(`function ${original.name}`);
			if (typeof original !== 'object' || original === null) return original;
			const known = copies.get(original);
			if (known) return known;
			const keep = (copy: object) => void copies.set(original, copy);
			if (ArrayBuffer.isView(original)) {
				const { buffer, byteOffset, byteLength } = original;
				const View = original.constructor as new (buffer: unknown, at: number, length: number) => object;
				const size = (original as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
				keep(new View(copyOf(buffer), byteOffset, byteLength / size));
			} else {
				const tag =
					original instanceof Error ? 'Error' : Object.prototype.toString.call(original).slice(8, -1);
				const rebuild = cloners[tag];
				if (!rebuild) throw cannot(`#<${tag}>`);
				rebuild(original as never, keep, copyOf);
			}
			return copies.get(original);
		}
		return copyOf(value);
	}

	return {
		DOMException,
		TextDecoder,
		TextEncoder,
		URL,
		URLSearchParams,
		atob: base64('atob', 'The string to be decoded is not correctly encoded.'),
		btoa: base64('btoa', 'The string to be encoded contains characters outside of the Latin1 range.'),
		crypto,
		performance,
		queueMicrotask,
		structuredClone,
	};
}
