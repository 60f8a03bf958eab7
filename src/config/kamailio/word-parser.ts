/**
 * The grammar that settings and routes have in common: strings, numbers, host names; and how the parser takes
 * tokens.
 *
 * The parser's actions also run while the grammar is recorded, on tokens without content, and after errors, on
 * whatever is there: they must accept anything. A tree is used only if there was no error.
 *
 * @module
 */
import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type * as Ast from './ast.ts';
import { GRAMMAR_MESSAGES } from './messages.ts';
import type { Problems } from './problem.ts';
import * as T from './tokens.ts';

/** Stands where there is nothing to point at. */
export const NOWHERE: Ast.Position = { file: '', line: 0, column: 0 };

/** A token as the scanner made it; while the grammar is recorded, one without content. */
export const cfg = (token: IToken | undefined): T.CfgToken =>
	token && 'at' in token
		? (token as T.CfgToken)
		: ({ ...token, image: token?.image ?? '', at: NOWHERE, value: '' } as T.CfgToken);

/** A token's variable. */
export function variable(token: IToken): Ast.PseudoVariable {
	const { at, value } = cfg(token);
	return { kind: 'pv', at, text: String(value) };
}

/** Stands for a value that an error has taken. */
export function emptyText(at: Ast.Position): Ast.StringLiteral {
	return { kind: 'string', at, value: '' };
}

/** The rules that all others use. A grammar is complete in a class that calls `performSelfAnalysis`. */
export class WordParser extends EmbeddedActionsParser {
	/** Where problems of the reading that is under way go. */
	protected problems: Problems | undefined;

	/** @param validate checks the grammar itself: for a test, since it takes longer than the rest of the start */
	constructor(validate = false) {
		super(T.ALL_TOKENS, {
			recoveryEnabled: true,
			maxLookahead: 2,
			errorMessageProvider: GRAMMAR_MESSAGES,
			skipValidations: !validate,
		});
	}

	/** Notes what the grammar allows and the language does not. */
	protected problem(at: Ast.Position, message: string, hint?: string): void {
		if (at !== NOWHERE) this.problems?.error(at, message, hint);
	}

	protected integer = this.RULE('integer', (): Ast.IntLiteral => {
		let minus: T.CfgToken | undefined;
		this.OPTION(() => {
			minus = cfg(this.CONSUME(T.Minus));
		});
		const token = cfg(this.CONSUME(T.Int));
		const value = Number(token.value);
		const text = (minus ? '-' : '') + token.image;
		return { kind: 'int', at: minus?.at ?? token.at, value: minus ? -value | 0 : value, text };
	});

	/** Strings in double quotes are joined with their neighbours. */
	protected text = this.RULE(
		'text',
		(): Ast.StringLiteral =>
			this.OR([
				{
					ALT: (): Ast.StringLiteral => {
						const first = cfg(this.CONSUME(T.Text));
						let value = String(first.value);
						this.MANY(() => {
							value += cfg(this.CONSUME2(T.Text)).value;
						});
						return { kind: 'string', at: first.at, value };
					},
				},
				{
					ALT: (): Ast.StringLiteral => {
						const token = cfg(this.CONSUME(T.RawText));
						return { kind: 'string', at: token.at, value: String(token.value) };
					},
				},
			]),
	);

	/** An address, an interface or a name, which may be in quotes. */
	protected host = this.RULE('host', (): string =>
		this.OR([
			{ ALT: (): string => this.SUBRULE(this.text)?.value ?? '' },
			{ ALT: (): string => this.SUBRULE(this.bareHost) ?? '' },
		]),
	);

	/** The same without quotes. */
	protected bareHost = this.RULE('bareHost', (): string =>
		this.OR([
			{ ALT: (): string => cfg(this.CONSUME(T.Ipv4)).image },
			{ ALT: (): string => cfg(this.CONSUME(T.Ipv6)).image },
			{
				ALT: (): string => {
					this.CONSUME(T.LBracket);
					const { image } = cfg(this.CONSUME2(T.Ipv6));
					this.CONSUME(T.RBracket);
					return image;
				},
			},
			{
				ALT: (): string => {
					let name = cfg(this.SUBRULE(this.hostPart)).image;
					this.MANY(() => {
						name += cfg(
							this.OR2([{ ALT: () => this.CONSUME(T.Dot) }, { ALT: () => this.CONSUME(T.Minus) }]),
						).image;
						name += cfg(this.SUBRULE2(this.hostPart)).image;
					});
					return name;
				},
			},
		]),
	);

	protected hostPart = this.RULE(
		'hostPart',
		(): IToken =>
			this.OR([
				{ ALT: () => this.CONSUME(T.Word) },
				{ ALT: () => this.CONSUME(T.NumberWord) },
				{ ALT: () => this.CONSUME(T.Int) },
			]),
	);
}
