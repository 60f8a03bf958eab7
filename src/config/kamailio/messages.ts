/**
 * Error messages of the parser, in words instead of token names.
 *
 * @module
 */
import { EOF, type IParserErrorMessageProvider, type IToken, tokenLabel } from 'chevrotain';
import { RBrace } from './tokens.ts';

const found = (token: IToken | undefined) =>
	!token || token.tokenType === EOF ? 'the end of the file' : `\`${token.image.slice(0, 40)}\``;

/** The parser's messages. */
export const GRAMMAR_MESSAGES: IParserErrorMessageProvider = {
	buildMismatchTokenMessage: ({ expected, actual }) =>
		expected === EOF
			? `${found(actual)} cannot stand outside of a route`
			: expected === RBrace && actual.tokenType !== EOF
				? `${found(actual)} cannot begin a statement`
				: `${tokenLabel(expected)} is expected here, found ${found(actual)}`,
	buildNotAllInputParsedMessage: ({ firstRedundant }) => `${found(firstRedundant)} cannot stand here`,
	buildNoViableAltMessage: ({ actual }) => `${found(actual[0])} cannot stand here`,
	buildEarlyExitMessage: ({ actual }) => `${found(actual[0])} cannot stand here`,
};
