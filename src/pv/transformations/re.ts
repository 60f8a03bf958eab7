/**
 * `{re.subst,/expression/replacement/flags}` of the textops module (core/re.c, modules/textops/txt_var.c).
 *
 * What the expression is made of says `../substitution.ts`.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { compileSubstitution, type Substitution, substitute } from '../substitution.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import { type Apply, type Transformation, TransformationError } from '../transformation.ts';
import type { Text } from '../variable.ts';
import { embeddedVariable, stringParam } from './params.ts';

/** The step with its expression. A value without a match stays as it is, an integer too. */
function step(current: (ctx: RequestContext) => Substitution): Apply {
	return (value: string, ctx: RequestContext, typed: string | number = value) => {
		if (value === '') throw new TransformationError('the value is empty');
		return substitute(current(ctx), value, ctx) ?? typed;
	};
}

/** `{re.subst,$var(expression)}`: compiled when the variable changes. */
function fromVariable(text: Text): Apply {
	const expression = stringParam(text);
	let source: string | undefined;
	let substitution: Substitution | PvSyntaxError | undefined;
	return step((ctx) => {
		const current = expression(ctx);
		if (current !== source || !substitution) {
			source = current;
			substitution = tryCompile(current);
		}
		if (substitution instanceof PvSyntaxError) throw new TransformationError(substitution.message);
		return substitution;
	});
}

function tryCompile(source: string): Substitution | PvSyntaxError {
	try {
		return compileSubstitution(source);
	} catch (error) {
		if (error instanceof PvSyntaxError) return error;
		throw error;
	}
}

/** The transformations of the class `re`. */
export const reTransformations: readonly Transformation[] = [
	{
		name: 're.subst',
		params: ['/expression/replacement/flags'],
		rawParam: true,
		doc: 'Replaces what a POSIX extended regular expression matches.',
		bind([raw]) {
			const source = raw?.source ?? '';
			if (source.startsWith('$')) {
				const { text, end } = embeddedVariable(source, 0);
				if (/[^ \t\n]/.test(source.slice(end))) throw new PvSyntaxError('text after the variable', end);
				return fromVariable(text);
			}
			const substitution = compileSubstitution(source);
			return step(() => substitution);
		},
	},
];
