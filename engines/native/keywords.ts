/**
 * The core's keywords that can be compared: `method`, `uri`, `src_ip`, `proto` and the like (core/route.c: comp_str,
 * comp_ip, comp_num).
 *
 * @module
 */
import type { CoreComparison, CoreKeyword, Network, Protocol } from '../../src/config/kamailio/ast.ts';
import type { Problems } from '../../src/config/kamailio/problem.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import { compilePosix } from '../../src/pv/posix-regex.ts';
import { messageLength } from '../../src/pv/variables/request.ts';
import { constant, type Evaluator, integer } from './evaluator.ts';
import { integerOperation } from './integers.ts';
import { networkTest } from './networks.ts';

const ADDRESSES: Partial<Record<CoreKeyword, (ctx: RequestContext) => string>> = {
	src_ip: (ctx) => ctx.request.connection.remote.address,
	dst_ip: (ctx) => ctx.request.connection.local.address,
};

const TEXTS: Partial<Record<CoreKeyword, (ctx: RequestContext) => string>> = {
	method: (ctx) => ctx.request.method,
	uri: (ctx) => ctx.request.target,
};

/** Kamailio's numbers for transports and address families ($prid, $af). */
const PROTOCOLS: Readonly<Record<Protocol, number>> = { udp: 1, tcp: 2, tls: 3, sctp: 4, ws: 5, wss: 6 };
const INET = 2;
const INET6 = 10;

const NUMBERS: Partial<Record<CoreKeyword, (ctx: RequestContext) => number>> = {
	src_port: (ctx) => ctx.request.connection.remote.port,
	dst_port: (ctx) => ctx.request.connection.local.port,
	proto: (ctx) => (ctx.request.connection.secure ? PROTOCOLS.tls : PROTOCOLS.tcp),
	af: (ctx) => (ctx.request.connection.remote.address.includes(':') ? INET6 : INET),
	'msg:len': messageLength,
};

const OPERATORS = {
	'==': 'ieq',
	'!=': 'ine',
	'<': '<',
	'>': '>',
	'<=': '<=',
	'>=': '>=',
} as const;

const isOwn = (ctx: RequestContext, address: string) =>
	ctx.host.addresses.some((own) => own.address === address);

/** What a comparison compares the keyword with, where it is a constant text. */
function textOf(right: Evaluator | undefined): string | undefined {
	return right?.constant === undefined ? undefined : String(right.constant);
}

/**
 * Compiles the comparison of a keyword. Keywords about what HTTP does not have (`from_uri`, `snd_ip`) are never equal to
 * anything.
 * @param right the right operand, where it is an expression
 */
export function coreComparison(
	node: CoreComparison,
	right: Evaluator | undefined,
	problems: Problems,
): Evaluator {
	const number = NUMBERS[node.subject];
	if (number) return compareNumber(node, number, right, problems);
	const read = TEXTS[node.subject] ?? ADDRESSES[node.subject];
	if (!read) return constant(node.operator === '!=' ? 1 : 0);
	const test = textTest(node, right, problems);
	const [hit, miss] = node.operator === '!=' ? [0, 1] : [1, 0];
	return integer((run) => (test(run.ctx, read(run.ctx)) ? hit : miss));
}

function compareNumber(
	node: CoreComparison,
	number: (ctx: RequestContext) => number,
	right: Evaluator | undefined,
	problems: Problems,
): Evaluator {
	const left = integer((run) => number(run.ctx));
	if (node.operator === '=~') {
		problems.error(node.at, `${node.subject} is a number and cannot be matched`);
		return constant(0);
	}
	if (node.right.kind === 'protocol') {
		const { protocol } = node.right;
		if (protocol === '*') return constant(node.operator === '!=' ? 0 : 1);
		return integerOperation(OPERATORS[node.operator], left, constant(PROTOCOLS[protocol]));
	}
	if (node.right.kind === 'myself' && /_port$/.test(node.subject)) {
		const [hit, miss] = node.operator === '!=' ? [0, 1] : [1, 0];
		return integer(({ ctx }) => (ctx.host.addresses.some(({ port }) => port === number(ctx)) ? hit : miss));
	}
	if (!right || right.type === 'str') {
		problems.error(node.right.at, `${node.subject} is a number; it cannot be compared with this`);
		return constant(0);
	}
	return integerOperation(OPERATORS[node.operator], left, right);
}

type TextTest = (ctx: RequestContext, value: string) => boolean;

const NEVER: TextTest = () => false;

function textTest(node: CoreComparison, right: Evaluator | undefined, problems: Problems): TextTest {
	const isAddress = node.subject in ADDRESSES;
	if (node.right.kind === 'myself') return isAddress ? isOwn : NEVER;
	if (node.right.kind === 'network') return isAddress ? networkOf(node.right, problems) : NEVER;
	const text = node.right.kind === 'word' ? node.right.text : textOf(right);
	if (node.operator === '=~') {
		if (text === undefined) return dynamicTest(node, right, problems);
		const regex = compilePosix(text, { ignoreCase: true });
		if (typeof regex === 'string') {
			problems.error(node.right.at, regex);
			return NEVER;
		}
		return (_ctx, value) => regex.test(value);
	}
	if (node.operator !== '==' && node.operator !== '!=') {
		problems.error(node.at, `${node.subject} can be compared with ==, != and =~ only`);
		return NEVER;
	}
	if (text === undefined) return dynamicTest(node, right, problems);
	// methods are the same in any case; a text that names an address is one; so are host names that resolve to it
	const lower = text.toLowerCase();
	if (node.subject === 'method') return (_ctx, value) => value.toLowerCase() === lower;
	return (_ctx, value) => value === text;
}

/** A right side that is known only when it runs. */
function dynamicTest(node: CoreComparison, right: Evaluator | undefined, problems: Problems): TextTest {
	problems.error(
		node.right.at,
		`${node.subject} can be compared with a constant only`,
		right ? `compare a variable: $rm, $hu, $si` : undefined,
	);
	return NEVER;
}

function networkOf({ at, address, mask }: Network, problems: Problems): TextTest {
	const test = networkTest(address, mask);
	if (typeof test === 'string') {
		problems.error(at, test);
		return NEVER;
	}
	return (_ctx, value) => test(value);
}
