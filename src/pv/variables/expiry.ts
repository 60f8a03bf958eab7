/**
 * `$expires`: for how long contacts are to be kept, as a SIP registration says it (modules/siputils/utils.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { findKey, valuesOfKey } from '../headers.ts';
import type { Variable } from '../variable.ts';
import { splitList } from './headers.ts';
import { type Getter, wordVariable } from './names.ts';
import { nameAddress, parameter } from './sip-headers.ts';

/** The digits that a text begins with, as a number of 32 bits. */
function seconds(text: string): number {
	const number = Number(/^\d*/.exec(text.trim())?.[0]);
	return number > 0xffff_ffff ? 0 : number;
}

/** What is said for each contact, or for all of them; none where a contact cannot be read. */
function expiries(ctx: RequestContext): number[] {
	const header = findKey(ctx, 'expires')?.trim();
	const forAll = header ? [seconds(header)] : [];
	const fields = valuesOfKey(ctx, 'contact');
	if (fields.length === 0) return forAll;
	return fields.flatMap((field) => {
		const contacts = splitList(field).map(nameAddress);
		if (contacts.some(({ uri }) => uri.includes('<'))) return [];
		return contacts.flatMap((contact) => {
			const own = parameter(contact, 'expires');
			return own && /^\d/.test(own) ? [seconds(own)] : forAll;
		});
	});
}

const among =
	(choose: (...values: number[]) => number): Getter =>
	(ctx) => {
		const values = expiries(ctx);
		return values.length > 0 ? choose(...values) : null;
	};

/** `$expires`. */
export const expiryVariable: Variable = wordVariable(
	['expires'],
	'The least (min) or the greatest (max) time that contacts are to be kept, in seconds, by Contact and Expires headers; null without one.',
	{ min: among(Math.min), max: among(Math.max) },
);
