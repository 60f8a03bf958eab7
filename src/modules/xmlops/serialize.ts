/**
 * XML as libxml2 writes it, which Kamailio shows documents with.
 *
 * @module
 */
import type { Document, DocumentType, Element, Node, ProcessingInstruction } from '@xmldom/xmldom';

/** Writes a character that the document's encoding may not have. */
type WriteText = (text: string) => string;

/** Node types (DOM, Node). */
const TYPE = {
	element: 1,
	attribute: 2,
	text: 3,
	cdata: 4,
	instruction: 7,
	comment: 8,
	document: 9,
	doctype: 10,
};

const inText = (text: string, write: WriteText) =>
	write(
		text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;'),
	);

const inAttribute = (text: string, write: WriteText) =>
	inText(text, write).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');

/** All characters as they are. */
const asTheyAre: WriteText = (text) => text;

/** Characters that an encoding has not, as references. */
function withReferences(last: number): WriteText {
	return (text) =>
		[...text]
			.map((char) => {
				const code = char.codePointAt(0) as number;
				return code <= last ? char : `&#x${code.toString(16).toUpperCase()};`;
			})
			.join('');
}

function element(node: Element, write: WriteText): string {
	const attributes = [...node.attributes].map(
		({ nodeName, value }) => ` ${nodeName}="${inAttribute(value, write)}"`,
	);
	const start = `<${node.nodeName}${attributes.join('')}`;
	const inside = [...node.childNodes].map((child) => serializeNode(child, write)).join('');
	return inside === '' && !node.firstChild ? `${start}/>` : `${start}>${inside}</${node.nodeName}>`;
}

function doctype({ name, publicId, systemId, internalSubset }: DocumentType): string {
	const quoted = (id: string) => (/^".*"$|^'.*'$/.test(id) ? id : `"${id}"`);
	const place = publicId
		? ` PUBLIC ${quoted(publicId)} ${quoted(systemId ?? '')}`
		: systemId
			? ` SYSTEM ${quoted(systemId)}`
			: '';
	return `<!DOCTYPE ${name}${place}${internalSubset ? ` [${internalSubset}]` : ''}>`;
}

/** A node and what is in it. Namespaces are not declared anew. */
function serializeNode(node: Node, write: WriteText = asTheyAre): string {
	const value = node.nodeValue ?? '';
	switch (node.nodeType) {
		case TYPE.element:
			return element(node as Element, write);
		case TYPE.text:
			return inText(value, write);
		case TYPE.cdata:
			return `<![CDATA[${value}]]>`;
		case TYPE.comment:
			return `<!--${value}-->`;
		case TYPE.instruction: {
			const { target, data } = node as ProcessingInstruction;
			return `<?${target}${data ? ` ${data}` : ''}?>`;
		}
		case TYPE.doctype:
			return doctype(node as DocumentType);
		default:
			return '';
	}
}

/** What a declaration says of the encoding; undefined if it says nothing. */
export function declaredEncoding(source: string): string | undefined {
	return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/.exec(source)?.[1];
}

/**
 * A whole document with its declaration and a line end.
 * @param encoding as the document declares it; undefined for none, when only ASCII is written as it is
 */
export function serializeDocument(document: Document, encoding: string | undefined): string {
	const write =
		encoding === undefined || /^us-ascii$/i.test(encoding)
			? withReferences(0x7f)
			: /^iso-8859-1$/i.test(encoding)
				? withReferences(0xff)
				: asTheyAre;
	const declaration = `<?xml version="1.0"${encoding === undefined ? '' : ` encoding="${encoding}"`}?>\n`;
	return declaration + [...document.childNodes].map((node) => `${serializeNode(node, write)}\n`).join('');
}

/** A result of an expression: an attribute's value, a text, a comment, or the XML of anything else. */
export function serializeResult(node: Node): string {
	switch (node.nodeType) {
		case TYPE.attribute:
		case TYPE.text:
		case TYPE.cdata:
		case TYPE.comment:
			return node.nodeValue ?? '';
		case TYPE.instruction:
			return (node as ProcessingInstruction).data;
		case TYPE.document:
			return serializeDocument(node as Document, 'UTF-8');
		default:
			return serializeNode(node);
	}
}
