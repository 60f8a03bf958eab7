/**
 * Parts of a multipart body, found as Kamailio finds them: by the first line anywhere that is a Content-Type of the
 * type wanted (modules/textops/textops.c). Lines end in CR LF.
 *
 * @module
 */
import { lowerAscii } from '../../bytes.ts';

/** A parameter of a header field; the value may stand in quotes, which may be of both kinds. */
const PARAMETER =
	/([^ \t\r\n,=;]*)[ \t\r\n]*(?:=[ \t\r\n]*(?:"([^"]*)"|'([^']*)'|([^ \t\r\n,;]*))[ \t\r\n]*)?/y;

/** The parameters behind a field's first semicolon; undefined if they do not parse (core/parser/parse_param.c). */
function parameters(text: string): { name: string; value: string }[] | undefined {
	const found: { name: string; value: string }[] = [];
	for (let at = 0; ; ) {
		PARAMETER.lastIndex = at;
		const [, name = '', double, single, token] = PARAMETER.exec(text) ?? [];
		at = PARAMETER.lastIndex;
		if (token !== undefined && (/^["']/.test(token) || (token === '' && at < text.length))) return undefined;
		found.push({ name, value: double ?? single ?? token ?? '' });
		if (at === text.length || text[at] === ',' || text[at] === '>') return found;
		if (text[at] !== ';') return undefined;
		at += (/^;[ \t\r\n]*/.exec(text.slice(at)) ?? [''])[0].length;
		if (at === text.length) return undefined;
	}
}

/**
 * The line that stands between the parts: `--` and the boundary of the Content-Type. It is empty where there are
 * parameters but no boundary, and undefined if there are none.
 */
export function boundaryLine(contentType: string): string | undefined {
	const semicolon = contentType.indexOf(';');
	const found = semicolon < 0 ? undefined : parameters(contentType.slice(semicolon));
	if (!found) return undefined;
	const boundary = found.findLast(({ name }) => lowerAscii(name) === 'boundary');
	return boundary ? `--${boundary.value}` : '';
}

/** Where a part stands in the body. */
export interface Part {
	/** The start of its Content-Type line. */
	begin: number;
	/** Behind that line: the other headers of the part follow, and its content. */
	headers: number;
	/** The start of the boundary behind it. */
	end: number;
}

/** Behind the next CR LF; undefined if there is none. */
function nextLine(body: string, at: number): number | undefined {
	const cr = body.indexOf('\r', at);
	return cr >= 0 && body[cr + 1] === '\n' ? cr + 2 : undefined;
}

/** What has to be left of the body where a Content-Type line is looked for: as much as its name takes. */
const NAME_LENGTH = 'Content-Type: '.length;

/** The next line from `from` on that is a Content-Type header, and where its value begins. */
function contentTypeLine(body: string, from: number): { begin: number; value: number } | undefined {
	for (let at: number | undefined = from; at !== undefined; at = nextLine(body, at)) {
		const name = body.slice(at, at + NAME_LENGTH);
		if (name.length < NAME_LENGTH) return undefined;
		if (!/^(?:content-type|c)[ \t]*:/i.test(name)) continue;
		let value = body.indexOf(':', at) + 1;
		while (body[value] === ' ' || body[value] === '\t') value++;
		return value < body.length ? { begin: at, value } : undefined;
	}
	return undefined;
}

/** The start of the next line, from `from` on, that begins with a text. */
function lineBeginning(body: string, from: number, text: string): number | undefined {
	for (let at: number | undefined = from; at !== undefined; at = nextLine(body, at))
		if (body.startsWith(text, at)) return at;
	return undefined;
}

/**
 * Finds the first part of a type. Its Content-Type has to have that value to the letter, case apart.
 * @param boundary the line between parts
 * @returns undefined, or why there is none, where Kamailio logs it
 */
export function findPart(body: string, type: string, boundary: string): Part | string | undefined {
	const [lowerBody, lowerType] = [lowerAscii(body), lowerAscii(type)];
	for (let line = contentTypeLine(body, 0); line; line = contentTypeLine(body, line.value)) {
		const headers = line.value + type.length + 2;
		if (headers >= body.length) return undefined;
		if (!lowerBody.startsWith(lowerType, line.value)) continue;
		if (!body.startsWith('\r\n', headers - 2)) return 'something follows the Content-Type of the part';
		const end = lineBeginning(body, headers, boundary);
		return end === undefined ? 'no boundary follows the part' : { begin: line.begin, headers, end };
	}
	return undefined;
}

/** Behind the line that a boundary stands in; undefined if nothing follows it, or a CR without LF. */
export function behindBoundary(body: string, { end }: Part, boundary: string): number | undefined {
	const begin = end + boundary.length;
	if (body.indexOf('\r', begin) >= 0) return nextLine(body, begin);
	return begin < body.length ? body.length : undefined;
}

/** The boundary as `append_body_part` wants it: the Content-Type's first parameter, and all that follows it. */
export function firstBoundary(contentType: string): string | undefined {
	const [, written = ''] = /^[^;]*;[ \t]*boundary[ \t]*=[ \t]*(.+)$/is.exec(contentType) ?? [];
	const quote = written[0];
	if (quote !== '"' && quote !== "'") return written || undefined;
	return written.endsWith(quote) && written.length > 2 ? written.slice(1, -1) : undefined;
}
