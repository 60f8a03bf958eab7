/**
 * The xmlops module: documents in XML, read and changed by XPath (modules/xmlops).
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { defineModule, type KemiModule, param } from '../kemi/module.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import type { Accessor, Text, Variable } from '../pv/variable.ts';
import { type Namespaces, XmlDocument, XmlError } from './xmlops/document.ts';

interface XmlopsState {
	readonly namespaces: Namespaces;
	/** The most bytes of a document, and of what is found in it. */
	readonly size: number;
}

/** The documents of a request, by their names. */
const documents = requestLocal(() => new Map<string, XmlDocument>());

/** `name=>doc`, `name=>xpath:/a/b` */
const KEY = /^\s*([^\s=]+)\s*=>(doc|xpath:(?=.))/s;

/** Whether a text is short enough; false after an error line. */
function fits(ctx: RequestContext, what: string, text: string): boolean {
	const { size } = ctx.state(xmlops);
	if (text.length <= size) return true;
	ctx.refuse(`${what} has ${text.length} bytes, of which buf_size allows ${size}`);
	return false;
}

/** Does something with a document that may turn out not to be good; undefined after an error line. */
function attempt<T>(ctx: RequestContext, what: string, work: () => T): T | undefined {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof XmlError)) throw error;
		ctx.refuse(`${what}: ${error.message}`);
		return undefined;
	}
}

function wholeDocument(name: string): Accessor {
	return {
		get: (ctx) => ctx.get(documents).get(name)?.text || null,
		set(ctx, value) {
			if (typeof value !== 'string' || !fits(ctx, `$xml(${name}=>doc)`, value)) return false;
			ctx.get(documents).set(name, new XmlDocument(value));
			return true;
		},
	};
}

/** @param skip how much of the text stands in front of the expression */
function byExpression(name: string, inner: Text, skip: number): Accessor {
	const what = `$xml(${inner.source})`;
	const expression = (ctx: RequestContext) => inner.get(ctx).slice(skip);
	return {
		get(ctx) {
			const document = ctx.get(documents).get(name);
			if (!document) return null;
			const { namespaces } = ctx.state(xmlops);
			const found = attempt(ctx, what, () => document.find(expression(ctx), namespaces));
			return found !== undefined && fits(ctx, what, found) ? found : null;
		},
		set(ctx, value) {
			const document = ctx.get(documents).get(name);
			if (!document || typeof value !== 'string' || !fits(ctx, what, value)) return false;
			const { namespaces } = ctx.state(xmlops);
			return (
				attempt(ctx, what, () => {
					document.replace(expression(ctx), namespaces, value);
					return true;
				}) ?? false
			);
		},
	};
}

const xml: Variable = {
	names: ['xml'],
	doc: 'A document in XML: $xml(name=>doc) is all of it, to be set and read; $xml(name=>xpath:/a/b) what an expression finds, joined by commas, or puts a text there. A document belongs to its request.',
	bind({ inner }) {
		const [whole, name, kind] = KEY.exec(inner?.source ?? '') ?? [];
		if (!inner || whole === undefined || name === undefined)
			throw new PvSyntaxError('$xml takes name=>doc or name=>xpath:EXPRESSION', 0);
		return kind === 'doc' ? wholeDocument(name) : byExpression(name, inner, whole.length);
	},
};

/** The variable of xmlops. */
export const xmlops: KemiModule<XmlopsState> = defineModule<XmlopsState>({
	name: 'xmlops',
	doc: 'Documents in XML.',
	params: [
		param('buf_size', 4096, 'The most bytes that a document may have, and what is found in it.'),
		{
			name: 'xml_ns',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'A prefix for expressions and the namespace that it means: prefix=urn:example.',
		},
	],
	variables: [xml],
	init: (params) => ({
		size: Math.max(0, params.int('buf_size')),
		namespaces: Object.fromEntries(
			params.all('xml_ns').map((given) => {
				const [, prefix = '', uri = String(given)] = /^([^=]*)=(.*)$/s.exec(String(given)) ?? [];
				return [prefix, uri];
			}),
		),
	}),
});
