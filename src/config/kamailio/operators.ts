/**
 * Turns a sequence of operands and operators into a tree, by the operators' precedence (the list in core/cfg.y).
 *
 * @module
 */
import type {
	BinaryOperator,
	CoreComparison,
	CoreKeyword,
	Expression,
	Network,
	Position,
	ProtocolName,
	UnaryOperator,
	Word,
} from './ast.ts';

/** A keyword of the core before what it is compared with is known. */
interface CoreWordOperand {
	readonly kind: 'core-word';
	readonly at: Position;
	readonly keyword: CoreKeyword | 'myself';
}

/** What can stand where an operand stands; not all of it is a value. */
export type Operand = Expression | Word | Network | ProtocolName | CoreWordOperand;

/** An operator or a prefix as written. */
interface Written {
	readonly text: string;
	readonly at: Position;
}

/** An operand with its prefixes, and the operator in front of it; the first has none. */
export interface Piece {
	readonly prefixes: readonly Written[];
	readonly operand: Operand;
	readonly operator?: Written;
}

/** Takes a problem. */
export type Report = (at: Position, message: string, hint?: string) => void;

/** From the loosest to the tightest. */
const LEVELS: readonly (readonly string[])[] = [
	['or', '||'],
	['and', '&&'],
	['|'],
	['&'],
	['^'],
	['<<'],
	['>>'],
	['==', '!=', '=~', 'eq', 'ne', 'ieq', 'ine'],
	['<', '>', '<=', '>='],
	['+', '-'],
	['*', '/', 'mod'],
];

const PRECEDENCE: ReadonlyMap<string, number> = new Map(
	LEVELS.flatMap((operators, level) => operators.map((operator) => [operator, level + 1] as const)),
);

const BINARY_NAMES: Readonly<Record<string, BinaryOperator>> = { '||': 'or', '&&': 'and' };
const UNARY_NAMES: Readonly<Record<string, UnaryOperator>> = { '!': 'not' };

/** Comparisons that a keyword of the core takes, with what `eq` and `ne` mean there. */
const COMPARISONS: Readonly<Record<string, CoreComparison['operator']>> = {
	'==': '==',
	eq: '==',
	'!=': '!=',
	ne: '!=',
	'=~': '=~',
	'<': '<',
	'>': '>',
	'<=': '<=',
	'>=': '>=',
};

/** Which of them: texts and addresses are matched, numbers are measured, a protocol is one or another. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	text: ['==', '!=', '=~'],
	number: ['==', '!=', '<', '>', '<=', '>='],
	protocol: ['==', '!='],
};

const KIND_OF: Readonly<Record<CoreKeyword, keyof typeof ALLOWED>> = {
	method: 'text',
	uri: 'text',
	from_uri: 'text',
	to_uri: 'text',
	src_ip: 'text',
	dst_ip: 'text',
	snd_ip: 'text',
	to_ip: 'text',
	src_port: 'number',
	dst_port: 'number',
	snd_port: 'number',
	to_port: 'number',
	af: 'number',
	snd_af: 'number',
	'msg:len': 'number',
	proto: 'protocol',
	snd_proto: 'protocol',
};

/**
 * An operand as a value.
 * @param report told of what is none: a bare word, an address, a keyword that is not compared
 */
export function toValue(operand: Operand | undefined, report: Report): Expression {
	const stand = (at: Position): Expression => ({ kind: 'string', at, value: '' });
	// after an error there may be nothing at all
	if (!operand) return stand({ file: '', line: 0, column: 0 });
	switch (operand.kind) {
		case 'word':
			report(
				operand.at,
				`${operand.text} is neither a value nor a define`,
				`quote it: "${operand.text}", or call it: ${operand.text}()`,
			);
			return stand(operand.at);
		case 'network':
			report(
				operand.at,
				'an address can only be compared with src_ip and its like',
				`quote it: "${operand.address}"`,
			);
			return stand(operand.at);
		case 'protocol':
			report(operand.at, 'a protocol can only be compared with proto', 'proto == TCP');
			return stand(operand.at);
		case 'core-word':
			report(
				operand.at,
				`${operand.keyword} cannot stand alone`,
				operand.keyword === 'myself' ? 'uri == myself' : `compare it: ${operand.keyword} == ...`,
			);
			return stand(operand.at);
		default:
			return operand;
	}
}

/** An expression has at most so many operands, and operators in front of them: each stands in the next, and whoever walks through them goes as deep. */
const MOST_OPERATORS = 1000;

/** Reads pieces from the left. */
class Combiner {
	readonly #pieces: readonly Piece[];
	readonly #report: Report;
	#next = 0;

	constructor(pieces: readonly Piece[], report: Report) {
		this.#pieces = pieces;
		this.#report = report;
	}

	/** The expression from here, up to the first operator that binds less than `least`. */
	expression(least: number): Operand {
		let left = this.#operand();
		for (let operator = this.#operator(least); operator; operator = this.#operator(least)) {
			const right = this.#value(this.expression((PRECEDENCE.get(operator.text) ?? 0) + 1));
			const value = this.#value(left);
			left = {
				kind: 'binary',
				at: value.at,
				operator: BINARY_NAMES[operator.text] ?? (operator.text as BinaryOperator),
				left: value,
				right,
				operatorAt: operator.at,
			};
		}
		return left;
	}

	#value(operand: Operand): Expression {
		return toValue(operand, this.#report);
	}

	/** The operator in front of the next piece, where it binds at least so tight. */
	#operator(least: number): Written | undefined {
		const operator = this.#pieces[this.#next]?.operator;
		return operator && (PRECEDENCE.get(operator.text) ?? 0) >= least ? operator : undefined;
	}

	/** One operand: with its prefixes, and with what it is compared with where it is a keyword of the core. */
	#operand(): Operand {
		const { prefixes, operand } = this.#pieces[this.#next++] as Piece;
		let result: Operand = operand?.kind === 'core-word' ? this.#comparison(operand) : operand;
		for (const { text, at } of prefixes.toReversed()) {
			if (text === '-' && result?.kind === 'int' && !result.text.startsWith('-')) {
				result = { ...result, at, value: -result.value | 0, text: `-${result.text}` };
				continue;
			}
			const operator = UNARY_NAMES[text] ?? (text as UnaryOperator);
			result = { kind: 'unary', at, operator, operand: this.#value(result) };
		}
		return result;
	}

	#comparison(word: CoreWordOperand): Operand {
		const written = this.#pieces[this.#next]?.operator;
		const operator = COMPARISONS[written?.text ?? ''];
		if (!written || !operator) return word;
		const right = this.expression((PRECEDENCE.get(written.text) ?? 0) + 1);
		const { at, keyword } = word;
		if (keyword === 'myself') {
			if (right.kind === 'core-word' && right.keyword !== 'myself')
				return this.#checked({
					kind: 'core-comparison',
					at,
					subject: right.keyword,
					operator,
					right: { kind: 'myself', at },
				});
			this.#report(at, 'myself is compared with an uri or an address', 'uri == myself');
			return word;
		}
		return this.#checked({
			kind: 'core-comparison',
			at,
			subject: keyword,
			operator,
			right: this.#compared(keyword, right),
		});
	}

	/** What a keyword is compared with: more than values. */
	#compared(keyword: CoreKeyword, right: Operand): CoreComparison['right'] {
		const address = /_ip$/.test(keyword);
		if (right.kind === 'core-word' && right.keyword === 'myself' && (address || /uri$/.test(keyword)))
			return { kind: 'myself', at: right.at };
		if (right.kind === 'network' && address) return right;
		if (right.kind === 'word' && (address || keyword === 'method')) return right;
		if (right.kind === 'protocol' && KIND_OF[keyword] === 'protocol') return right;
		return this.#value(right);
	}

	#checked(comparison: CoreComparison): CoreComparison {
		const allowed = ALLOWED[KIND_OF[comparison.subject] ?? 'text'] ?? [];
		if (!allowed.includes(comparison.operator))
			this.#report(
				comparison.at,
				`${comparison.subject} cannot be compared by ${comparison.operator}`,
				`it can by ${allowed.join(', ')}`,
			);
		return comparison;
	}
}

/** The tree of a row of pieces. */
export function combine(pieces: readonly Piece[], report: Report): Operand {
	const count = pieces.reduce((sum, { prefixes }) => sum + 1 + prefixes.length, 0);
	if (count > MOST_OPERATORS) {
		const [{ prefixes, operand }] = pieces as readonly [Piece];
		const { at } = prefixes[0] ?? operand;
		report(at, `this expression has more than ${MOST_OPERATORS} operands and operators`);
		return { kind: 'string', at, value: '' };
	}
	return new Combiner(pieces, report).expression(1);
}
