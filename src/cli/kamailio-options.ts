/**
 * The flags of Kamailio's own command line, so that a command that starts Kamailio can start kemihost.
 *
 * @module
 */
import type { Options } from 'yargs';
import { numberFor } from './usage.ts';

const group = 'As in Kamailio:';
const word = { type: 'string', requiresArg: true, group } as const;
const words = { ...word, array: true, default: [] as string[] } as const;
const count = { type: 'count', group } as const;

/** Those with an effect. */
export const KAMAILIO_OPTIONS = {
	f: { ...word, describe: 'the kamailio.cfg (or script) to serve' },
	c: { type: 'boolean', default: false, group, alias: 'check', describe: 'check the file and exit' },
	'cfg-print': {
		type: 'boolean',
		default: false,
		group,
		describe: 'print the kamailio.cfg after preprocessing (includes, conditions), and exit',
	},
	d: { ...count, describe: 'log more: each -d raises the log level by one, starting from 0' },
	debug: {
		type: 'number',
		requiresArg: true,
		group,
		coerce: numberFor('debug'),
		describe: 'the log level as a number, as --log-level',
	},
	'pid-file': { ...word, alias: 'P', describe: 'file that holds the process id while the host runs' },
	w: { ...word, describe: 'the working folder' },
	user: { ...word, alias: 'u', describe: 'the user to run as once the host listens' },
	group: { ...word, alias: 'g', describe: 'the group to run as once the host listens' },
	subst: { ...words, describe: 'a #!subst before the first line; may be repeated' },
	substdef: { ...words, describe: 'a #!substdef before the first line; may be repeated' },
	substdefs: { ...words, describe: 'a #!substdefs before the first line; may be repeated' },
} as const satisfies Record<string, Options>;

const accepted = { group: 'Accepted, without an effect here:' } as const;
const acceptedWord = { ...accepted, type: 'string', requiresArg: true } as const;

/** Those that start a Kamailio, too, and need nothing done here. */
export const ACCEPTED_OPTIONS = {
	D: { ...accepted, type: 'count', describe: 'the host always stays in the foreground' },
	E: { ...accepted, type: 'boolean', default: false, describe: 'the log always goes to stderr' },
	e: {
		...accepted,
		type: 'boolean',
		default: false,
		describe: 'a terminal gets colours with --log-format pretty',
	},
	L: { ...acceptedWord, describe: "Kamailio's module path" },
	m: { ...acceptedWord, describe: 'shared memory in megabytes' },
	M: { ...acceptedWord, describe: 'private memory in megabytes; see --memory-limit' },
	Y: { ...acceptedWord, describe: 'the runtime folder' },
	a: { ...acceptedWord, describe: 'automatic aliases' },
	x: { ...acceptedWord, describe: 'the manager of shared memory' },
	X: { ...acceptedWord, describe: 'the manager of private memory' },
	W: { ...acceptedWord, describe: 'the poll method' },
	S: { ...accepted, type: 'boolean', default: false, describe: 'no SCTP' },
	'all-errors': { ...accepted, type: 'boolean', default: false, describe: 'all errors are always shown' },
} as const satisfies Record<string, Options>;
