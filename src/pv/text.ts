/**
 * A text that may hold variables: a format, an inner name, a transformation's parameter.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { checkTextLength, LONGEST_TEXT } from '../kemi/refusal.ts';
import type { Accessor, PvValue } from './variable.ts';

/** A text with its variables compiled. */
export interface Text {
	/** The text as written. */
	readonly source: string;
	/** The value where there is no variable in it. */
	readonly constant: string | undefined;
	/** The text for a request. Variables without a value read as `<null>`, or
	 * as nothing where a transformation failed, as Kamailio's pv_printf writes them. */
	get(ctx: RequestContext): string;
	/** The single variable that the whole text is, if it is one: its null stays null. */
	readonly variable: Accessor | undefined;
}

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
