/**
 * The parts of the request that textops works on, as Kamailio has them: with the Via line that xhttp makes up.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { keyAskedFor } from '../../pv/headers.ts';
import { bodyText, messageBuffer } from '../../pv/variables/request.ts';

/** Everything behind the first line: headers, the empty line and the body. */
export function behindFirstLine(ctx: RequestContext): string {
	const buffer = messageBuffer(ctx);
	return buffer.slice(buffer.indexOf('\n') + 1);
}

/** The header lines with their line ends. */
export function headerLines(ctx: RequestContext): string {
	const all = behindFirstLine(ctx);
	return all.slice(0, all.length - ctx.request.body.length).replace(/\r?\n$/, '');
}

/** The names of all header fields in order, the made-up Via first. */
export function headerNames(ctx: RequestContext): string[] {
	return ['Via', ...ctx.request.headers.names];
}

/** The body; undefined without one. */
export function bodyOf(ctx: RequestContext): string | undefined {
	return bodyText(ctx) || undefined;
}

/** The bytes that Kamailio takes in the name of a header field. */
const NAME = /^[\w\-.+~]+/;

/**
 * What a script means by a field name, as `keyAskedFor` has it; undefined, after an error line, where it is none.
 * @param caller the function that was called, for the error line
 */
export function fieldKey(ctx: RequestContext, caller: string, name: string): string | undefined {
	if (NAME.test(name)) return keyAskedFor(name);
	ctx.report('error', `${caller}: "${name}" is no name of a header field`);
	return undefined;
}
