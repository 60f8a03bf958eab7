/**
 * The page that a browser gets for an error with `--dev`.
 *
 * @module
 */
import { textOf } from '../bytes.ts';
import { escapeHtml } from './html.ts';
import { type HttpReply, plainReply } from './reply.ts';
import type { HttpRequest } from './request.ts';

/** True where a client asks for HTML: browsers do, programs seldom. */
function wantsHtml({ headers }: HttpRequest): boolean {
	return headers.names.some(
		(name, i) => name.toLowerCase() === 'accept' && /\btext\/html\b/i.test(headers.values[i] ?? ''),
	);
}

const STYLE =
	'body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:60rem;padding:0 1rem}' +
	'pre{background:#8881;border-left:4px solid #c33;padding:1rem;overflow:auto;font-size:14px}' +
	':root{color-scheme:light dark}';

/**
 * A reply with the details of an error: HTML for who asks for it, else plain text. Nothing in the page runs or is
 * loaded, and every text is escaped: it may hold what the client itself sent.
 * @param details a byte string
 */
export function errorPage(request: HttpRequest, status: number, details: string, headers = ''): HttpReply {
	const plain = plainReply(status, { text: `${status}\n\n${details}\n`, headers });
	if (!wantsHtml(request)) return plain;
	const title = `${status} ${plain.reason}`;
	const [summary = '', ...rest] = textOf(details).split('\n');
	const body = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summary)}</p>
${rest.length > 0 ? `<pre>${escapeHtml(rest.join('\n'))}</pre>\n` : ''}<p><small>kemihost shows this because of --dev.</small></p>
</html>
`;
	const safe = "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n";
	return {
		...plain,
		headers: `Content-Type: text/html; charset=utf-8\r\n${safe}${headers}`,
		body: Buffer.from(body).toString('latin1'),
	};
}
