/**
 * The facts about a script that rules ask for, collected in one walk: its KSR calls, and what surrounds them.
 *
 * @module
 */
import type { Exported, ExportTable } from '../kemi/exports.ts';
import type { VariableRegistry } from '../pv/registry.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import type { Expression, Position, ScriptTree, Statement } from './tree.ts';

/** A call of a KSR function, by whatever local name. */
export interface KsrCall {
	/** `KSR.hdr.get`; in Kamailio's own language the function's name there. */
	readonly path: string;
	/** Undefined if there is no such function. */
	readonly exported: Exported | undefined;
	readonly args: readonly Expression[];
	readonly at: Position;
	/** What catches errors around it: `pcall` or `try`. */
	readonly protectedBy: 'pcall' | 'try' | undefined;
}

/** A binary expression. */
export interface Binary {
	readonly operator: string;
	readonly left: Expression;
	readonly right: Expression;
	readonly at: Position;
}

/** Everything that was found. */
export interface Facts {
	readonly tree: ScriptTree;
	readonly exports: ExportTable;
	readonly calls: readonly KsrCall[];
	/** Every mention of something in KSR, called or not. */
	readonly mentions: readonly { readonly path: string; readonly at: Position }[];
	readonly binaries: readonly Binary[];
	/** Every number that is written out. */
	readonly numbers: readonly Extract<Expression, { kind: 'number' }>[];
	/** In Kamailio's own language every text that may hold variables, those that are read by themselves included. */
	readonly texts: readonly { readonly at: Position; readonly value: string }[];
	/** Everything that is assigned or declared. */
	readonly assignments: readonly Extract<Statement, { kind: 'set' }>[];
	/** The bodies of all functions, and the top level. */
	readonly bodies: readonly (readonly Statement[])[];
	/** All statements that stand one behind the other, however deep. */
	readonly blocks: readonly (readonly Statement[])[];
	/** A path with local names for parts of KSR written out: `pv.get` is `KSR.pv.get`. */
	resolve(path: string): string;
	/** The one KSR call that a local variable is set to; undefined if there is none, or another assignment. */
	valueOf(name: string): KsrCall | undefined;
	/** True if the script asks of a variable (its own, or `$…`) whether it is there. */
	isTested(name: string): boolean;
	/** The body of a route, as `route(NAME)` enters it. Functions of other languages are not followed. */
	routeOf(expression: Expression): readonly Statement[] | undefined;
	/** Why a text is no variable of Kamailio's; undefined for one, such as `$hu`. */
	wrongVariable(text: string): string | undefined;
	/** What there is to say of a variable that Kamailio has and this host has not; undefined for any other text. */
	absence(text: string): string | undefined;
	/** The KSR call that an expression is, if it is one. */
	callOf(expression: Expression): KsrCall | undefined;
}

/** Names that are set once, to something that `pick` takes. */
function setOnce<T>(
	statements: readonly Statement[],
	pick: (value: Expression) => T | undefined,
): Map<string, T> {
	const found = new Map<string, T>();
	const spoilt = new Set<string>();
	for (const statement of statements) {
		if (statement.kind !== 'set' || statement.target.kind !== 'path') continue;
		const { path } = statement.target;
		const value = statement.value && pick(statement.value);
		if (value === undefined || found.has(path)) spoilt.add(path);
		else found.set(path, value);
	}
	for (const name of spoilt) found.delete(name);
	return found;
}

/** All statements, however deep. */
function* allStatements(body: readonly Statement[]): Generator<Statement> {
	for (const statement of body) {
		yield statement;
		for (const inner of bodiesOf(statement)) yield* allStatements(inner);
		for (const expression of expressionsOf(statement))
			for (const inner of functionsIn(expression)) yield* allStatements(inner);
	}
}

function bodiesOf(statement: Statement): readonly (readonly Statement[])[] {
	switch (statement.kind) {
		case 'branch':
			return statement.ways;
		case 'loop':
		case 'block':
			return [statement.body];
		case 'try':
			return [statement.body, statement.handler, statement.final];
		default:
			return [];
	}
}

function expressionsOf(statement: Statement): readonly Expression[] {
	switch (statement.kind) {
		case 'expression':
			return [statement.value];
		case 'set':
			return statement.value ? [statement.target, statement.value] : [statement.target];
		case 'branch':
		case 'loop':
			return statement.tests;
		case 'end':
			return statement.values;
		default:
			return [];
	}
}

/** The expressions directly inside of one. */
export function partsOf(expression: Expression): readonly Expression[] {
	switch (expression.kind) {
		case 'call':
			return [expression.callee, ...expression.args];
		case 'binary':
		case 'logical':
			return [expression.left, expression.right];
		case 'conditional':
			return [expression.test, expression.whenTrue, expression.whenFalse];
		case 'spread':
		case 'other':
			return expression.parts;
		default:
			return [];
	}
}

function* functionsIn(expression: Expression): Generator<readonly Statement[]> {
	if (expression.kind === 'function') yield expression.body;
	else for (const part of partsOf(expression)) yield* functionsIn(part);
}

const PROTECTORS = new Set(['pcall', 'xpcall']);

/** Collects. */
export function collectFacts(tree: ScriptTree, exports: ExportTable, variables: VariableRegistry): Facts {
	const statements = [...allStatements(tree.body)];
	const aliases = setOnce(statements, (value) =>
		value.kind === 'path' && /^KSR\b/.test(value.path) ? value.path : undefined,
	);
	const resolve = (path: string): string => {
		const dot = path.indexOf('.');
		const alias = aliases.get(dot < 0 ? path : path.slice(0, dot));
		return alias ? alias + (dot < 0 ? '' : path.slice(dot)) : path;
	};
	const native = tree.language === 'native';
	/** In Kamailio's own language every call that is no route's is one of KSR. */
	const isKsr = (path: string) =>
		path.startsWith('KSR.') || (native && path !== '' && !path.startsWith('route['));
	const find = (path: string, count: number) =>
		native && !path.startsWith('KSR.') ? exports.findCfg(path, count) : exports.find(path);
	const calls: KsrCall[] = [];
	const byExpression = new Map<Expression, KsrCall>();
	const mentions: { path: string; at: Position }[] = [];
	const binaries: Binary[] = [];
	const texts: { at: Position; value: string }[] = [];
	const numbers: Extract<Expression, { kind: 'number' }>[] = [];
	const bodies: (readonly Statement[])[] = [tree.body];
	const blocks: (readonly Statement[])[] = [];
	const tested = new Set<string>();

	const test = (expression: Expression): void => {
		if (expression.kind === 'path') tested.add(expression.path);
		else if (expression.kind === 'call' && expression.args[0]?.kind === 'string')
			tested.add(expression.args[0].value);
		else if (expression.kind !== 'function') for (const part of partsOf(expression)) test(part);
	};

	const visit = (expression: Expression, protectedBy: KsrCall['protectedBy']): void => {
		switch (expression.kind) {
			case 'path': {
				const path = resolve(expression.path);
				if (path.startsWith('KSR.')) mentions.push({ path, at: expression.at });
				if (native) texts.push({ at: expression.at, value: path });
				return;
			}
			case 'string':
				if (native) texts.push(expression);
				return;
			case 'number':
				numbers.push(expression);
				return;
			case 'function':
				bodies.push(expression.body);
				walk(expression.body, undefined);
				return;
			case 'logical':
				test(expression.left);
				break;
			case 'conditional':
				test(expression.test);
				break;
			case 'binary':
				binaries.push(expression);
				if (['==', '~='].includes(expression.operator)) test(expression);
				break;
			case 'call': {
				const { callee, args, at } = expression;
				const path = callee.kind === 'path' ? resolve(callee.path) : '';
				if (isKsr(path)) {
					const call = { path, exported: find(path, args.length), args, at, protectedBy };
					calls.push(call);
					byExpression.set(expression, call);
				}
				if (PROTECTORS.has(path)) {
					const [body, ...rest] = args;
					if (body?.kind === 'function') {
						bodies.push(body.body);
						walk(body.body, 'pcall');
					} else if (body?.kind === 'path') {
						const called = resolve(body.path);
						visit(body, protectedBy);
						if (called.startsWith('KSR.'))
							calls.push({
								...{ path: called, exported: exports.find(called), args: rest, at: body.at },
								protectedBy: 'pcall',
							});
					} else if (body) visit(body, protectedBy);
					for (const arg of rest) visit(arg, protectedBy);
					return;
				}
				break;
			}
		}
		for (const part of partsOf(expression)) visit(part, protectedBy);
	};

	const walk = (body: readonly Statement[], protectedBy: KsrCall['protectedBy']): void => {
		blocks.push(body);
		for (const statement of body) {
			// a name of the script's own, or a variable of Kamailio's
			const assigned =
				statement.kind === 'set' &&
				(statement.target.kind === 'path' ? !statement.target.path.includes('.') : native);
			for (const expression of expressionsOf(statement))
				if (!(assigned && expression === statement.target)) visit(expression, protectedBy);
			if (statement.kind === 'branch' || statement.kind === 'loop')
				for (const one of statement.tests) test(one);
			if (statement.kind === 'try') {
				walk(statement.body, statement.catches ? 'try' : protectedBy);
				walk(statement.handler, protectedBy);
				walk(statement.final, protectedBy);
			} else for (const inner of bodiesOf(statement)) walk(inner, protectedBy);
		}
	};
	walk(tree.body, undefined);

	const values = setOnce(statements, (value) => byExpression.get(value));
	const routes = native
		? setOnce(statements, (value) => (value.kind === 'function' ? value.body : undefined))
		: undefined;
	return {
		...{ tree, exports, calls, mentions, binaries, numbers, texts, bodies, blocks, resolve },
		assignments: statements.filter((statement) => statement.kind === 'set'),
		wrongVariable: (text) => {
			const variable = variables.variable(text);
			return variable instanceof PvSyntaxError ? variable.message : undefined;
		},
		absence: (text) => variables.absence(text),
		valueOf: (name) => values.get(name),
		isTested: (name) => tested.has(name),
		callOf: (expression) => byExpression.get(expression),
		routeOf: (call) =>
			call.kind === 'call' && call.callee.kind === 'path' ? routes?.get(call.callee.path) : undefined,
	};
}
