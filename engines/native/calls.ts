/**
 * Compiles function calls: the function is found by name and number of arguments when the file is loaded, and its
 * arguments are compiled as its declaration says.
 *
 * @module
 */
import type { Call, Expression, Word } from '../../src/config/kamailio/ast.ts';
import { KNOWN_MODULES } from '../../src/config/kamailio/known-modules.ts';
import type { ProblemTopic } from '../../src/config/kamailio/problem.ts';
import { KNOWN_CFG_NAMES, knownCfgFunctions } from '../../src/kemi/cfg-names.ts';
import type { Exported } from '../../src/kemi/exports.ts';
import { KNOWN_CFG_FUNCTIONS } from '../../src/kemi/known-cfg-functions.ts';
import type { Parameter } from '../../src/kemi/module.ts';
import { suggest } from '../../src/kemi/suggest.ts';
import { EXIT_VALUE, ScriptThrow } from '../../src/kemi/throw.ts';
import { parseVariable } from '../../src/pv/parse.ts';
import { compilePosix } from '../../src/pv/posix-regex.ts';
import { PvSyntaxError } from '../../src/pv/syntax-error.ts';
import { type Accessor, integerOf } from '../../src/pv/variable.ts';
import type { Compiler } from './compiler.ts';
import { isPure } from './evaluator.ts';
import type { Later } from './pending.ts';
import { type Action, LEAVE, type Run } from './run.ts';
import { parseInteger } from './values.ts';

/** An argument for one call; undefined if it is not what the parameter takes. */
type Argument = (run: Run) => string | number | undefined;

/** What is called in place of something that does not compile. */
const NOTHING: Action = () => 1;

/** Compiles a call. Its result is the function's: above 0 for success; 0 ends the script. */
export function compileCall(compiler: Compiler, node: Call): Action {
	const exported = compiler.functions.findCfg(node.name, node.args.length);
	const known = knownCfgFunctions(node.name);
	if (!checkLoaded(compiler, node, known)) return NOTHING;
	if (exported) return callOf(compiler, node, exported);
	const missing = known.find(({ counts }) => counts.includes(node.args.length));
	if (missing) return callOf(compiler, node, compiler.functions.absentCfg(node.name, missing.module));
	return notFound(compiler, node, known);
}

/** A function of a module that the file does not load is an unknown one, as in Kamailio. */
function checkLoaded(compiler: Compiler, { at, name }: Call, known: readonly { module: string }[]): boolean {
	const { loaded } = compiler;
	if (!loaded || known.length === 0) return true;
	if (known.some(({ module }) => module === 'core' || loaded.has(module))) return true;
	const modules = known.map(({ module }) => module);
	compiler.problems.error(
		at,
		`${name}() belongs to the module ${modules.join(' or ')}, which is not loaded`,
		`add loadmodule "${modules[0]}.so"`,
		'unknown-function',
	);
	return false;
}

function notFound(compiler: Compiler, node: Call, known: readonly { counts: readonly number[] }[]): Action {
	const { functions, loaded, problems } = compiler;
	const counts = new Set(known.flatMap((it) => it.counts));
	for (const form of functions.cfgForms(node.name)) counts.add(form.declaration.params.length);
	if (counts.size > 0) {
		const text = `${node.name} takes ${countsText([...counts])}, got ${node.args.length}`;
		problems.error(node.at, text, undefined, 'argument-count');
		return NOTHING;
	}
	// of a module that nothing is known of, any function may be there
	const strange = [...(loaded ?? [])].find(
		(module) => !(module in KNOWN_CFG_FUNCTIONS) && KNOWN_MODULES.has(module),
	);
	if (strange) return callOf(compiler, node, functions.absentCfg(node.name, strange));
	const near = suggest(node.name, [...functions.cfgNames, ...KNOWN_CFG_NAMES]);
	const hint = near && `did you mean ${near}?`;
	problems.error(node.at, `there is no function ${node.name}`, hint, 'unknown-function');
	return NOTHING;
}

function countsText(counts: number[]): string {
	const sorted = counts.sort((a, b) => a - b);
	const last = sorted.at(-1);
	const list = sorted.length > 1 ? `${sorted.slice(0, -1).join(', ')} or ${last}` : `${last}`;
	return list === '0' ? 'no parameters' : `${list} parameter${list === '1' ? '' : 's'}`;
}

/** Notes what a call came to. */
function finish(run: Run, result: number): number {
	run.ctx.returnCode = result;
	if (result === 0) run.leaving |= LEAVE.script;
	return result;
}

/** What a function gives, as a result of this language. */
export function resultOf(value: unknown, none: boolean): number {
	if (typeof value === 'number') return value | 0;
	if (none || value === true) return 1;
	return value === false || value === null || value === undefined ? -1 : 1;
}

/**
 * What a function has thrown: the end of the script.
 * @throws ScriptThrow if it is an error; the engine says where
 */
export function thrown(run: Run, error: ScriptThrow): number {
	if (error.kind !== 'value' || error.message !== EXIT_VALUE) throw error;
	run.leaving |= LEAVE.script;
	return 0;
}

function callOf(compiler: Compiler, node: Call, exported: Exported): Action {
	const { at } = node;
	// what is a statement of the language, as setflag is, says nothing in $rc
	const isStatement = knownCfgFunctions(node.name).some(({ module }) => module === 'core');
	const args = compileArguments(compiler, node, exported);
	const none = exported.declaration.returns === 'none';
	const call = (run: Run, values: (string | number)[]): Later<number> => {
		let result: unknown;
		try {
			result = exported.call(run.ctx, values, 'native');
		} catch (error) {
			if (error instanceof ScriptThrow) return thrown(run, error);
			throw error;
		}
		if (result instanceof Promise) return compiler.wait(run, exported, result);
		const value = resultOf(result, none);
		return isStatement ? value : finish(run, value);
	};
	if (args.length === 0)
		return (run) => {
			run.at = at;
			run.tick();
			return call(run, []);
		};
	return (run) => {
		run.at = at;
		run.tick();
		const values: (string | number)[] = [];
		for (let i = 0; i < args.length; i++) {
			const value = (args[i] as Argument)(run);
			if (value === undefined) return refused(run, exported, i);
			values.push(value);
		}
		return call(run, values);
	};
}

/** What a function's promise came to, as a result of this language. */
export function outcomeOf(
	run: Run,
	exported: Exported,
	outcome: { value: unknown } | { error: ScriptThrow },
): number {
	if ('error' in outcome) return thrown(run, outcome.error);
	return finish(run, resultOf(outcome.value, exported.declaration.returns === 'none'));
}

function refused(run: Run, exported: Exported, index: number): number {
	const { name, params, sendsReply } = exported.declaration;
	run.ctx.report('error', `${name}: parameter ${index + 1} (${params[index]?.name}) must be an integer`);
	if (sendsReply) run.ctx.refusedReplies++;
	return finish(run, -1);
}

function compileArguments(compiler: Compiler, node: Call, { declaration }: Exported): Argument[] {
	if (declaration.unchecked) return node.args.map((arg) => uncheckedArgument(compiler, arg));
	return node.args.map((arg, index) => {
		const param = declaration.params[Math.min(index, declaration.params.length - 1)] as Parameter;
		return param.type === 'str'
			? textArgument(compiler, node, param, arg)
			: integerArgument(compiler, node, param, arg);
	});
}

/** An argument of a function that is not here: nobody knows what it takes, and only tools get to see it. */
function uncheckedArgument({ variables }: Compiler, arg: Expression | Word): Argument {
	if (arg.kind === 'int') return () => arg.value;
	const source = arg.kind === 'string' ? arg.value : 'text' in arg ? arg.text : '';
	const text = variables.text(source);
	return text instanceof PvSyntaxError ? () => source : (run) => text.get(run.ctx);
}

/** A constant text that was written as an argument: its number, its string, or an expression of constants. */
function literal(compiler: Compiler, node: Call, arg: Expression | Word): string | undefined {
	if (arg.kind === 'word') return arg.text;
	if (arg.kind === 'string') return arg.value;
	const evaluator = compiler.expression(arg);
	if (evaluator.calls) {
		const text = `${node.name}: an argument cannot call a function`;
		compiler.problems.error(arg.at, text, undefined, 'argument-type');
	}
	return evaluator.constant === undefined ? undefined : String(evaluator.constant);
}

/** Newer versions of Kamailio take any expression; 5.6 takes constants only. */
function expressionArgument(compiler: Compiler, arg: Expression | Word): Argument {
	if (arg.kind === 'word') return () => arg.text;
	if (arg.kind === 'pv') {
		const text = compiler.variables.text(arg.text);
		if (!(text instanceof PvSyntaxError)) return (run) => text.get(run.ctx);
	}
	const evaluator = compiler.expression(arg);
	return isPure(evaluator) ? evaluator.text : () => undefined;
}

function textArgument(compiler: Compiler, node: Call, param: Parameter, arg: Expression | Word): Argument {
	const { problems, variables } = compiler;
	const source = arg.kind === 'pv' && param.cfg === 'variable' ? arg.text : literal(compiler, node, arg);
	if (source === undefined) return expressionArgument(compiler, arg);
	const complain = (message: string, topic: ProblemTopic = 'unknown-variable') => {
		const text = `${node.name}: parameter ${param.name}: ${message}`;
		if (!compiler.sipOnly) problems.error(arg.at, text, undefined, topic);
	};
	switch (param.cfg) {
		case 'fixed': {
			const wrong = param.check?.(source);
			if (wrong !== undefined) complain(wrong, 'argument-type');
			return () => source;
		}
		case 'regex': {
			const regex = compilePosix(source);
			if (typeof regex === 'string') complain(regex, 'argument-type');
			return () => source;
		}
		case 'variable': {
			const variable = variables.variable(source);
			if (variable instanceof PvSyntaxError) complain(`${source}: ${variable.message}`);
			else if (!variable.set) complain(`${source} is read-only`, 'argument-type');
			return () => source;
		}
		default: {
			const text = variables.text(source);
			if (text instanceof PvSyntaxError) {
				complain(`${text.message} (character ${text.column + 1} of "${source}")`);
				return () => source;
			}
			const { constant } = text;
			return constant === undefined ? (run) => text.get(run.ctx) : () => constant;
		}
	}
}

function integerArgument(compiler: Compiler, node: Call, param: Parameter, arg: Expression | Word): Argument {
	const { problems, flags } = compiler;
	if (arg.kind === 'word') {
		const flag = flags.get(arg.text);
		if (flag === undefined)
			problems.error(arg.at, `${node.name}: there is no flag ${arg.text}`, undefined, 'argument-type');
		return () => flag;
	}
	if (arg.kind === 'int') return () => arg.value;
	const source = literal(compiler, node, arg);
	if (source === undefined) {
		const compute = expressionArgument(compiler, arg);
		return (run) => asInteger(compute(run));
	}
	if (!source.startsWith('$')) {
		const value = param.word ? param.word(source) : (flags.get(source) ?? parseInteger(source));
		if (value === undefined) {
			const text = `${node.name}: parameter ${param.name} ${param.word ? `knows no "${source}"` : 'must be an integer'}`;
			problems.error(arg.at, text, undefined, 'argument-type');
		}
		return () => value;
	}
	// Kamailio reads one variable, passes over what stands behind it, and takes nothing but an integer
	const variable = firstVariable(compiler, source);
	if (typeof variable === 'string') {
		const text = `${node.name}: ${source}: ${variable}`;
		if (!compiler.sipOnly) problems.error(arg.at, text, undefined, 'unknown-variable');
		return () => undefined;
	}
	return (run) => integerOf(variable, run.ctx) ?? undefined;
}

/** The variable that a text begins with, or what is wrong with it. */
function firstVariable({ variables }: Compiler, source: string): Accessor | string {
	try {
		const variable = variables.variable(source.slice(0, parseVariable(source, 0).end));
		return variable instanceof PvSyntaxError ? variable.message : variable;
	} catch (error) {
		if (error instanceof PvSyntaxError) return error.message;
		throw error;
	}
}

function asInteger(value: string | number | null | undefined): number | undefined {
	if (typeof value === 'number') return value;
	return typeof value === 'string' ? parseInteger(value) : undefined;
}
