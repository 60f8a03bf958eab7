/**
 * Variables of SIP that an HTTP request has nothing for. They are known, so that scripts which hold them run; what
 * they give is what Kamailio gives while it handles an HTTP request.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { PvValue, Variable } from '../variable.ts';
import { refuseIndex, requireInner } from './names.ts';

/** One row: what it is, whether it takes a name in parentheses, what it gives, and whether an error line goes with it. */
interface Row {
	readonly names: string;
	readonly what: string;
	readonly inner?: true;
	readonly value?: PvValue;
	readonly complains?: true;
	/** Whether setting it is refused rather than passed over. */
	readonly refuses?: true;
}

const ROWS: readonly Row[] = [
	{ names: 'rs', what: 'the status of a reply' },
	{ names: 'rsi', what: 'the status of a reply', value: 0 },
	{ names: 'rr', what: 'the reason of a reply' },
	{ names: 'rpl', what: 'where a reply goes', inner: true },
	{ names: 'snd sndto', what: 'where a message is sent', inner: true },
	{ names: 'sndfrom', what: 'what a message is sent from', inner: true },
	{ names: 'rcv recv', what: 'data of a raw event', inner: true, refuses: true },
	{ names: 'lsock', what: 'a listening socket', inner: true, complains: true },
	{ names: 'ltt', what: 'the local tag of To', inner: true, complains: true },
	{ names: 'err.class err.level err.info err.rcode err.rreason', what: 'the last error of the SIP parser' },
	{ names: 'ruid', what: 'the id of a registration' },
	{ names: 'location_ua', what: 'the user agent of a registration' },
	{ names: 'iuid', what: 'the instance id of the server' },
];

function variableOf({ names, what, inner, value = null, complains, refuses }: Row): Variable {
	const list = names.split(' ');
	const get = (ctx: RequestContext): PvValue => {
		if (complains)
			ctx.report('error', `$${list[0]}: an HTTP request has no ${what.replace(/^(the|an?) /, '')}`);
		return value;
	};
	const set = (ctx: RequestContext): boolean => {
		ctx.report('error', `$${list[0]}: an HTTP request has no ${what.replace(/^(the|an?) /, '')}`);
		return false;
	};
	return {
		names: list,
		doc: `SIP: ${what}. Always ${value === null ? 'null' : value} for an HTTP request.`,
		bind(binding) {
			refuseIndex(binding);
			if (inner) requireInner(binding);
			else if (binding.inner) throw new PvSyntaxError(`$${list[0]} takes no name in parentheses`, 0);
			return { get, ...(refuses && { set }) };
		},
	};
}

/** All of them. */
export const sipOnlyVariables: readonly Variable[] = ROWS.map(variableOf);
