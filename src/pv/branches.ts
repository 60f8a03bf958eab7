/**
 * The branches of a request: where else a SIP request would be sent (core/dset.c). Functions add them, `$branch` and its kin
 * show them.
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { branchFlags, type FlagStore } from '../kemi/flags.ts';

/** One branch, with its flags. */
export interface Branch extends FlagStore {
	uri: string;
	dst_uri: string;
	path: string;
	send_socket: string;
	/** In thousandths; null if there is none. */
	q: number | null;
	otcpid: number;
}

/** Kamailio's limit is twelve, the request itself included. */
const MOST_BRANCHES = 11;

/** The branches that were added, in their order. */
export const branches = requestLocal<Branch[]>(() => []);

/** `$sbranch`. Kamailio's belongs to the process, which hands what a request has left there to the next one. */
export const staticBranch = requestLocal<Branch>(noBranch);

const newBranch = (uri: string): Branch => ({
	uri,
	dst_uri: '',
	path: '',
	send_socket: '',
	q: null,
	bits: 0,
	otcpid: 0,
});

/** What `$sbranch` is until something of it is set. */
export function noBranch(): Branch {
	return { ...newBranch(''), q: 0 };
}

/** Puts a branch at the end of the list. False, after an error line, where the list is full. */
export function addBranch(ctx: RequestContext, branch: Partial<Branch> & Pick<Branch, 'uri'>): boolean {
	const list = ctx.get(branches);
	if (list.length >= MOST_BRANCHES) {
		ctx.report('error', `there are ${MOST_BRANCHES} branches already`);
		return false;
	}
	list.push({ ...newBranch(branch.uri), ...branch });
	return true;
}

/**
 * The flags of a branch by its number: 0 is the request itself, 1 the first branch that was added.
 * @returns undefined if there is no such branch
 */
export function flagsOfBranch(ctx: RequestContext, number: number): FlagStore | undefined {
	if (number === 0) return ctx.get(branchFlags);
	return ctx.get(branches)[number - 1];
}
