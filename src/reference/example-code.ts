/**
 * Examples as code of one language.
 *
 * @module
 */
import type { Language } from '../kemi/language.ts';
import type { Example, Step } from './example-file.ts';

/** Texts in quotes, or the word null, which only counts outside of them. */
const TEXT_OR_NULL = /"(?:[^"\\]|\\.)*"|\bnull\b/g;
const CALL = /^(KSR(?:\.\w+)+)\(/;

/** Words that differ from language to language. */
export function inLanguage(code: string, language: Language): string {
	return language === 'lua' ? code.replace(TEXT_OR_NULL, (part) => (part === 'null' ? 'nil' : part)) : code;
}

/**
 * A step's expression or statement.
 * @param waits true for the path of a function that JavaScript has to await
 */
export function stepCode(step: Step, language: Language, waits: (path: string) => boolean): string {
	const code = inLanguage(step.code, language);
	const path = CALL.exec(code)?.[1];
	return language === 'javascript' && path !== undefined && waits(path) ? `await ${code}` : code;
}

/** An example's code as the reference shows it, with what each expression gives. */
export function exampleCode(example: Example, language: Language, waits: (path: string) => boolean): string {
	const [end, comment] = language === 'lua' ? ['', '--'] : [';', '//'];
	return example.steps
		.map((step) => {
			const code = stepCode(step, language, waits) + end;
			if (step.gives === undefined) return code;
			const gives = step.gives.startsWith('/') ? `like ${step.gives}` : inLanguage(step.gives, language);
			return `${code} ${comment} ${gives}`;
		})
		.join('\n');
}
