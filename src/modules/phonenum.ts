/**
 * The phonenum module: telephone numbers taken apart, by the tables of libphonenumber (modules/phonenum).
 *
 * @module
 */
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { bytesOf, textOf } from '../bytes.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, noEffect, str } from '../kemi/module.ts';
import { late, library } from '../late.ts';
import { Containers } from './containers.ts';

const phone = library('libphonenumber-js/max');
const countryNames = late(() => new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }));

/** What a number turns out to be. */
interface Parsed {
	readonly number: string;
	/** The number, where it is one that may be in use. */
	readonly valid: PhoneNumber | undefined;
	readonly error: string | undefined;
}

/** The region of numbers of no country, such as those of satellites. */
const WORLD = '001';

/** The most bytes of a number. */
const LONGEST = 255;
const TOO_LONG = -3;

const containers = new Containers<Parsed>(
	'phn',
	'What KSR.phonenum.match has found, in the container that it was given; null without a match before in this request.',
	{
		number: ({ number }) => number,
		normalized: ({ valid }) => valid?.number,
		natnum: ({ valid }) => valid && bytesOf(valid.formatNational()),
		ltype: ({ valid }) => valid && (valid.getType() ?? 'unknown').toLowerCase().replaceAll('_', '-'),
		ndesc: ({ valid }) => valid && bytesOf(valid.country ? (countryNames().of(valid.country) ?? '') : ''),
		cctel: ({ valid }) => (valid?.country ? Number(valid.countryCallingCode) : 0),
		ccname: ({ valid }) => valid && (valid.country ?? WORLD),
		valid: ({ valid }) => Number(valid !== undefined),
		error: ({ error }) => error,
	},
);

function parse(number: string, country: string | undefined): Parsed {
	const { parsePhoneNumberWithError, ParseError, isSupportedCountry } = phone();
	const region = country !== undefined && isSupportedCountry(country) ? (country as CountryCode) : undefined;
	try {
		const parsed = parsePhoneNumberWithError(textOf(number), region);
		return parsed.isValid()
			? { number, valid: parsed, error: undefined }
			: { number, valid: undefined, error: 'Invalid number' };
	} catch (error) {
		if (!(error instanceof ParseError)) throw error;
		const isNumber = error.message === 'TOO_LONG' || error.message === 'TOO_SHORT';
		const isInternational = /^\s*\+/.test(number);
		return {
			number,
			valid: undefined,
			error: isNumber && isInternational ? 'Invalid number' : 'Parsing number failed',
		};
	}
}

function match(ctx: RequestContext, number: string, country: string | undefined, container: string): number {
	if (number.length > LONGEST) {
		containers.put(ctx, container, undefined);
		return TOO_LONG;
	}
	containers.put(ctx, container, parse(number, country));
	return 1;
}

const RESULT =
	'1, also for what is no number, which $phn(container=>valid) and $phn(container=>error) say; -3 for more than 255 bytes';

/** The functions on KSR.phonenum. */
export const phonenum = defineModule({
	name: 'phonenum',
	doc: 'Telephone numbers: their country, kind and forms.',
	params: [
		{ ...noEffect('resid', null, 'any name of a container will do'), repeatable: true },
		noEffect('smode', 0, 'there is one mode'),
		noEffect('shortcode', 0, 'short numbers are not told from wrong ones'),
	],
	functions: [
		fn(
			'match',
			[str('number'), str('container')],
			'int',
			`Takes an international number, which begins with +, apart for $phn(container=>…): ${RESULT}.`,
			(ctx, number, container) => match(ctx, number, undefined, container),
			{ cfg: 'phonenum_match' },
		),
		fn(
			'match_cn',
			[str('number'), str('country'), str('container')],
			'int',
			`The same for a number as it is dialled in a country, "DE": ${RESULT}.`,
			(ctx, number, country, container) => match(ctx, number, country, container),
			{ cfg: 'phonenum_match_cn' },
		),
	],
	variables: [containers.variable],
});
