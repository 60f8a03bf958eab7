/**
 * Kamailio's variables of the request that the stopped script is handling.
 *
 * @module
 */
import { bytesOf, textOf } from '../bytes.ts';
import { assign, parseAssignment, variableValue } from '../exchange/assignment.ts';
import type { RequestContext } from '../kemi/context.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import type { PvValue } from '../pv/variable.ts';
import type { Shown } from './messages.ts';

/** Those that are shown for every request, besides its headers. */
const NAMES = ['$rm', '$hu', '$pr', '$si', '$sp', '$Ri', '$Rp', '$rb', '$rc'];

/** A value of Kamailio's. */
export function shownValue(name: string, value: PvValue): Shown {
	const type = value === null ? 'null' : typeof value === 'number' ? 'integer' : 'string';
	return {
		name,
		type,
		text: typeof value === 'string' ? JSON.stringify(textOf(value)) : String(value),
		ref: 0,
	};
}

/** What there is to see of a request without asking its script. */
export function requestParts(ctx: RequestContext): Shown[] {
	const headers = [...new Set(ctx.request.headers.names)].map((name) => `$hdr(${textOf(name)})`);
	const { final } = ctx.reply;
	const reply = final ? `${final.status} ${textOf(final.reason)}` : 'none yet';
	return [
		...[...NAMES, ...headers].flatMap((name) => variableShown(ctx, name) ?? []),
		{ name: 'reply', type: '', text: reply, ref: 0 },
	];
}

/** The value of a variable as it is written, `$hu` or `$(rb{s.len})`; undefined if the text is no variable. */
export function variableShown(ctx: RequestContext, text: string): Shown | undefined {
	const variable = bytesOf(text.trim());
	if (!variable.startsWith('$') || ctx.host.variables.variable(variable) instanceof PvSyntaxError)
		return undefined;
	return shownValue(text, variableValue(ctx, variable));
}

/**
 * Sets a variable.
 * @param text digits are an integer, `$null` is no value, all else is text
 * @throws KemihostError if it takes no such value
 */
export function setVariable(ctx: RequestContext, name: string, text: string): Shown {
	const { value } = parseAssignment(`${name}=${text}`);
	return setToValue(ctx, name, value);
}

/**
 * Sets a variable to a value.
 * @throws KemihostError if it takes no such value
 */
export function setToValue(ctx: RequestContext, name: string, value: PvValue): Shown {
	const variable = bytesOf(name);
	assign(ctx, { variable, value });
	return shownValue(name, variableValue(ctx, variable));
}
