/**
 * Expressions of `#!ifexp` and `#!defexp`: numbers, strings and names of defines (core/utils/snexpr.h).
 *
 * The left operand decides whether `+` adds or joins and how values are compared. A name that is not defined is 0,
 * one without a value is 1.
 *
 * @module
 */
import { type Defines, DirectiveError } from './defines.ts';

type Value = number | string;

const TOKEN =
	/[ \t\r]*(?:(\d[\d.]*)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([A-Za-z_]\w*)|(\*\*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>&|^!()]))/y;

/** How tight each operator binds: the higher, the tighter. */
const PRECEDENCE: Readonly<Record<string, number>> = {
	'||': 1,
	'&&': 2,
	'^': 3,
	'|': 4,
	'&': 5,
	'<': 6,
	'<=': 6,
	'>': 6,
	'>=': 6,
	'==': 6,
	'!=': 6,
	'<<': 7,
	'>>': 7,
	'+': 8,
	'-': 8,
	'*': 9,
	'/': 9,
	'%': 9,
	'**': 9,
};

/** Parentheses and unary operators may nest this deep. */
const DEEPEST = 100;

const toNumber = (value: Value) => (typeof value === 'number' ? value : Number.parseFloat(value) || 0);
const truth = (value: boolean) => (value ? 1 : 0);

const COMPARE: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
	'<': (a, b) => a < b,
	'<=': (a, b) => a <= b,
	'>': (a, b) => a > b,
	'>=': (a, b) => a >= b,
	'==': (a, b) => a === b,
	'!=': (a, b) => a !== b,
};

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'%': (a, b) => a % b,
	'**': (a, b) => a ** b,
	'<<': (a, b) => a << b,
	'>>': (a, b) => a >> b,
	'&': (a, b) => a & b,
	'|': (a, b) => a | b,
	'^': (a, b) => a ^ b,
	'&&': (a, b) => (a && b ? b : 0),
	'||': (a, b) => a || b,
	'/'(a, b) {
		if (b === 0) throw new DirectiveError('division by zero');
		return a / b;
	},
};

function apply(operator: string, left: Value, right: Value): Value {
	const compare = COMPARE[operator];
	if (compare)
		return truth(typeof left === 'number' ? compare(left, toNumber(right)) : compare(left, String(right)));
	if (operator === '+') return typeof left === 'string' ? left + String(right) : left + toNumber(right);
	return (ARITHMETIC[operator] as (a: number, b: number) => number)(toNumber(left), toNumber(right));
}

/** Reads and evaluates in one go. */
class Evaluation {
	readonly #source: string;
	readonly #defines: Defines;
	#at = 0;
	#token: RegExpExecArray | null = null;

	constructor(source: string, defines: Defines) {
		this.#source = source;
		this.#defines = defines;
		this.#next();
	}

	whole(): Value {
		const value = this.#binary(1, 0);
		if (this.#at <= this.#source.length && this.#token) this.#unexpected();
		return value;
	}

	#next(): void {
		TOKEN.lastIndex = this.#at;
		this.#token = TOKEN.exec(this.#source);
		if (this.#token) this.#at = TOKEN.lastIndex;
		else if (this.#source.slice(this.#at).trim()) this.#unexpected();
	}

	#unexpected(): never {
		const text = this.#token?.[0].trim() ?? this.#source.slice(this.#at).trim();
		throw new DirectiveError(
			text ? `unexpected "${text}" in the expression` : 'the expression is not complete',
		);
	}

	#binary(least: number, depth: number): Value {
		let left = this.#operand(depth);
		for (;;) {
			const operator = this.#token?.[5] ?? '';
			const precedence = PRECEDENCE[operator] ?? 0;
			if (precedence < least) return left;
			this.#next();
			left = apply(operator, left, this.#binary(precedence + 1, depth + 1));
		}
	}

	#operand(depth: number): Value {
		const token = this.#token;
		if (!token || depth > DEEPEST) this.#unexpected();
		const [, number, double, single, name, operator] = token;
		this.#next();
		if (number !== undefined) return Number.parseFloat(number);
		if (double !== undefined || single !== undefined) return (double ?? single ?? '').replace(/\\(.)/g, '$1');
		if (name !== undefined) return this.#define(name);
		switch (operator) {
			case '-':
				return -toNumber(this.#operand(depth + 1));
			case '!':
				return truth(toNumber(this.#operand(depth + 1)) === 0);
			case '^':
				return ~toNumber(this.#operand(depth + 1));
			case '(': {
				const value = this.#binary(1, depth + 1);
				if (this.#token?.[5] !== ')') this.#unexpected();
				this.#next();
				return value;
			}
			default:
				throw new DirectiveError(`unexpected "${operator}" in the expression`);
		}
	}

	#define(name: string): Value {
		const value = this.#defines.get(name);
		if (value === undefined) return 0;
		if (value === '') return 1;
		return /^(["']).*\1$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value;
	}
}

/**
 * Evaluates an expression.
 * @throws DirectiveError for one that is none
 */
export function evaluate(source: string, defines: Defines): Value {
	return new Evaluation(source, defines).whole();
}

/** Whether an expression holds: a number other than 0, a string that is not empty. */
export function holds(source: string, defines: Defines): boolean {
	const value = evaluate(source, defines);
	return value !== 0 && value !== '';
}
