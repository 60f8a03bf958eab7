/**
 * A document in XML: as it was given, parsed once it is asked for, changed in place (modules/xmlops/pv_xml.c).
 *
 * @module
 */
import type { Document, Element, Node } from '@xmldom/xmldom';
import { bytesOf, textOf } from '../../bytes.ts';
import { library } from '../../late.ts';
import { words } from '../../words.ts';
import { declaredEncoding, serializeDocument, serializeResult } from './serialize.ts';

const xmldom = library('@xmldom/xmldom');
const xpath = library('xpath');

/** Expressions and documents that are not good. The message says why. */
export class XmlError extends Error {}

/** What `xmlns` prefixes mean in expressions. */
export type Namespaces = Readonly<Record<string, string>>;

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** Encodings whose bytes are characters of the same number. */
const BYTES = /^(iso-8859-1|latin-?1|us-ascii)$/i;

/** A reference to a character. */
const REFERENCE = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = words({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });

/** The text that a value stands for: references are read, and one that does not end leaves nothing, as in libxml2. */
function contentOf(value: string): string {
	const rest = value.replace(REFERENCE, '');
	if (rest.includes('&')) return '';
	return value.replace(REFERENCE, (_whole, hex: string, decimal: string, name: string) =>
		name ? (NAMED[name.toLowerCase()] ?? '') : character(hex ? Number.parseInt(hex, 16) : Number(decimal)),
	);
}

function character(code: number): string {
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** A document. Strings are byte strings. */
export class XmlDocument {
	readonly #source: string;
	readonly #encoding: string | undefined;
	#document: Document | undefined;
	#changed = false;

	constructor(source: string) {
		this.#source = source;
		this.#encoding = declaredEncoding(source);
	}

	/** As it was given, or as it has become. */
	get text(): string {
		return this.#changed && this.#document
			? this.#bytes(serializeDocument(this.#document, this.#encoding))
			: this.#source;
	}

	/**
	 * What an expression finds, joined by commas; an empty text for one that gives no nodes.
	 * @throws XmlError
	 */
	find(expression: string, namespaces: Namespaces): string {
		return bytesOf(this.#evaluate(expression, namespaces).map(serializeResult).join(','));
	}

	/**
	 * Puts a text into all that an expression finds.
	 * @throws XmlError
	 */
	replace(expression: string, namespaces: Namespaces, value: string): void {
		const content = contentOf(textOf(value));
		for (const node of this.#evaluate(expression, namespaces).reverse()) setContent(node, content);
		this.#changed = true;
	}

	#bytes(text: string): string {
		return BYTES.test(this.#encoding ?? '') ? text : bytesOf(text);
	}

	#parse(): Document {
		if (this.#document) return this.#document;
		const { DOMParser } = xmldom();
		const text = BYTES.test(this.#encoding ?? '') ? this.#source : textOf(this.#source);
		try {
			const parser = new DOMParser({
				onError: (_level, message) => {
					throw new XmlError(message);
				},
			});
			this.#document = withoutDeclaration(parser.parseFromString(text, 'text/xml'));
		} catch (error) {
			throw error instanceof XmlError ? error : new XmlError((error as Error).message);
		}
		return this.#document;
	}

	#evaluate(expression: string, namespaces: Namespaces): Node[] {
		const document = this.#parse();
		const lookupNamespaceURI = (prefix: string | null) =>
			prefix === 'xml' ? XML_NAMESPACE : (namespaces[prefix ?? ''] ?? null);
		try {
			// the two libraries have types of the DOM of their own
			const node = document as unknown as Parameters<ReturnType<typeof xpath>['select']>[1];
			const found = xpath().selectWithResolver(textOf(expression), node, { lookupNamespaceURI });
			return Array.isArray(found) ? (found as unknown as Node[]) : [];
		} catch (error) {
			throw new XmlError((error as Error).message);
		}
	}
}

/** The parser has nodes for the declaration and for line ends around the root, which are no part of a document. */
function withoutDeclaration(document: Document): Document {
	for (const node of [...document.childNodes]) {
		const isDeclaration = node.nodeType === node.PROCESSING_INSTRUCTION_NODE && node.nodeName === 'xml';
		if (isDeclaration || node.nodeType === node.TEXT_NODE) document.removeChild(node);
	}
	return document;
}

function setContent(node: Node, content: string): void {
	if (node.nodeType !== node.ELEMENT_NODE) {
		node.nodeValue = content;
		if ('value' in node) Object.assign(node, { value: content });
		return;
	}
	while (node.firstChild) node.removeChild(node.firstChild);
	if (content !== '') node.appendChild((node as Element).ownerDocument!.createTextNode(content));
}
