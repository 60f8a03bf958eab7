/**
 * Turns an example into code of one language.
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
	const show = (step: Step) => {
		const code = stepCode(step, language, waits) + end;
		if (step.gives === undefined) return code;
		const gives = step.gives.startsWith('/') ? `like ${step.gives}` : inLanguage(step.gives, language);
		return `${code} ${comment} ${gives}`;
	};
	return byFunction(example)
		.map(([name, steps]) =>
			name === undefined
				? steps.map(show).join('\n')
				: functionCode(name, steps.map((step) => `\t${show(step)}`).join('\n'), language),
		)
		.join('\n\n');
}

/** The steps of an example by the function that they stand in; undefined for the handler. */
export function byFunction(example: Example): [name: string | undefined, steps: Step[]][] {
	return [...Map.groupBy(example.steps, ({ within }) => within)];
}

/** A function of a script around some lines of code. */
export function functionCode(name: string, code: string, language: Language): string {
	return language === 'lua' ? `function ${name}()\n${code}\nend` : `function ${name}() {\n${code}\n}`;
}
