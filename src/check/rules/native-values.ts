/**
 * Rules about values in Kamailio's own language: variables that have none, and texts that contain a `$`.
 *
 * @module
 */
import type * as cfg from '../../config/kamailio/ast.ts';
import { nodesOf } from '../../config/kamailio/nodes.ts';
import type { Facts, KsrCall } from '../facts.ts';
import { type Rule, rule } from '../rule.ts';
import type { Expression } from '../tree.ts';
import { isNullable } from './values.ts';

/** Plain variables in a text; with a transformation a variable without a value is empty. */
const VARIABLES = /\$(?:\w+(?:\((?:[^()]|\([^()]*\))*\))?|\(\w+(?:\([^()$]*\))?\))/g;

/** Functions whose text a client or another request gets to see. */
const KEEPS_TEXT = /^(append_|insert_|set_body|jansson_(set|append)|mq_add)/;

const keepsText = ({ path, exported }: KsrCall) =>
	exported?.declaration.sendsReply === true || KEEPS_TEXT.test(path);

/** The header that a variable reads, in lower case. */
const headerOf = (variable: string) => /^\$\(?hdr\(([\w-]+)\)/.exec(variable)?.[1]?.toLowerCase();

/** True if the script asks, here or there, whether the variable has a value. */
function isAskedFor(facts: Facts, variable: string): boolean {
	if (facts.isTested(variable)) return true;
	const header = headerOf(variable);
	return (
		header !== undefined &&
		facts.calls.some(
			({ path, args: [name] }) =>
				path === 'is_present_hf' && name?.kind === 'string' && name.value.toLowerCase() === header,
		)
	);
}

/** True if the script itself gives the variable its value. */
const isAssigned = (facts: Facts, variable: string): boolean =>
	facts.assignments.some(({ target }) => variableOf(target) === variable);

/** The variable that an expression is. */
function variableOf(expression: Expression | undefined): string | undefined {
	if (expression?.kind !== 'call' || expression.callee.kind !== 'path') return undefined;
	const [text] = expression.args;
	return expression.callee.path === 'KSR.pv.get' && text?.kind === 'string' ? text.value : undefined;
}

/** The variables of the script's own that are compared with a number, by which it knows what became of nothing. */
function comparedWithNumbers({ binaries }: Facts): Set<string> {
	const names = new Set<string>();
	for (const { left, right } of binaries)
		for (const [side, other] of [
			[left, right],
			[right, left],
		] as const)
			if (side.kind === 'path' && other.kind === 'number') names.add(side.path);
	return names;
}

/** What a condition assigns. */
function* assignmentsIn(node: cfg.Expression): Generator<cfg.AssignmentStatement> {
	if (node.kind === 'assignment-expression') yield node.assignment;
	if (node.kind === 'unary') yield* assignmentsIn(node.operand);
	if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
		yield* assignmentsIn(node.left);
		yield* assignmentsIn(node.right);
	}
}

/** Rules for Kamailio's own language only. */
export const NATIVE_VALUE_RULES: readonly Rule[] = [
	rule({
		code: 'KC142',
		name: 'null-in-text',
		severity: 'warning',
		language: 'native',
		doc: 'A variable that may be null stands in a text that is sent or kept.',
		why: 'It reads `<null>` there. Ask for it first ($hdr(X-Key) != $null), or join it by +, where null is empty.',
		bad: 'xhttp_reply("200", "OK", "text/plain", "agent $ua"); #!!',
		good: '$var(agent) = "agent " + $ua;\nxhttp_reply("200", "OK", "text/plain", "$var(agent)");',
		*check(facts) {
			if (facts.tree.language !== 'native') return;
			for (const call of facts.calls) {
				if (!keepsText(call)) continue;
				for (const [index, arg] of call.args.entries()) {
					const param = call.exported?.declaration.params[index];
					if (arg.kind !== 'string' || param?.type !== 'str' || param.cfg) continue;
					for (const [found] of arg.value.matchAll(VARIABLES))
						if (isNullable(found) && !isAskedFor(facts, found) && !isAssigned(facts, found))
							yield {
								...{ at: arg.at, part: found },
								message: `${found} may be null, and the text then reads "<null>"`,
								hint: `ask first: if (${found} != $null)`,
							};
				}
			}
		},
	}),
	rule({
		code: 'KC143',
		name: 'null-to-var',
		severity: 'warning',
		language: 'native',
		doc: '`$var(x)` gets a value that may be null.',
		why: 'A $var is never null: it becomes the integer 0, which is neither $null nor an empty text. Join it with a text, which gives an empty one, or ask for it first.',
		bad: '$var(key) = $hdr(X-Key); #!!\nif ($var(key) == "") exit;',
		good: '$var(key) = $hdr(X-Key) + "";\nif ($var(key) == "") exit;',
		*check(facts) {
			if (facts.tree.language !== 'native') return;
			const known = comparedWithNumbers(facts);
			for (const { target, value } of facts.assignments) {
				const source = variableOf(value);
				if (target.kind !== 'path' || source === undefined || known.has(target.path)) continue;
				if (isNullable(source) && !source.includes('{') && !isAskedFor(facts, source))
					yield {
						at: target.at,
						message: `${source} may be null, and ${target.path} is the integer 0 then`,
						hint: `${target.path} = ${source} + ""; gives an empty text`,
					};
			}
		},
	}),
	rule({
		code: 'KC145',
		name: 'assignment-as-condition',
		severity: 'warning',
		language: 'native',
		doc: 'A condition assigns.',
		why: 'It is always true, since the assignment succeeds; == compares.',
		bad: 'if ($var(x) = 1) { #!!\n\txinfo("$var(x)\\n");\n}',
		good: '$var(x) = 1;\nif ($var(x) == 1) {\n\txinfo("$var(x)\\n");\n}',
		*check({ tree: { config } }) {
			for (const node of nodesOf(config?.routes))
				if (node.kind === 'if' || node.kind === 'while')
					for (const { at, target } of assignmentsIn((node as cfg.IfStatement).condition))
						yield { at, message: `this sets ${target.text}`, hint: 'compare by ==' };
		},
	}),
	rule({
		code: 'KC144',
		name: 'text-not-expanded',
		severity: 'warning',
		language: 'native',
		doc: 'A string that is assigned or compared holds a variable.',
		why: 'Only the parameters of functions are formats: elsewhere a string is what it is, dollar sign and all. Join the parts by +, or let $_s(…) expand it.',
		bad: '$var(text) = "hello $si"; #!!\nxinfo("$var(text)\\n");',
		good: '$var(text) = "hello " + $si;\nxinfo("$var(text)\\n");',
		*check(facts) {
			if (facts.tree.language !== 'native') return;
			const values = facts.assignments.map(({ value }) => value);
			const operands = facts.binaries
				.filter(({ operator }) => operator !== '=~')
				.flatMap(({ left, right }) => [left, right]);
			for (const text of [...values, ...operands])
				if (text?.kind === 'string')
					for (const [found] of text.value.matchAll(VARIABLES))
						if (facts.wrongVariable(found) === undefined)
							yield {
								...{ at: text.at, part: found },
								message: `${found} is not expanded in this string`,
								hint: `join it: "text " + ${found}`,
							};
		},
	}),
];
