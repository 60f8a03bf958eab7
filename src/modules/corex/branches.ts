/**
 * `append_branch`: another place that a SIP request would be sent to (corex_lib.c). The variables `$branch`, `$bR` and `$ds` show
 * what was added.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { branchFlags } from '../../kemi/flags.ts';
import { fn, type KemiFunction, str } from '../../kemi/module.ts';
import { addBranch } from '../../pv/branches.ts';
import { destinationUri, rawRequestUri, setDestinationUri } from '../../pv/variables/request-uri.ts';
import { forcedSocket, forceSocket } from '../../pv/variables/sockets.ts';

/** A weight as SIP writes it, 0 to 1; what is behind three digits is cut. */
const WEIGHT = /^[ \t]*0*(?:(1)(?:\.0+)?|(?:\.(\d+))?)$/;

/** A weight in thousandths; null for an empty text, undefined for what is none. */
function thousandths(text: string): number | null | undefined {
	if (text === '') return null;
	const [whole, one, decimals = ''] = WEIGHT.exec(text) ?? [];
	if (whole === undefined) return undefined;
	return one ? 1000 : Number(decimals.slice(0, 3).padEnd(3, '0'));
}

/**
 * Adds a branch that is sent to a URI, on the way of the request. Without one it takes the place of the request, which begins
 * anew.
 */
function append(ctx: RequestContext, uri: string, weight: string): 1 | -1 {
	const q = thousandths(weight);
	if (q === undefined) return ctx.refuse(`append_branch: "${weight}" is no weight from 0 to 1`);
	const flags = ctx.get(branchFlags);
	const added = addBranch(ctx, {
		uri: uri || rawRequestUri(ctx),
		dst_uri: destinationUri(ctx) ?? '',
		send_socket: forcedSocket(ctx),
		bits: flags.bits,
		q,
	});
	if (uri === '') {
		setDestinationUri(ctx, '');
		forceSocket(ctx, null);
		flags.bits = 0;
	}
	return added ? 1 : -1;
}

/** The forms of `append_branch`. */
export const branchFunctions: readonly KemiFunction[] = [
	fn(
		'append_branch',
		[],
		'int',
		'Adds a branch that is as the request, whose $du, $fs and $bf then have no value any more: its URI is $ru, or the target as long as no script has set that. 1, or -1 if there are eleven.',
		(ctx) => append(ctx, '', ''),
		{ cfg: 'append_branch' },
	),
	fn(
		'append_branch_uri',
		[str('uri')],
		'int',
		'Adds a branch with a URI, or one as the request where that is empty: 1, or -1 if there are eleven.',
		(ctx, uri) => append(ctx, uri, ''),
		{ cfg: 'append_branch' },
	),
	fn(
		'append_branch_uri_q',
		[str('uri'), str('q')],
		'int',
		'Adds a branch with a URI and a weight from 0 to 1: 1, or -1 for another weight, or where there are eleven.',
		append,
		{ cfg: 'append_branch' },
	),
];
