/**
 * Values that never change.
 *
 * @module
 */
import { PvSyntaxError } from '../syntax-error.ts';
import type { Variable } from '../variable.ts';
import { literalVariable, wordVariable } from './names.ts';

/** Characters that are hard to write in a script's strings (pv_core.c: pv_get_escstr). */
const CHARACTERS: readonly (readonly [name: string, char: string, doc: string])[] = [
	['En', '\n', 'A newline.'],
	['Er', '\r', 'A carriage return.'],
	['Et', '\t', 'A tab.'],
	['Es', ' ', 'A space.'],
	['Ec', ',', 'A comma.'],
	['Eq', '"', 'A double quote.'],
	['Ek', "'", 'A single quote.'],
	['Ei', ':', 'A colon.'],
	['Ej', ';', 'A semicolon.'],
	['Eb', '\\', 'A backslash.'],
	['Ev', '`', 'A backquote.'],
];

/** The numbers that $prid and $af(id) give. */
const NUMBERS: Readonly<Record<string, number>> = {
	IPv4: 2,
	INET: 2,
	IPv6: 10,
	INET6: 10,
	UDP: 1,
	TCP: 2,
	TLS: 3,
	SCTP: 4,
	WS: 5,
	WSS: 6,
};

/** Colours of terminals by their letters; a capital is bold (modules/xlog/xlog.c). */
const COLOURS: Readonly<Record<string, number>> = { s: 0, r: 1, g: 2, y: 3, b: 4, p: 5, c: 6, w: 7, x: 9 };

/** `$C(xy)` */
const colour = literalVariable(
	['C'],
	'Switches a terminal to a foreground and a background colour, two of s r g y b p c w and x for the default; a capital is bold.',
	(letters) => {
		const [foreground = '', background = ''] = letters;
		const [front, back] = [COLOURS[foreground.toLowerCase()], COLOURS[background]];
		if (letters.length !== 2 || front === undefined || back === undefined)
			throw new PvSyntaxError('a colour is two letters: foreground and background', 0);
		const bold = foreground === foreground.toLowerCase() ? 0 : 1;
		const code = `\x1b[${bold};${front + 30};${back + 40}m`;
		return { get: () => code };
	},
);

/** The constants. */
export const constantVariables: readonly Variable[] = [
	{ names: ['null'], doc: 'No value.', get: () => null },
	{ names: ['true'], doc: 'The number 1.', get: () => 1 },
	wordVariable(
		['K'],
		'The number of a transport or an address family.',
		Object.fromEntries(Object.entries(NUMBERS).map(([name, number]) => [name, () => number])),
	),
	...CHARACTERS.map(([name, char, doc]): Variable => ({ names: [name], doc, get: () => char })),
	colour,
];
