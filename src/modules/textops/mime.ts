/**
 * Media types as Kamailio tells them apart: the few that its SIP core knows, and unknown ones, which are all the same
 * to it (core/parser/parse_content.c).
 *
 * @module
 */

import { lowerAscii } from '../../bytes.ts';
import type { RequestContext } from '../../kemi/context.ts';
import { findKey } from '../../pv/headers.ts';

/** A type or a subtype that Kamailio does not know. */
const UNKNOWN = '?';

const TYPES = new Set('* text message application multipart'.split(' '));
const SUBTYPES = new Set(
	'* plain sdp cpim cpim-pidf+xml cpl+xml pidf+xml lpidf+xml xpidf+xml rlmi+xml related watcherinfo+xml xml+msrtc.pidf external-body mixed isup'.split(
		' ',
	),
);

const WORD = "(\\*|[\\w\\-+.!%*'`~]+)";
const BLANKS = '(?:[ \\t]|\\n[ \\t])*';
const MEDIA_TYPE = new RegExp(`^${BLANKS}${WORD}${BLANKS}/${BLANKS}${WORD}${BLANKS}(?:;[^,]*)?(,)?`);

/** What comes of a text with one media type. */
export type MediaType = { type: string } | { error: string };

/** A media type as `type/subtype`, with `?` for what Kamailio does not know. Parameters are left out. */
export function parseMediaType(text: string): MediaType {
	const match = MEDIA_TYPE.exec(text);
	if (!match || (!match[3] && match[0].length < text.length)) return { error: `"${text}" is no media type` };
	if (match[3]) return { error: `"${text}" is more than one media type` };
	const type = known(TYPES, match[1]);
	const subtype = known(SUBTYPES, match[2]);
	if (type === '*' && subtype !== '*') return { error: `"${text}" has a wildcard in front only` };
	return { type: `${type}/${subtype}` };
}

function known(words: ReadonlySet<string>, word = ''): string {
	const lower = lowerAscii(word);
	return words.has(lower) ? lower : UNKNOWN;
}

/** The media type of the body; null without a Content-Type, undefined after an error line if that is wrong. */
export function bodyMediaType(ctx: RequestContext): string | null | undefined {
	const header = findKey(ctx, 'content-type');
	if (header === null) return null;
	const media = parseMediaType(header);
	if ('type' in media && !media.type.includes('*')) return media.type;
	ctx.report('error', `Content-Type: ${'error' in media ? media.error : 'a wildcard is no type'}`);
	return undefined;
}
