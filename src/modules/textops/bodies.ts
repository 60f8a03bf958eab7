/**
 * The functions of KSR.textops that are about bodies: whether there is one, its parts, and edits that only a forwarded
 * request would show.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fn, type KemiFunction, str, variable } from '../../kemi/module.ts';
import { findKey } from '../../pv/headers.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import { setVariable } from '../pvx/write.ts';
import { bodyOf } from './message.ts';
import { bodyMediaType, parseMediaType } from './mime.ts';
import { behindBoundary, boundaryLine, findPart, firstBoundary, type Part } from './multipart.ts';
import { audioHold } from './sdp.ts';

/** The media type of a body without a Content-Type, which in SIP is a session description. */
const SIP_DEFAULT = 'application/sdp';

/** 1 if Content-Length announces a body: one that came in chunks is none to Kamailio. */
function hasBody(ctx: RequestContext): 1 | -1 {
	return Number.parseInt(findKey(ctx, 'content-length') ?? '', 10) > 0 ? 1 : -1;
}

/** Types that Kamailio does not know are all the same to it: `application/json` is `application/xml`. */
function hasBodyOfType(ctx: RequestContext, wanted: string): 1 | -1 {
	if (wanted === '') return hasBody(ctx);
	const media = parseMediaType(wanted);
	if ('error' in media) return ctx.refuse(`KSR.textops.has_body_type: ${media.error}`);
	if (hasBody(ctx) < 0) return -1;
	const type = bodyMediaType(ctx);
	return type !== undefined && (type ?? SIP_DEFAULT) === media.type ? 1 : -1;
}

/** What a function about parts needs; undefined if there is no body. */
interface Multipart {
	body: string;
	/** Undefined if the Content-Type has no parameters, or there is none: then Kamailio crashes. */
	boundary: string | undefined;
}

function multipart(ctx: RequestContext): Multipart | undefined {
	const body = bodyOf(ctx);
	return body === undefined
		? undefined
		: { body, boundary: boundaryLine(findKey(ctx, 'content-type') ?? '') };
}

/** The part of a type; undefined if there is none, after an error line if Kamailio logs one. */
function part(
	ctx: RequestContext,
	caller: string,
	{ body, boundary }: Multipart,
	type: string,
): Part | undefined {
	if (boundary === undefined) {
		ctx.report('error', `${caller}: the Content-Type has no boundary`);
		return undefined;
	}
	const found = findPart(body, type, boundary);
	if (typeof found !== 'string') return found;
	ctx.report('error', `${caller}: ${found}`);
	return undefined;
}

/** Sets a variable to a part: all of it with the boundary behind it, or what follows its Content-Type line. */
function getPart(name: string, doc: string, whole: boolean): KemiFunction {
	const caller = `KSR.textops.${name}`;
	return fn(
		name,
		[str('type'), variable('variable')],
		'int',
		`Sets a variable to the first part of a type in a multipart body: ${doc}. A body of another kind is taken whole. Gives 1, or -1 without such a part.`,
		(ctx, type, variable) => {
			const target = ctx.host.variables.variable(variable);
			if (target instanceof PvSyntaxError) return ctx.refuse(`${caller}: ${variable}: ${target.message}`);
			const source = multipart(ctx);
			if (!source) return -1;
			const { body, boundary } = source;
			if (boundary === undefined) return setVariable(ctx, caller, variable, body);
			const found = part(ctx, caller, source, type);
			const end = found && behindBoundary(body, found, boundary);
			if (!found || end === undefined) return -1;
			const text = whole ? body.slice(found.begin, end) : body.slice(found.headers, found.end);
			return setVariable(ctx, caller, variable, text);
		},
		{ cfg: name },
	);
}

function removePart(ctx: RequestContext, type: string): 1 | -1 {
	const source = multipart(ctx);
	const found = source && part(ctx, 'KSR.textops.remove_body_part', source, type);
	return found && behindBoundary(source.body, found, source.boundary ?? '') !== undefined ? 1 : -1;
}

function filterBody(ctx: RequestContext, type: string): 1 | -1 {
	const source = multipart(ctx);
	if (!source) return -1;
	if (bodyMediaType(ctx) !== 'multipart/mixed') {
		ctx.report('warning', 'KSR.textops.filter_body: the body is not multipart/mixed');
		return -1;
	}
	return part(ctx, 'KSR.textops.filter_body', source, type) ? 1 : -1;
}

/** Pairs of hexadecimal digits with blanks between them. */
const HEX = /^[ \t]*(?:[\da-f]{2}[ \t]*)+$/i;

/** What a new body and its type may be: anything but empty. */
function refuseEmpty(ctx: RequestContext, caller: string, body: string, type: string, hex: boolean): boolean {
	if (body && type && (!hex || HEX.test(body))) return false;
	const wrong = !body
		? 'the body is empty'
		: !type
			? 'the type is empty'
			: 'the body is no text of hex digits';
	ctx.report('error', `${caller}: ${wrong}`);
	return true;
}

/** Appends a part to a multipart body. The boundary has to be the first parameter of the Content-Type. */
function appendPart(
	ctx: RequestContext,
	caller: string,
	content: string,
	type: string,
	hex: boolean,
): 1 | -1 {
	if (refuseEmpty(ctx, caller, content, type, hex) || bodyOf(ctx) === undefined) return -1;
	const boundary = firstBoundary(findKey(ctx, 'content-type') ?? '');
	if (boundary === undefined) return ctx.refuse(`${caller}: the Content-Type has no boundary`);
	if (boundary.startsWith('-')) return ctx.refuse(`${caller}: a boundary that begins with "-" is not taken`);
	return 1;
}

/** The longest Content-Type line that Kamailio makes. */
const LONGEST_LINE = 127;

/** Makes the body a part of a multipart body, or replaces it. */
function setMultipart(ctx: RequestContext, name: string, body: string, boundary: string): 1 | -1 {
	const caller = `KSR.textops.${name}`;
	const isMultipart = bodyMediaType(ctx) === 'multipart/mixed';
	if (isMultipart && !body) return 1;
	if (!body && bodyOf(ctx) === undefined) {
		ctx.report('warning', `${caller}: there is no body`);
		return -1;
	}
	const delimiter = boundary || 'unique-boundary-1';
	if (delimiter.startsWith('-')) return ctx.refuse(`${caller}: a boundary that begins with "-" is not taken`);
	const line = `Content-Type: multipart/mixed;boundary="${delimiter}"\r\n`;
	if (!isMultipart && line.length > LONGEST_LINE) return ctx.refuse(`${caller}: the boundary is too long`);
	return 1;
}

const UNSEEN = 'of a forwarded request, nothing that a handler could see';

function appendFunction(name: string, hex: boolean): KemiFunction[] {
	const doc = `Appends a part${hex ? ' given as hex digits' : ''} to the body ${UNSEEN}. Gives 1, or -1 if the body is not multipart.`;
	return [
		fn(
			name,
			[str('content'), str('type')],
			'int',
			doc,
			(ctx, content, type) => appendPart(ctx, `KSR.textops.${name}`, content, type, hex),
			{ cfg: name },
		),
		fn(
			`${name}_cd`,
			[str('content'), str('type'), str('disposition')],
			'int',
			`${doc} With a Content-Disposition.`,
			(ctx, content, type) => appendPart(ctx, `KSR.textops.${name}_cd`, content, type, hex),
			{ cfg: name },
		),
	];
}

function setFunction(name: string, hex: boolean): KemiFunction {
	return fn(
		name,
		[str('body'), str('type')],
		'int',
		`Replaces the body${hex ? ' by bytes given as hex digits' : ''} and its type ${UNSEEN}. Gives 1, or -1 if one is empty.`,
		(ctx, body, type) => (refuseEmpty(ctx, `KSR.textops.${name}`, body, type, hex) ? -1 : 1),
		{ cfg: name },
	);
}

/** Sets the content of the reply to come, which is then sent without one of its own. */
function replyFunction(name: string, hex: boolean): KemiFunction {
	const caller = `KSR.textops.${name}`;
	return fn(
		name,
		[str('body'), str('type')],
		'int',
		`Sets the body of the reply${hex ? ', given as hex digits,' : ''} and its type, for a reply function that is called without a body. Gives 1, or -1 if one is empty or there is a body already.`,
		(ctx, body, type) => {
			if (refuseEmpty(ctx, caller, body, type, hex)) return -1;
			const content = hex ? Buffer.from(body.replace(/[ \t]/g, ''), 'hex').toString('latin1') : body;
			const refused = ctx.reply.setContent(type, content);
			return refused === undefined ? 1 : ctx.refuse(`${caller}: ${refused}`);
		},
		{ cfg: name },
	);
}

/** Bodies. */
export const bodyFunctions: readonly KemiFunction[] = [
	fn('has_body', [], 'int', '1 if Content-Length announces a body, -1 if not.', hasBody, {
		cfg: 'has_body',
	}),
	fn(
		'has_body_type',
		[str('type')],
		'int',
		'1 if there is a body of a media type, -1 if not. Types unknown to SIP are all taken for the same one.',
		hasBodyOfType,
		{ cfg: 'has_body' },
	),
	getPart('get_body_part', 'what follows its Content-Type line', false),
	getPart('get_body_part_raw', 'all of it, and the boundary after it', true),
	fn(
		'is_audio_on_hold',
		[],
		'int',
		'1 or 2 if the session description in the body puts its audio on hold (RFC 2543, RFC 3264), -1 if not.',
		(ctx) => {
			const type = bodyOf(ctx) === undefined ? null : bodyMediaType(ctx);
			return type ? audioHold(bodyOf(ctx) ?? '', findKey(ctx, 'content-type') ?? '', type) : -1;
		},
		{ cfg: 'is_audio_on_hold' },
	),
	fn(
		'filter_body',
		[str('type')],
		'int',
		`Leaves one part in the body ${UNSEEN}. Gives 1, or -1 without such a part.`,
		filterBody,
		{ cfg: 'filter_body' },
	),
	fn(
		'remove_body_part',
		[str('type')],
		'int',
		`Removes a part from the body ${UNSEEN}. Gives 1, or -1 without such a part.`,
		removePart,
		{ cfg: 'remove_body_part' },
	),
	...appendFunction('append_body_part', false),
	...appendFunction('append_body_part_hex', true),
	setFunction('set_body', false),
	setFunction('set_body_hex', true),
	replyFunction('set_reply_body', false),
	replyFunction('set_reply_body_hex', true),
	fn(
		'set_body_multipart',
		[str('body'), str('type'), str('boundary')],
		'int',
		`Makes the body ${UNSEEN} multipart, with a first part. Gives 1, or -1 if it cannot be.`,
		(ctx, body, _type, boundary) => setMultipart(ctx, 'set_body_multipart', body, boundary),
		{ cfg: 'set_body_multipart' },
	),
	fn(
		'set_body_multipart_mode',
		[],
		'int',
		'The same as set_body_multipart, with the body as its part.',
		(ctx) => setMultipart(ctx, 'set_body_multipart_mode', '', ''),
		{ cfg: 'set_body_multipart' },
	),
	fn(
		'set_body_multipart_boundary',
		[str('boundary')],
		'int',
		'The same as set_body_multipart_mode, with a boundary.',
		(ctx, boundary) => setMultipart(ctx, 'set_body_multipart_boundary', '', boundary),
		{ cfg: 'set_body_multipart' },
	),
	fn(
		'set_body_multipart_content',
		[str('body'), str('type')],
		'int',
		'The same as set_body_multipart, with a boundary that Kamailio makes up.',
		(ctx, body) => setMultipart(ctx, 'set_body_multipart_content', body, ''),
		{ cfg: 'set_body_multipart' },
	),
];
