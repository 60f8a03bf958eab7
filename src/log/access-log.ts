/**
 * The access log: a line for each reply, in a format of Apache's (mod_log_config).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { words } from '../words.ts';

/** What a line can tell. All strings are byte strings. */
export interface Access {
	readonly remoteAddress: string;
	readonly remotePort: number;
	readonly method: string;
	readonly target: string;
	readonly version: string;
	readonly status: number;
	/** Bytes of the content. */
	readonly size: number;
	/** Microseconds from the request to the reply. */
	readonly took: number;
	/** When the request came, in Unix milliseconds. */
	readonly time: number;
	/** The number that joins all lines of a request. */
	readonly id: number;
	/** The function of the script that was called. */
	readonly callback: string | undefined;
	/** The name that the client gave itself, unproved as it is. */
	readonly user: string | undefined;
	/** The first value of a header of the request. */
	requestHeader(name: string): string | undefined;
	/** The first value of a header of the reply. */
	replyHeader(name: string): string | undefined;
}

/** Formats by name. */
export const ACCESS_FORMATS: Readonly<Record<string, string>> = {
	common: '%h %l %u %t "%r" %>s %b',
	combined: '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"',
	timed: '%h %t "%r" %>s %b %Dus %c #%i',
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number) => String(n).padStart(2, '0');

/** `[10/Oct/2026:13:55:36 +0000]` */
function clfTime(milliseconds: number): string {
	const date = new Date(milliseconds);
	const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
	return `[${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000]`;
}

/** What a client sent, made harmless: nothing in it can end a field or a line. */
function escaped(text: string): string {
	return text.replace(
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
		/["\\\x00-\x1f\x7f-\xff]/g,
		(char) =>
			char === '"' || char === '\\' ? `\\${char}` : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
	);
}

type Field = (access: Access) => string;

const orDash = (text: string | undefined) => (text ? escaped(text) : '-');

const FIELDS: Readonly<Record<string, Field>> = words({
	h: ({ remoteAddress }) => remoteAddress,
	p: ({ remotePort }) => String(remotePort),
	l: () => '-',
	u: ({ user }) => orDash(user),
	t: ({ time }) => clfTime(time),
	r: ({ method, target, version }) => escaped(`${method} ${target} ${version}`),
	m: ({ method }) => escaped(method),
	U: ({ target }) => escaped(target.split('?', 1)[0] as string),
	q: ({ target }) => escaped(target.slice(target.indexOf('?') >>> 0)),
	s: ({ status }) => String(status),
	b: ({ size }) => (size === 0 ? '-' : String(size)),
	B: ({ size }) => String(size),
	D: ({ took }) => String(took),
	T: ({ took }) => (took / 1e6).toFixed(3),
	c: ({ callback }) => orDash(callback),
	i: ({ id }) => String(id),
	'%': () => '%',
});

/**
 * Compiles a format.
 * @param format `common`, `combined`, `timed`, or fields with a percent sign: `%h "%r" %>s %D %{User-Agent}i`
 * @throws KemihostError `KH_USAGE` for a field that does not exist
 */
export function compileAccessFormat(format: string): (access: Access) => string {
	const source = ACCESS_FORMATS[format] ?? format;
	const parts: (string | Field)[] = [];
	let end = 0;
	for (const match of source.matchAll(/%(?:[<>]?([a-zA-Z%])|\{([^}]+)\}([io]))|%/g)) {
		const [whole, name, header, side] = match;
		const field = header
			? (access: Access) => orDash(side === 'i' ? access.requestHeader(header) : access.replyHeader(header))
			: FIELDS[name ?? ''];
		if (!field)
			throw new KemihostError(
				'KH_USAGE',
				`the access log knows no ${source.slice(match.index, match.index + 3)}`,
				{
					hint: `${Object.keys(ACCESS_FORMATS).join(', ')}, or %${Object.keys(FIELDS).join(' %')} %{Header}i %{Header}o`,
				},
			);
		parts.push(source.slice(end, match.index), field);
		end = match.index + whole.length;
	}
	parts.push(source.slice(end));
	return (access) => parts.map((part) => (typeof part === 'string' ? part : part(access))).join('');
}
