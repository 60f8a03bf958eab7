/**
 * Rules about arguments that a KSR function refuses, or that lose their value on the way to it.
 *
 * @module
 */
import { convert, MAX_ARGUMENTS } from '../../kemi/arguments.ts';
import type { Parameter } from '../../kemi/module.ts';
import { ForeignValue, type RawValue } from '../../kemi/value.ts';
import { type Facts, type KsrCall, partsOf } from '../facts.ts';
import { type Rule, type RuleFinding, rule } from '../rule.ts';
import type { Expression } from '../tree.ts';

const TYPE_WORDS = { str: 'a string', int: 'an integer', long: 'an integer' } as const;

/** A literal as an engine would hand it over; undefined for what is only known at run time. */
function literalOf(expression: Expression): { value: RawValue; word: string } | undefined {
	switch (expression.kind) {
		case 'string':
			return { value: expression.value, word: `the string ${JSON.stringify(expression.value)}` };
		case 'number':
			return { value: expression.value, word: `the number ${expression.value}` };
		case 'function':
			return { value: new ForeignValue('function'), word: 'a function' };
		case 'literal':
			if (expression.type === 'nil') return { value: null, word: 'nothing (nil or null)' };
			if (expression.type === 'boolean') return { value: true, word: 'a boolean' };
			return { value: new ForeignValue(expression.type), word: `a ${expression.type}` };
		default:
			return undefined;
	}
}

/** Calls whose arguments are checked when they run. In Kamailio's own language its compiler checks them. */
function* checked({
	tree,
	calls,
}: Facts): Generator<KsrCall & { exported: NonNullable<KsrCall['exported']> }> {
	if (tree.language === 'native') return;
	for (const call of calls)
		if (call.exported && !call.exported.declaration.unchecked) yield { ...call, exported: call.exported };
}

/** Values that Kamailio's own language computes; every integer there has 32 bits. */
function* nativeOverflows(facts: Facts): Generator<RuleFinding> {
	if (facts.tree.language !== 'native') return;
	for (const { operator, left, right, at } of facts.binaries) {
		const why = operator === '*' ? tooLarge({ kind: 'binary', at, operator, left, right }, facts) : undefined;
		if (why) yield { at, message: `${why}, and what is left of it is its lower half` };
	}
	for (const number of facts.numbers) {
		const why = tooLarge(number, facts);
		if (why) yield { at: number.at, message: `${why}, and what is left of it is its lower half` };
	}
}

const INT_MAX = 2147483647;
/** What gives seconds or milliseconds since 1970. */
const SECONDS = /^(os\.time|KSR\.\w*time\w*)$/;
const MILLISECONDS = /^(Date\.now|performance\.now)$/;

/** Why an expression does not fit into 32 bits, where that can be told. */
function tooLarge(expression: Expression, facts: Facts): string | undefined {
	if (expression.kind === 'number') {
		const { value } = expression;
		return Math.abs(value) > INT_MAX + 1 ? `${value} has more than 32 bits` : undefined;
	}
	if (expression.kind === 'call' && expression.callee.kind === 'path') {
		const path = facts.resolve(expression.callee.path);
		if (MILLISECONDS.test(path)) return `${path}() has more than 32 bits`;
		if (/^Math\.(floor|round|trunc|ceil)$|^math\.floor$/.test(path) && expression.args[0])
			return tooLarge(expression.args[0], facts);
	}
	if (expression.kind === 'binary' && expression.operator === '*') {
		const sides = [expression.left, expression.right];
		const factor = sides.find((side) => side.kind === 'number' && side.value >= 2);
		if (factor && sides.some((side) => holdsTime(side, facts)))
			return 'a time multiplied has more than 32 bits';
	}
	if (expression.kind === 'binary' && '+-'.includes(expression.operator))
		return tooLarge(expression.left, facts) ?? tooLarge(expression.right, facts);
	return undefined;
}

function holdsTime(expression: Expression, facts: Facts): boolean {
	if (expression.kind === 'call' && expression.callee.kind === 'path') {
		const path = facts.resolve(expression.callee.path);
		const [variable] = expression.args;
		if (SECONDS.test(path) || MILLISECONDS.test(path)) return true;
		if (/^KSR\.pv\.get/.test(path) && variable?.kind === 'string') return /^\$T[sSVb]\b/.test(variable.value);
	}
	return partsOf(expression).some((part) => holdsTime(part, facts));
}

export const ARGUMENT_RULES: readonly Rule[] = [
	rule({
		code: 'KC111',
		name: 'argument-count',
		severity: 'error',
		doc: 'A KSR function gets too few or too many arguments.',
		why: 'The call is refused: an error line, and false for the script (in JavaScript a RangeError where there are too few).',
		bad: 'KSR.hdr.append_to_reply() --!!',
		good: 'KSR.hdr.append_to_reply("X-A: 1\\r\\n")',
		*check(facts) {
			for (const { path, at, args, exported } of checked(facts)) {
				const { params } = exported.declaration;
				const rest = params.at(-1)?.rest === true;
				const wanted = rest ? params.length - 1 : params.length;
				if (args.some((arg) => arg.kind === 'spread' && (arg.parts.length === 0 || args.length <= wanted)))
					continue;
				if (args.length >= wanted && (rest || args.length <= Math.max(wanted, MAX_ARGUMENTS))) {
					if (rest || args.length === wanted) continue;
				}
				const list = params.map((p) => (p.rest ? `${p.name}...` : p.name)).join(', ');
				const takes = list ? `(${list})` : 'no parameters';
				yield {
					at,
					message: `${path} takes ${takes}, here are ${args.length} argument${args.length === 1 ? '' : 's'}`,
				};
			}
		},
	}),
	rule({
		code: 'KC112',
		name: 'argument-type',
		severity: 'error',
		doc: 'A literal cannot be what the parameter wants.',
		why: 'The call is refused: an error line, and false for the script. Numbers are good strings, and digits are good integers; nil, booleans, tables and functions are neither.',
		bad: 'KSR.xhttp.xhttp_reply("two hundred", "OK", "", "") --!!',
		good: 'KSR.xhttp.xhttp_reply(200, "OK", "", "")',
		*check(facts) {
			for (const { path, args, exported } of checked(facts)) {
				const { params } = exported.declaration;
				for (const [i, arg] of args.entries()) {
					const param: Parameter | undefined = params[i] ?? (params.at(-1)?.rest ? params.at(-1) : undefined);
					const literal = literalOf(arg);
					if (!param || !literal || convert(param, literal.value, facts.tree.language) !== undefined)
						continue;
					const message = `${path}: parameter ${i + 1} (${param.name}) must be ${TYPE_WORDS[param.type]}, here is ${literal.word}`;
					yield { at: arg.at, message };
				}
			}
		},
	}),
	rule({
		code: 'KC171',
		name: 'int-overflow',
		severity: 'warning',
		doc: 'A number of more than 32 bits goes to where there are 32.',
		why: "Kamailio's integers have 32 bits: Lua's are cut to their lower half there, JavaScript's to the largest one, and here to the largest one. A text, or seconds in the place of milliseconds, keeps them whole.",
		bad: 'KSR.pv.seti("$var(ms)", os.time() * 1000) --!!',
		good: 'KSR.pv.sets("$var(ms)", tostring(os.time() * 1000))',
		*check(facts) {
			for (const { path, args, exported } of checked(facts))
				for (const [i, arg] of args.entries()) {
					const param = exported.declaration.params[i];
					const why = param?.type === 'int' ? tooLarge(arg, facts) : undefined;
					if (why && param) yield { at: arg.at, message: `${path}: ${param.name} has 32 bits, and ${why}` };
				}
			yield* nativeOverflows(facts);
		},
	}),
];
