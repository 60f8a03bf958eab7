/**
 * Texts that may hold variables, made of their parts.
 *
 * @module
 */
import { checkTextLength, LONGEST_TEXT } from '../kemi/refusal.ts';
import type { Accessor, PvValue, Text } from './variable.ts';

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
				text += typeof part === 'string' ? part : show(part, part.get(ctx));
				// while it grows, and not behind: one format may name a long variable a million times
				if (text.length > LONGEST_TEXT) checkTextLength('a text with variables', text.length);
			}
			return text;
		},
	};
}

function show({ nullText = '<null>' }: Accessor, value: PvValue): string {
	return value === null ? nullText : String(value);
}
