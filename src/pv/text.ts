/**
 * Texts that may hold variables, made of their parts.
 *
 * @module
 */

import type { RequestContext } from '../kemi/context.ts';
import { checkTextLength, LONGEST_TEXT } from '../kemi/refusal.ts';
import type { Accessor, Text } from './variable.ts';

/** A text without variables. */
export function constantText(source: string, constant = source): Text {
	return { source, constant, get: () => constant, variable: undefined };
}

/** A text made of literal parts and variables. */
export function dynamicText(source: string, parts: readonly (string | Accessor)[]): Text {
	if (parts.every((part) => typeof part === 'string')) return constantText(source, parts.join(''));
	return {
		source,
		constant: undefined,
		variable: parts.length === 1 ? (parts[0] as Accessor) : undefined,
		get(ctx) {
			let text = '';
			for (const part of parts) {
				text += typeof part === 'string' ? part : show(part, ctx);
				// while it grows, and not behind: one format may name a long variable a million times
				if (text.length > LONGEST_TEXT) checkTextLength('a text with variables', text.length);
			}
			return text;
		},
	};
}

function show(accessor: Accessor, ctx: RequestContext): string {
	const value = accessor.text ? accessor.text(ctx) : accessor.get(ctx);
	return String(value ?? accessor.nullText ?? '<null>');
}
