/**
 * Whether a session description (RFC 4566) puts its audio on hold, as `is_audio_on_hold` finds it
 * (core/parser/sdp/sdp.c).
 *
 * @module
 */
import { parseMediaType } from './mime.ts';
import { firstBoundary } from './multipart.ts';

/** RFC 2543: the address is 0.0.0.0. RFC 3264: the media are sendonly or inactive. 0 is no hold. */
type Hold = 0 | 1 | 2;

/** One media section. */
interface Media {
	type: string;
	hold: Hold;
}

/** A description: the hold of its session, and its media. */
interface Session {
	hold: Hold;
	media: Media[];
}

const NOWHERE = '0.0.0.0';

function linesOf(text: string): string[] {
	return text.split(/[\r\n]+/);
}

const lineValue = (lines: readonly string[], letter: string) =>
	lines.find((line) => line.startsWith(`${letter}=`))?.slice(2);

/** The address in the value of a `c=` or `o=` line; undefined if there is none. */
function addressIn(value: string): string | undefined {
	const [, version, address] = /^.* IP(.).?[ \t]*([^ \t]*)/s.exec(value) ?? [];
	if ((version !== '4' && version !== '6') || !address) return undefined;
	return version === '4' ? address : `[${address}]`;
}

/** What an `a=` line says about the direction of media; undefined if it says nothing. */
function holdOf(line: string): Hold | undefined {
	if (/^a=(?:sendonly|inactive)/i.test(line)) return 2;
	return /^a=(?:sendrecv|recvonly)/i.test(line) ? 0 : undefined;
}

/** The media, the port, the transport, and the formats. */
const MEDIA_LINE = /^m=([^ \t]+)[ \t]+([^ \t]+)[ \t]+[^ \t]+[ \t]*(.*)$/;

const TRICKLE = /^a=ice-options: ?(?:.* )?trickle(?: |$)/i;

/** The lines from one that begins with `m=` up to the next. */
function mediaSections(lines: readonly string[]): string[][] {
	const sections: string[][] = [];
	for (const line of lines) {
		if (line.startsWith('m=')) sections.push([line]);
		else sections.at(-1)?.push(line);
	}
	return sections;
}

/** Reads a description; undefined if it is incomplete. */
function parseSession(sdp: string): Session | undefined {
	const lines = linesOf(sdp);
	const version = lines.findIndex((line) => line.startsWith('v='));
	const origin = lines.findIndex((line, i) => i > version && line.startsWith('o='));
	const firstMedia = lines.findIndex((line, i) => i > origin && line.startsWith('m='));
	if (version < 0 || origin < 0 || firstMedia < 0 || !addressIn(lines[origin] as string)) return undefined;
	const head = lines.slice(origin, firstMedia);
	const common = lineValue(head, 'c');
	if (common !== undefined && !addressIn(common)) return undefined;
	const session: Session = { hold: head.map(holdOf).find((hold) => hold !== undefined) ?? 0, media: [] };
	let trickle = false;
	for (const section of mediaSections(lines.slice(firstMedia))) {
		const connection = lineValue(section, 'c') ?? common;
		const address = connection === undefined ? undefined : addressIn(connection);
		const [, type, port, formats] = MEDIA_LINE.exec(section[0]?.trim() ?? '') ?? [];
		if (!address || !type) return undefined;
		trickle ||= Boolean(formats) && section.some((line) => TRICKLE.test(line));
		const directed = formats && section.some((line) => holdOf(line) === 2);
		const nowhere = address === NOWHERE && !(trickle && port === '9');
		session.media.push({ type, hold: directed ? 2 : nowhere ? 1 : 0 });
	}
	return session;
}

/** The descriptions among the parts of a multipart body. */
function descriptionsIn(body: string, contentType: string): string[] {
	const boundary = firstBoundary(contentType);
	if (boundary === undefined) return [];
	return body.split(`--${boundary}`).flatMap((part) => {
		const [head = '', ...content] = part.split(/\r?\n\r?\n/);
		const [, value = ''] = /^(?:content-type|c)[ \t]*:[ \t]*(.*?)\r?$/im.exec(head) ?? [];
		const media = parseMediaType(value);
		return 'type' in media && media.type === 'application/sdp' ? [content.join('\r\n\r\n')] : [];
	});
}

/**
 * 1 or 2 if an audio stream of the body is on hold (RFC 2543, RFC 3264), -1 if none is.
 * @param mediaType as `bodyMediaType` gives it
 */
export function audioHold(body: string, contentType: string, mediaType: string): 1 | 2 | -1 {
	let descriptions: string[] = [];
	if (mediaType === 'application/sdp') descriptions = [body];
	else if (mediaType === 'multipart/mixed') descriptions = descriptionsIn(body, contentType);
	const sessions = descriptions.map(parseSession);
	for (const session of sessions.includes(undefined) ? [] : sessions)
		for (const { type, hold } of session?.media ?? []) {
			const found = hold || session?.hold;
			if (type === 'audio' && found) return found;
		}
	return -1;
}
