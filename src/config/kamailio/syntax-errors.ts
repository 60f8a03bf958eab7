/**
 * Turns the parser's errors into problems: with the position that helps the reader, what was probably meant, and
 * without errors that only follow from another one.
 *
 * @module
 */
import { EOF, type IRecognitionException, MismatchedTokenException } from 'chevrotain';
import { suggest } from '../../kemi/suggest.ts';
import type { Position } from './ast.ts';
import { CORE_PARAMETERS } from './core-parameters.ts';
import type { Problems } from './problem.ts';
import * as T from './tokens.ts';

/** Rules of what stands outside of routes: an error in one, between braces, comes of an earlier one. */
const OUTSIDE = new Set(['file', 'parameter']);

const CANDIDATES = [...T.KEYWORDS.keys(), ...CORE_PARAMETERS.keys()];

/** Notes the parser's errors. */
export function reportSyntaxErrors(
	errors: readonly IRecognitionException[],
	tokens: readonly T.CfgToken[],
	problems: Problems,
	path: string,
): void {
	const depths = depthsOf(tokens);
	let lastLine = '';
	for (const error of errors) {
		const at = positionOf(error, tokens) ?? { file: path, line: 1, column: 1 };
		const outside = OUTSIDE.has(error.context.ruleStack.at(-1) ?? '');
		const line = `${at.file}:${at.line}`;
		if (line === lastLine || (outside && (depths[error.token.startOffset] ?? 0) > 0)) continue;
		lastLine = line;
		problems.error(at, error.message, hintFor(error, tokens));
	}
}

/** How many braces are open in front of each token. */
function depthsOf(tokens: readonly T.CfgToken[]): number[] {
	let depth = 0;
	return tokens.map(({ tokenType }) => {
		const before = depth;
		if (tokenType === T.LBrace) depth++;
		else if (tokenType === T.RBrace && depth > 0) depth--;
		return before;
	});
}

/** A missing `;` or bracket is missed behind what stands before it. */
function positionOf(error: IRecognitionException, tokens: readonly T.CfgToken[]): Position | undefined {
	const { token, previousToken } = error as MismatchedTokenException;
	const before = previousToken as T.CfgToken | undefined;
	const behind = before && 'at' in before ? before : tokens.at(-1);
	const missed = error instanceof MismatchedTokenException || token.tokenType === EOF;
	if (missed && behind && (token.tokenType === EOF || (token as T.CfgToken).at?.line !== behind.at.line))
		return { ...behind.at, column: behind.at.column + Math.max(1, behind.image.split('\n')[0]?.length ?? 1) };
	return (token as T.CfgToken).at ?? behind?.at;
}

/** A keyword or a core parameter that the statement's first word may have been meant to be. */
function hintFor({ token }: IRecognitionException, tokens: readonly T.CfgToken[]): string | undefined {
	if (token.tokenType === T.Else)
		return 'only one statement, or a block in braces, may stand between if and else';
	let index = token.tokenType === EOF ? tokens.length : token.startOffset;
	const ends = (one: T.CfgToken | undefined) =>
		!one || [T.Semicolon, T.LBrace, T.RBrace].includes(one.tokenType);
	const limit = Math.max(0, index - 200);
	while (index > limit && !ends(tokens[index - 1])) index--;
	const before = tokens[token.startOffset - 1] ?? tokens.at(-1);
	const line = tokens.findLast(
		(one, i) => one.at.line === before?.at.line && tokens[i - 1]?.at.line !== one.at.line,
	);
	for (const word of [before, line, tokens[index]]) {
		if (word?.tokenType !== T.Word || word.image.length < 3) continue;
		const near = suggest(word.image, CANDIDATES);
		if (near && near !== word.image) return `did you mean ${near}?`;
	}
	return undefined;
}
