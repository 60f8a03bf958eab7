/**
 * Serves the RPC commands as XML-RPC, with the documents and faults of Kamailio's xmlrpc module.
 *
 * @module
 */
import type { Element, Node } from '@xmldom/xmldom';
import { bytesOf, textOf } from '../bytes.ts';
import { chain, recover } from '../kemi/chain.ts';
import type { HostServices } from '../kemi/context.ts';
import { faultOf, RpcFault, type RpcValue } from '../kemi/rpc.ts';
import { library } from '../late.ts';

const xmldom = library('@xmldom/xmldom');

/** How texts are read and written; the module's parameters of the same names. */
export interface XmlRpcOptions {
	/** Writes a carriage return as `&#xD;`, without which readers of XML take it for a line feed. */
	readonly escapeCr: boolean;
	/** Reads two line feeds as a carriage return and a line feed. */
	readonly doubleLfToCrlf: boolean;
}

interface Request {
	readonly method: string;
	readonly params: readonly (string | number)[];
}

const HEAD = '<?xml version="1.0"?>\n<methodResponse>\n';
const END = '\n</methodResponse>';

/**
 * Runs the command that a document asks for.
 * @param document a byte string
 * @returns the document that answers, a fault where there is one; a promise only where another process has to be asked
 */
export function answerXmlRpc(
	host: HostServices,
	document: string,
	options: XmlRpcOptions,
): string | Promise<string> {
	return recover(
		() => {
			const { method, params } = readRequest(document, options);
			return chain(host.rpc.run(host, method, params), (value) => {
				const printed = print(value, options);
				return success(isList(value) ? printed : `${printed}\n`);
			});
		},
		(error) => {
			const { code, message } = faultOf(host, error);
			return fault(code, message, options);
		},
	);
}

/** The document that agrees, with no other value than 1. */
export function agreement(): string {
	return success('<int>1</int>');
}

function success(value: string): string {
	return `${HEAD}<params>\n<param>\n<value>${value}</value>\n</param>\n</params>${END}`;
}

/** The document of a fault. */
export function fault(code: number, text: string, options: XmlRpcOptions): string {
	const members = [
		`<name>faultCode</name>\n<value><int>${code}</int></value>`,
		`<name>faultString</name>\n<value><string>${escapeText(text, options)}</string></value>`,
	].map((member) => `<member>\n${member}\n</member>\n`);
	return `${HEAD}<fault>\n<value>\n<struct>\n${members.join('')}</struct>\n</value>\n</fault>${END}`;
}

function print(value: RpcValue, options: XmlRpcOptions): string {
	if (typeof value === 'string' || value === null)
		return `<string>${escapeText(value ?? '', options)}</string>`;
	if (typeof value === 'number')
		return Number.isInteger(value) ? `<int>${value}</int>` : `<double>${value}</double>`;
	if (isList(value))
		return `<array><data>\n${value.map((member) => `<value>${print(member, options)}</value>\n`).join('')}</data></array>`;
	const members = Object.entries(value).map(
		([name, member]) =>
			`<member><name>${escapeText(name, options)}</name><value>${print(member, options)}</value></member>`,
	);
	return `<struct>${members.join('')}</struct>`;
}

function isList(value: RpcValue): value is readonly RpcValue[] {
	return Array.isArray(value);
}

/** What XML cannot hold, not even escaped (XML 1.0, 2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what it is about
const NO_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;

function escapeText(bytes: string, { escapeCr }: XmlRpcOptions): string {
	const text = bytesOf(textOf(bytes)).replace(NO_XML, '?').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return escapeCr ? text.replaceAll('\r', '&#xD;') : text;
}

/** @throws RpcFault */
function readRequest(document: string, options: XmlRpcOptions): Request {
	const root = rootOf(document);
	if (root.nodeName !== 'methodCall') throw new RpcFault(400, 'Root Element Is Not methodCall');
	const method = child(root, 'methodName')?.textContent;
	if (!method) throw new RpcFault(400, 'Method Name Not Found');
	const params = elements(child(root, 'params')).map((param) => readValue(child(param, 'value'), options));
	return { method: bytesOf(method), params };
}

function rootOf(document: string): Element {
	try {
		const { DOMParser, onErrorStopParsing } = xmldom();
		// The parser reads no entities of the document's own, so none can grow or name a file.
		const root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
			textOf(document),
			'text/xml',
		).documentElement;
		if (root) return root;
	} catch {
		// not well-formed
	}
	throw new RpcFault(400, 'Invalid XML-RPC Document');
}

function elements(parent: Node | undefined): Element[] {
	return [...(parent?.childNodes ?? [])].filter(
		(node): node is Element => node.nodeType === node.ELEMENT_NODE,
	);
}

function child(parent: Node, name: string): Element | undefined {
	return elements(parent).find((element) => element.nodeName === name);
}

/** An argument: a text or a number. Structures and lists are none, as in Kamailio. */
function readValue(value: Element | undefined, options: XmlRpcOptions): string | number {
	if (!value) throw new RpcFault(400, 'Invalid Parameter Value');
	const [typed] = elements(value);
	const text = (typed ?? value).textContent ?? '';
	switch (typed?.nodeName) {
		case undefined:
		case 'string':
			return readText(text, options);
		case 'dateTime.iso8601':
			return bytesOf(text);
		case 'int':
		case 'i4':
		case 'boolean':
		case 'double':
			return readNumber(text);
		default:
			throw new RpcFault(400, 'Invalid Parameter Type');
	}
}

function readText(text: string, { doubleLfToCrlf }: XmlRpcOptions): string {
	return bytesOf(doubleLfToCrlf ? text.replaceAll('\n\n', '\r\n') : text);
}

function readNumber(text: string): number {
	const number = Number(text);
	if (text.trim() === '' || !Number.isFinite(number)) throw new RpcFault(400, 'Invalid Parameter Value');
	return number;
}
