/**
 * `$br`, `$branch` and their kin: where else a SIP request would be sent (core/dset.c, modules/pv/pv_branch.c). An HTTP
 * request goes nowhere; scripts can put branches on the list and read them again, as in Kamailio.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { words } from '../../words.ts';
import { addBranch, type Branch, branches, staticBranch } from '../branches.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { Accessor, PvIndex, PvValue, Variable } from '../variable.ts';
import { refuseIndex, requireInner } from './names.ts';
import { newRequestUri } from './request-uri.ts';
import { sendingSocket } from './sockets.ts';

function refuse(ctx: RequestContext, why: string): false {
	ctx.report('error', why);
	return false;
}

/** An attribute of a branch. */
interface Attribute {
	get(branch: Branch): PvValue;
	/** Null unsets. False, after an error line, where a value is refused. */
	set(ctx: RequestContext, branch: Branch, value: PvValue): boolean;
}

function text(name: 'uri' | 'dst_uri' | 'path'): Attribute {
	return {
		get: (branch) => branch[name] || null,
		set(ctx, branch, value) {
			if (typeof value === 'number') return refuse(ctx, `${name} of a branch is set to texts only`);
			branch[name] = value ?? '';
			return true;
		},
	};
}

function integer(name: 'q' | 'bits' | 'otcpid', unset: number | null): Attribute {
	return {
		get: (branch) => branch[name],
		set(ctx, branch, value) {
			if (typeof value === 'string') return refuse(ctx, `${name} of a branch is set to integers only`);
			Object.assign(branch, { [name]: value ?? unset });
			return true;
		},
	};
}

const socket: Attribute = {
	get: (branch) => branch.send_socket || null,
	set(ctx, branch, value) {
		if (typeof value === 'number') return refuse(ctx, 'send_socket of a branch is set to texts only');
		const found = value ? sendingSocket(ctx, value) : '';
		if (found === undefined) return false;
		if (found !== null) branch.send_socket = found && `${found.proto}:${found.address}:${found.port}`;
		return true;
	},
};

/** What only a registration sets. */
const neverThere: Attribute = { get: () => null, set: () => true };

const ATTRIBUTES: Readonly<Record<string, Attribute>> = words({
	uri: text('uri'),
	dst_uri: text('dst_uri'),
	path: text('path'),
	q: integer('q', null),
	send_socket: socket,
	flags: integer('bits', 0),
	ruid: neverThere,
	location_ua: neverThere,
	instance: neverThere,
	otcpid: integer('otcpid', 0),
	reg_id: { get: () => null, set: (ctx) => refuse(ctx, 'reg_id of a branch cannot be set') },
});

/** The name in parentheses as an attribute; undefined for `count`. */
function attributeOf(name: string): Attribute | undefined {
	const attribute = ATTRIBUTES[name];
	if (!attribute && name !== 'count')
		throw new PvSyntaxError(`a branch has no "${name}"; it has ${Object.keys(ATTRIBUTES).join(', ')}`, 0);
	return attribute;
}

/** The place of a branch; `[*]` is the first. */
function placeOf(list: readonly Branch[], index: PvIndex): number {
	if (typeof index === 'string') return 0;
	return index < 0 ? list.length + index : index;
}

const branchVariable: Variable = {
	names: ['branch'],
	doc: 'An attribute of a branch that $br has added: $(branch(uri)[1]); count is how many there are. Null without one.',
	bind(binding) {
		const name = requireInner(binding).source;
		const attribute = attributeOf(name);
		const index = binding.index ?? (() => 0);
		const find = (ctx: RequestContext) => {
			const list = ctx.get(branches);
			return { list, branch: list[placeOf(list, index(ctx))] };
		};
		return {
			get(ctx) {
				const { list, branch } = find(ctx);
				if (!branch) return null;
				return attribute ? attribute.get(branch) : list.length;
			},
			set(ctx, value) {
				const { list, branch } = find(ctx);
				if (!branch) return refuse(ctx, `$branch(${name}): there is no such branch`);
				if (name !== 'uri' || value) return attribute?.set(ctx, branch, value) ?? true;
				list.splice(list.indexOf(branch), 1);
				return true;
			},
		};
	},
};

const staticVariable: Variable = {
	names: ['sbranch'],
	doc: 'An attribute of a branch that is on no list; null until its uri is set.',
	bind(binding) {
		refuseIndex(binding);
		const name = requireInner(binding).source;
		const attribute = attributeOf(name);
		return {
			get(ctx): PvValue {
				if (!attribute) return ctx.get(branches).length;
				const branch = ctx.get(staticBranch);
				if (branch.uri !== '') return attribute.get(branch);
				ctx.report('error', '$sbranch: its uri is not set');
				return null;
			},
			set(ctx, value) {
				const branch = ctx.get(staticBranch);
				return attribute?.set(ctx, branch, value) ?? true;
			},
		};
	},
};

const first: Accessor = {
	get: (ctx) => ctx.get(branches)[0]?.uri ?? null,
	set(ctx, value) {
		if (typeof value !== 'string' || value === '') return refuse(ctx, '$br is set to URIs only');
		return addBranch(ctx, { uri: value });
	},
};

/** A branch's weight as SIP writes it: thousandths without zeros at the end. */
function weight({ q }: Branch): string {
	return q === null ? '' : `;q=${Number((q / 1000).toFixed(3))}`;
}

function printed(branch: Branch): string {
	return branch.q === null ? branch.uri : `<${branch.uri}>${weight(branch)}`;
}

/** All URIs, and the one that `$ru` was set to, as a Contact header. */
function destinationSet(ctx: RequestContext): PvValue {
	const own = newRequestUri(ctx);
	const list = [
		...(own === undefined ? [] : [`<${own}>`]),
		...ctx.get(branches).map((branch) => `<${branch.uri}>${weight(branch)}`),
	];
	if (list.length > 0) return `Contact: ${list.join(', ')}`;
	ctx.report('error', '$ds: there are no branches, and $ru is not set');
	return null;
}

/** Branches. */
export const branchVariables: readonly Variable[] = [
	{ names: ['br'], doc: 'The URI of the first branch; setting it adds one. Null without one.', ...first },
	{
		names: ['bR'],
		doc: 'The URIs of all branches, with a comma between them. Null without one.',
		get: (ctx) => ctx.get(branches).map(printed).join(', ') || null,
	},
	branchVariable,
	staticVariable,
	{
		names: ['ds'],
		doc: 'The URIs of $ru, where a script has set it, and of all branches, as a Contact header. Null without one.',
		get: destinationSet,
	},
];
