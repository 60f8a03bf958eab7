/**
 * State that the parts of the compiler share while they turn the routes of one file into closures.
 *
 * @module
 */
import type { Expression, RouteCall, Statement } from '../../src/config/kamailio/ast.ts';
import type { Problems } from '../../src/config/kamailio/problem.ts';
import type { Exported, ExportTable } from '../../src/kemi/exports.ts';
import type { VariableRegistry } from '../../src/pv/registry.ts';
import type { RouteWatch, StatementProbe } from '../engine.ts';
import type { Evaluator } from './evaluator.ts';
import type { Later } from './pending.ts';
import type { Action, Run } from './run.ts';

/** A route block once it is compiled. Calls refer to it before that, since routes may call each other. */
export interface CompiledRoute {
	readonly name: string;
	body: Action;
}

/** What a compilation works with. */
export interface CompilerOptions {
	readonly functions: ExportTable;
	readonly variables: VariableRegistry;
	/** The modules that the file loads, by name; undefined if nothing is known of it, and all are there. */
	readonly loaded: ReadonlySet<string> | undefined;
	/** The numbers of flags by their names. */
	readonly flags: ReadonlyMap<string, number>;
	/** Whether there may be a setting, `group.name`. */
	readonly hasSetting: (group: string, name: string) => boolean;
	/** For tools that count which lines run. */
	readonly probe?: StatementProbe | undefined;
	/** For tools that show what was called. */
	readonly watchRoute?: RouteWatch | undefined;
	/** Waits for what a function promised. Has to be called while the run stands in the call. */
	wait(run: Run, exported: Exported, promise: Promise<unknown>): Later<number>;
}

/** The compiler as its parts see it. */
export interface Compiler extends CompilerOptions {
	readonly problems: Problems;
	/** The routes that `route(…)` calls, by name. */
	readonly routes: ReadonlyMap<string, CompiledRoute>;
	/** True within routes that never run here: they may use variables that only a SIP server has. */
	readonly sipOnly: boolean;
	expression(node: Expression): Evaluator;
	/** Compiles statements that follow one another. */
	block(statements: readonly Statement[]): Action;
	/** Compiles a block inside a statement, which counts as a level of its own, as in Kamailio. */
	innerBlock(statements: readonly Statement[]): Action;
	/** Runs a route block, as an action or within an expression. */
	routeCall(node: RouteCall): Action;
}
