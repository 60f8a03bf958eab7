/**
 * `{nameaddr.…}` and `{tobody.…}`: addresses with names, `"Alice" <sip:alice@example.org>;tag=1` (modules/pv/pv_trans.c).
 *
 * @module
 */
import { type Transformation, TransformationError } from '../transformation.ts';
import type { PvValue } from '../variable.ts';
import { parseSipUri, type SipUri } from '../variables/sip-uri.ts';

/** What stands before an address in angle brackets: quoted texts and anything but a bracket. */
const NAME_ADDRESS = /^((?:"(?:[^"\\]|\\.)*"|[^"<])*)<((?:"(?:[^"\\]|\\.)*"|[^">])*)>/s;

/** A bracket, outside of quotes, that nothing closes: what was no name address has one or none. */
const OPEN = /^(?:"(?:[^"\\]|\\.)*"|[^"<])*</s;

function nameAddress(value: string): { name: string; uri: string; length: number } {
	const [whole, name = '', uri = ''] = NAME_ADDRESS.exec(value) ?? [];
	if (whole !== undefined) return { name, uri, length: whole.length };
	if (value === '' || OPEN.test(value)) throw new TransformationError('the address has no end');
	return { name: '', uri: value, length: value.length };
}

/** The value of a To or From header. */
interface ToBody {
	readonly display: string;
	readonly uri: string;
	readonly parts: SipUri;
	/** From the first parameter's name on. */
	readonly params: string;
}

const DISPLAY = '(?:"(?:[^"\\\\]|\\\\.)*"|[^"<;]*?)';
const PARAM = '\\s*[^\\s;="<>,]+\\s*(?:=\\s*(?:"(?:[^"\\\\]|\\\\.)*"|[^\\s;"<>,]*))?\\s*';
const PARAMS = `((?:;${PARAM})*)`;
const WITH_BRACKETS = new RegExp(`^\\s*(${DISPLAY})\\s*<\\s*([^<>\\s]*)\\s*>\\s*${PARAMS}$`, 's');
const WITHOUT_BRACKETS = new RegExp(`^\\s*([^\\s;<>",]+)\\s*${PARAMS}$`, 's');

function toBody(value: string): ToBody {
	const [, display = '', inside, behind = ''] = WITH_BRACKETS.exec(value) ?? [];
	const [, plain, trailing = ''] = inside === undefined ? (WITHOUT_BRACKETS.exec(value) ?? []) : [];
	const uri = inside ?? plain;
	const parts = uri === undefined ? undefined : parseSipUri(uri);
	if (uri === undefined || !parts) throw new TransformationError(`"${value}" is no address with a SIP URI`);
	return { display, uri, parts, params: (behind || trailing).replace(/^;\s*/, '') };
}

function tagOf({ params }: ToBody): string {
	const tags = [...params.matchAll(/(?:^|;)\s*tag\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/gi)];
	const [, quoted, plain] = tags.at(-1) ?? [];
	return quoted ?? plain ?? '';
}

const ofAddress = (
	name: string,
	doc: string,
	get: (address: ReturnType<typeof nameAddress>) => PvValue,
): Transformation => ({
	name: `nameaddr.${name}`,
	params: [],
	doc,
	bind: () => (value) => get(nameAddress(value)),
});

const ofBody = (name: string, doc: string, get: (body: ToBody) => PvValue): Transformation => ({
	name: `tobody.${name}`,
	params: [],
	doc: `${doc} of a To or From header.`,
	bind: () => (value) => get(toBody(value)),
});

/** The transformations of the classes `nameaddr` and `tobody`. */
export const nameAddressTransformations: readonly Transformation[] = [
	ofAddress('uri', 'The URI between angle brackets; all of a value without them.', ({ uri }) => uri),
	ofAddress('name', 'What stands before the angle brackets, with its blanks and quotes.', ({ name }) => name),
	ofAddress('len', 'The length of name and URI with its brackets, as an integer.', ({ length }) => length),
	ofBody('uri', 'The URI', ({ uri }) => uri),
	ofBody('user', 'The user in the URI', ({ parts }) => parts.user),
	ofBody('host', 'The host in the URI', ({ parts }) => parts.host),
	ofBody('display', 'The name before the URI, with its quotes,', ({ display }) => display),
	ofBody('tag', 'The parameter tag', tagOf),
	ofBody('params', 'All parameters', ({ params }) => params),
];
