/**
 * Functions for `$sbranch`, a branch that is on no list until it is put there (modules/pv/pv_branch.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { branchFlags } from '../../kemi/flags.ts';
import { fn, type KemiFunction } from '../../kemi/module.ts';
import { addBranch, type Branch, noBranch, staticBranch } from '../../pv/branches.ts';
import { rewriteRequestUri, setDestinationUri } from '../../pv/variables/request-uri.ts';
import { forceSocket } from '../../pv/variables/sockets.ts';

/** Does something with `$sbranch`; -1 after an error line if its uri is not set. */
function withBranch(ctx: RequestContext, caller: string, run: (branch: Branch) => boolean): 1 | -1 {
	const branch = ctx.get(staticBranch);
	if (branch.uri === '') return ctx.refuse(`${caller}: $sbranch(uri) is not set`);
	return run(branch) ? 1 : -1;
}

/** Makes the request what the branch says. What the branch has no flags or no socket for stays. */
function becomeRequest(ctx: RequestContext, { uri, dst_uri, send_socket, bits }: Branch): boolean {
	rewriteRequestUri(ctx, uri);
	setDestinationUri(ctx, dst_uri);
	if (send_socket) forceSocket(ctx, send_socket);
	if (bits) ctx.get(branchFlags).bits = bits;
	return true;
}

/** `sbranch_append` and its kin. */
export const branchFunctions: readonly KemiFunction[] = [
	fn(
		'sbranch_append',
		[],
		'int',
		'Adds $sbranch to the branches: 1, or -1 if its uri is not set or there are eleven.',
		(ctx) => withBranch(ctx, 'sbranch_append', (branch) => addBranch(ctx, branch)),
		{ cfg: 'sbranch_append' },
	),
	fn(
		'sbranch_set_ruri',
		[],
		'int',
		'Sets $ru, $du and $bf to those of $sbranch: 1, or -1 if its uri is not set.',
		(ctx) => withBranch(ctx, 'sbranch_set_ruri', (branch) => becomeRequest(ctx, branch)),
		{ cfg: 'sbranch_set_ruri' },
	),
	fn(
		'sbranch_reset',
		[],
		'int',
		'Leaves $sbranch without values. Always 1.',
		(ctx) => {
			Object.assign(ctx.get(staticBranch), noBranch());
			return 1;
		},
		{ cfg: 'sbranch_reset' },
	),
];
