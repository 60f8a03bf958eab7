/**
 * The grammar of routes: statements and expressions (core/cfg.y).
 *
 * @module
 */
import type { IToken } from 'chevrotain';
import { suggest } from '../../kemi/suggest.ts';
import type * as Ast from './ast.ts';
import { combine, type Operand, type Piece, toValue } from './operators.ts';
import * as T from './tokens.ts';
import { cfg, emptyText, NOWHERE, variable, WordParser } from './word-parser.ts';

/** Functions of the core that may go without parentheses (core/cfg.y). */
const BARE_CALLS: ReadonlySet<string> = new Set([
	'add_local_rport',
	'add_rport',
	'add_tcp_alias',
	'force_rport',
	'force_tcp_alias',
	'revert_uri',
	'set_forward_close',
	'set_forward_no_connect',
	'set_reply_close',
	'set_reply_no_connect',
]);

/** What looks like a call; a word is none. */
type Called = Ast.Call | Ast.RouteCall | Ast.Word;

/** The rules of statements and expressions. */
export class RouteParser extends WordParser {
	#report = (at: Ast.Position, message: string, hint?: string) => this.problem(at, message, hint);

	#value = (operand: Operand | undefined): Ast.Expression => toValue(operand, this.#report);

	// ---- Statements

	protected block = this.RULE('block', (): { body: Ast.Statement[]; end: Ast.Position } => {
		const body: Ast.Statement[] = [];
		const open = cfg(this.CONSUME(T.LBrace));
		let any = false;
		this.MANY(() => {
			any = true;
			const statement = this.SUBRULE(this.statement);
			if (statement) body.push(statement);
		});
		const end = cfg(this.CONSUME(T.RBrace)).at;
		if (!any)
			this.problem(open.at, 'a block must not be empty', 'Kamailio wants a statement: `{ ; }` does nothing');
		return { body, end };
	});

	protected statement = this.RULE('statement', (): Ast.Statement | undefined =>
		this.OR([
			{
				ALT: (): Ast.Statement | undefined => {
					this.CONSUME(T.Semicolon);
					return undefined;
				},
			},
			{ ALT: (): Ast.Statement | undefined => this.SUBRULE(this.ifStatement) },
			{ ALT: (): Ast.Statement | undefined => this.SUBRULE(this.whileStatement) },
			{ ALT: (): Ast.Statement | undefined => this.SUBRULE(this.switchStatement) },
			{ ALT: (): Ast.Statement | undefined => this.SUBRULE(this.leaveStatement) },
			{
				ALT: (): Ast.Statement | undefined => {
					const statement = this.SUBRULE(this.assignment);
					this.CONSUME2(T.Semicolon);
					return statement;
				},
			},
			{
				ALT: (): Ast.Statement | undefined => {
					const call: Called | undefined = this.SUBRULE(this.call);
					let block: IToken | undefined;
					this.OPTION(() => {
						block = this.SUBRULE(this.misspeltBlock);
					});
					if (block && !this.RECORDING_PHASE) this.#notAKeyword(call, block);
					else this.CONSUME3(T.Semicolon);
					if (call?.kind === 'word') this.#notACall(call);
					return call && call.kind !== 'word' ? { kind: 'call-statement', at: call.at, call } : undefined;
				},
			},
		]),
	);

	/** What a misspelt `if` or `switch` governs: it is read for the errors in it. */
	protected misspeltBlock = this.RULE('misspeltBlock', (): IToken => {
		const open = this.CONSUME(T.LBrace);
		this.MANY(() => {
			this.OR([{ ALT: () => this.SUBRULE(this.statement) }, { ALT: () => this.SUBRULE(this.switchCase) }]);
		});
		this.CONSUME(T.RBrace);
		return open;
	});

	#notAKeyword(call: Called | undefined, open: IToken | undefined): void {
		const name = call?.kind === 'call' ? call.name : call?.kind === 'word' ? call.text : 'route';
		const near = suggest(name, ['if', 'while', 'switch', 'else']);
		const hint = near ? `did you mean ${near}?` : 'a call ends with a semicolon';
		this.problem(cfg(open).at, `${name} cannot govern a block`, hint);
	}

	#notACall({ at, text }: Ast.Word): void {
		this.problem(at, `${text} does nothing by itself`, `a function is called with parentheses: ${text}()`);
	}

	/** What `if` and `while` govern. */
	protected body = this.RULE('body', (): Ast.Statement[] =>
		this.OR([
			{ ALT: (): Ast.Statement[] => this.SUBRULE(this.block)?.body ?? [] },
			{
				ALT: (): Ast.Statement[] => {
					const statement = this.SUBRULE(this.statement);
					return statement ? [statement] : [];
				},
			},
		]),
	);

	protected ifStatement = this.RULE('ifStatement', (): Ast.IfStatement => {
		const { at } = cfg(this.CONSUME(T.If));
		const condition = this.#value(this.SUBRULE(this.expression));
		const body = this.SUBRULE(this.body) ?? [];
		let otherwise: Ast.Statement[] | undefined;
		this.OPTION(() => {
			this.CONSUME(T.Else);
			otherwise = this.SUBRULE2(this.body) ?? [];
		});
		return { kind: 'if', at, condition, body, otherwise };
	});

	protected whileStatement = this.RULE('whileStatement', (): Ast.WhileStatement => {
		const { at } = cfg(this.CONSUME(T.While));
		const condition = this.#value(this.SUBRULE(this.expression));
		return { kind: 'while', at, condition, body: this.SUBRULE(this.body) ?? [] };
	});

	protected switchStatement = this.RULE('switchStatement', (): Ast.SwitchStatement => {
		const { at } = cfg(this.CONSUME(T.Switch));
		const subject = this.#value(this.SUBRULE(this.expression));
		const cases: Ast.SwitchCase[] = [];
		this.CONSUME(T.LBrace);
		this.MANY(() => {
			cases.push(this.SUBRULE(this.switchCase));
		});
		this.CONSUME(T.RBrace);
		const [, second] = cases.filter((one) => one?.match === 'default');
		if (second) this.problem(second.at, 'this switch has a second default');
		return { kind: 'switch', at, subject, cases };
	});

	protected switchCase = this.RULE('switchCase', (): Ast.SwitchCase => {
		let match: Ast.SwitchCase['match'] = 'default';
		let label: Ast.Expression | undefined;
		const { at } = cfg(
			this.OR([
				{
					ALT: () => {
						const word = this.CONSUME(T.Case);
						match = 'value';
						this.OPTION(() => {
							this.CONSUME(T.Slash);
							match = 'regex';
						});
						label = this.#value(this.SUBRULE(this.expression));
						return word;
					},
				},
				{ ALT: () => this.CONSUME(T.Default) },
			]),
		);
		this.CONSUME(T.Colon);
		const body: Ast.Statement[] = [];
		this.MANY(() => {
			const statement = this.SUBRULE(this.statement);
			if (statement) body.push(statement);
		});
		return { at, match, label, body };
	});

	protected leaveStatement = this.RULE('leaveStatement', (): Ast.LeaveStatement => {
		let value: Ast.Expression | undefined;
		const word = cfg(
			this.OR([
				{ ALT: () => this.CONSUME(T.Break) },
				{
					ALT: () => {
						const leave = this.CONSUME(T.Leave);
						this.OR2([
							{
								GATE: () => T.is(this.LA(2), T.RParen),
								ALT: () => {
									this.CONSUME(T.LParen);
									this.CONSUME(T.RParen);
								},
							},
							{
								GATE: () => !T.is(this.LA(1), T.Semicolon),
								ALT: () => {
									value = this.#value(this.SUBRULE(this.expression));
								},
							},
							{ ALT: () => {} },
						]);
						return leave;
					},
				},
			]),
		);
		this.CONSUME(T.Semicolon);
		return { kind: 'leave', at: word.at, how: word.image as Ast.LeaveStatement['how'], value };
	});

	protected assignment = this.RULE('assignment', (): Ast.AssignmentStatement => {
		const target = variable(this.CONSUME(T.Variable));
		this.CONSUME(T.Equals);
		return { kind: 'assignment', at: target.at, target, value: this.#value(this.SUBRULE(this.expression)) };
	});

	/** `name(…)`, `route(…)`; a name alone is for those functions of the core that take no parentheses. */
	protected call = this.RULE(
		'call',
		(): Called =>
			this.OR([
				{
					ALT: (): Called => {
						const { at } = cfg(this.CONSUME(T.RouteWord));
						this.CONSUME(T.LParen);
						const operand = this.SUBRULE(this.expression);
						this.CONSUME(T.RParen);
						return { kind: 'route-call', at, route: this.#routeNameOf(operand) };
					},
				},
				{
					ALT: (): Called => {
						const word = cfg(this.CONSUME(T.Word));
						let args: (Ast.Expression | Ast.Word)[] | undefined;
						this.OPTION(() => {
							args = [];
							this.CONSUME2(T.LParen);
							this.MANY_SEP({
								SEP: T.Comma,
								DEF: () => {
									args?.push(this.SUBRULE(this.argument) ?? emptyText(word.at));
								},
							});
							this.CONSUME2(T.RParen);
						});
						if (!args && !BARE_CALLS.has(word.image)) return { kind: 'word', at: word.at, text: word.image };
						return { kind: 'call', at: word.at, name: word.image, args: args ?? [] };
					},
				},
			]),
	);

	/** What a function takes: an expression, a bare word, or where something is to be sent. */
	protected argument = this.RULE('argument', (): Ast.Expression | Ast.Word =>
		this.OR([
			{
				GATE: () => this.#isPeer(),
				ALT: (): Ast.Expression | Ast.Word => this.SUBRULE(this.peer),
			},
			{
				ALT: (): Ast.Expression | Ast.Word => {
					const operand = this.SUBRULE(this.expression);
					return operand?.kind === 'word' ? operand : this.#value(operand);
				},
			},
		]),
	);

	/** True before an address that is all of an argument, and before anything with a port. */
	#isPeer(): boolean {
		const [first, next] = [this.LA(1), this.LA(2)];
		const isAddress = T.is(first, T.Ipv4) || T.is(first, T.Ipv6);
		const isBracketed = T.is(first, T.LBracket);
		return isBracketed || T.is(next, T.Colon) || (isAddress && (T.is(next, T.Comma) || T.is(next, T.RParen)));
	}

	/** `tls:10.0.0.1:5061`, which functions of the core take without quotes. */
	protected peer = this.RULE('peer', (): Ast.Word => {
		const { at } = cfg(this.LA(1));
		const parts: string[] = [];
		this.OPTION(() => {
			parts.push(cfg(this.CONSUME(T.ProtocolWord)).image);
			this.CONSUME(T.Colon);
		});
		parts.push(this.SUBRULE(this.bareHost) ?? '');
		this.OPTION2(() => {
			this.CONSUME2(T.Colon);
			parts.push(cfg(this.CONSUME(T.Int)).image);
		});
		return { kind: 'word', at, text: parts.join(':') };
	});

	/** A bare name and a number stand for their texts. */
	#routeNameOf(operand: Operand | undefined): Ast.Expression {
		if (operand?.kind === 'word') return { kind: 'string', at: operand.at, value: operand.text };
		if (operand?.kind === 'int') return { kind: 'string', at: operand.at, value: String(operand.value) };
		return this.#value(operand);
	}

	// ---- Expressions

	/** Operands and operators in a row; `combine` makes a tree of them by how tight operators bind. */
	protected expression = this.RULE('expression', (): Operand => {
		const pieces: Piece[] = [this.SUBRULE(this.prefixed)];
		this.MANY(() => {
			const operator = cfg(this.CONSUME(T.BinaryOp));
			const piece = this.SUBRULE2(this.prefixed);
			pieces.push({ ...piece, operator: { text: operator.image, at: operator.at } });
		});
		return this.ACTION(() => combine(pieces, this.#report));
	});

	protected prefixed = this.RULE(
		'prefixed',
		(): Piece => {
			const prefixes: { text: string; at: Ast.Position }[] = [];
			this.MANY(() => {
				const token = cfg(
					this.OR([{ ALT: () => this.CONSUME(T.PrefixOp) }, { ALT: () => this.CONSUME(T.Minus) }]),
				);
				prefixes.push({ text: token.image, at: token.at });
			});
			const operand = this.SUBRULE(this.operand) ?? emptyText(NOWHERE);
			return { prefixes, operand };
		},
		{ recoveryValueFunc: () => ({ prefixes: [], operand: emptyText(NOWHERE) }) },
	);

	protected operand = this.RULE(
		'operand',
		(): Operand =>
			this.OR([
				{
					ALT: (): Operand => {
						const token = cfg(this.CONSUME(T.Int));
						return { kind: 'int', at: token.at, value: Number(token.value), text: token.image };
					},
				},
				{ ALT: (): Operand => this.SUBRULE(this.text) },
				{ ALT: (): Operand => variable(this.CONSUME(T.Variable)) },
				{
					ALT: (): Operand => {
						const token = cfg(this.CONSUME(T.SelectPath));
						return {
							kind: 'select',
							at: token.at,
							text: String(token.value),
							path: selectPath(String(token.value)),
						};
					},
				},
				{
					ALT: (): Operand => {
						const token = cfg(this.CONSUME(T.CoreWord));
						return { kind: 'core-word', at: token.at, keyword: T.CORE_KEYWORDS[token.image] ?? 'uri' };
					},
				},
				{ ALT: (): Operand => this.SUBRULE(this.network) },
				{
					ALT: (): Operand => {
						const token = cfg(
							this.OR2([{ ALT: () => this.CONSUME(T.ProtocolWord) }, { ALT: () => this.CONSUME(T.Star) }]),
						);
						return {
							kind: 'protocol',
							at: token.at,
							protocol: token.image.toLowerCase() as Ast.Protocol | '*',
						};
					},
				},
				{ ALT: (): Operand => this.SUBRULE(this.operatorCall) },
				{ ALT: (): Operand => this.SUBRULE(this.callOrHost) },
				{
					ALT: (): Operand => {
						const { at } = cfg(this.LA(1));
						return { kind: 'block', at, body: this.SUBRULE(this.block)?.body ?? [] };
					},
				},
				{
					ALT: (): Operand => {
						const { at } = cfg(this.CONSUME(T.LParen));
						const inner = this.SUBRULE(this.expression);
						let assigned: Ast.Expression | undefined;
						this.OPTION(() => {
							this.CONSUME(T.Equals);
							assigned = this.#value(this.SUBRULE2(this.expression));
						});
						this.CONSUME(T.RParen);
						return assigned ? this.#assignmentIn(inner, assigned, at) : this.#value(inner);
					},
				},
			]),
	);

	#assignmentIn(target: Operand, value: Ast.Expression, at: Ast.Position): Ast.Expression {
		if (target?.kind !== 'pv') {
			this.problem(at, 'only a variable can be assigned to', 'a comparison is written ==');
			return value;
		}
		const assignment: Ast.AssignmentStatement = { kind: 'assignment', at: target.at, target, value };
		return { kind: 'assignment-expression', at, assignment };
	}

	protected network = this.RULE('network', (): Ast.Network => {
		const address = cfg(this.OR([{ ALT: () => this.CONSUME(T.Ipv4) }, { ALT: () => this.CONSUME(T.Ipv6) }]));
		let mask: number | string | undefined;
		this.OPTION(() => {
			this.CONSUME(T.Slash);
			mask = this.OR2([
				{ ALT: (): number | string => Number(cfg(this.CONSUME(T.Int)).value) },
				{ ALT: (): number | string => cfg(this.CONSUME2(T.Ipv4)).image },
				{ ALT: (): number | string => cfg(this.CONSUME2(T.Ipv6)).image },
			]);
		});
		return { kind: 'network', at: address.at, address: address.image, mask };
	});

	/** `strlen(…)`, `strempty(…)`, `selval(…)`. */
	protected operatorCall = this.RULE(
		'operatorCall',
		(): Ast.Expression =>
			this.OR([
				{
					ALT: (): Ast.Expression => {
						const word = cfg(this.CONSUME(T.StrFunction));
						this.CONSUME(T.LParen);
						const operand = this.#value(this.SUBRULE(this.expression));
						this.CONSUME(T.RParen);
						return { kind: 'unary', at: word.at, operator: word.image as 'strlen' | 'strempty', operand };
					},
				},
				{
					ALT: (): Ast.Expression => {
						const { at } = cfg(this.CONSUME(T.Selval));
						this.CONSUME2(T.LParen);
						const condition = this.#value(this.SUBRULE2(this.expression));
						this.CONSUME(T.Comma);
						const whenTrue = this.#value(this.SUBRULE3(this.expression));
						this.CONSUME2(T.Comma);
						const whenFalse = this.#value(this.SUBRULE4(this.expression));
						this.CONSUME2(T.RParen);
						return { kind: 'conditional', at, condition, whenTrue, whenFalse };
					},
				},
			]),
	);

	/** A call, or a bare word with dots in it, which some of the core's functions take. */
	protected callOrHost = this.RULE('callOrHost', (): Called => {
		const call = this.SUBRULE(this.call) ?? { kind: 'word', at: NOWHERE, text: '' };
		let rest = '';
		this.MANY(() => {
			this.CONSUME(T.Dot);
			rest += `.${cfg(this.SUBRULE(this.hostPart)).image}`;
		});
		if (rest === '') return call;
		if (call.kind === 'word') return { ...call, text: call.text + rest };
		this.problem(call.at, 'a dot cannot follow a call');
		return call;
	});
}

/** The parts of `a.b[1].c["x"]`. */
function selectPath(text: string): (string | number)[] {
	return [...text.matchAll(/"([^"]*)"|\[(-?\w+)\]|(\w+)/g)].map(([, quoted, index, name]) =>
		index === undefined ? (quoted ?? name ?? '') : Number.isNaN(Number(index)) ? index : Number(index),
	);
}
