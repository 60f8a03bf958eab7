/**
 * The routes of one configuration, compiled.
 *
 * @module
 */
import type { ConfigFile, Expression, Route, RouteCall, Statement } from '../../src/config/kamailio/ast.ts';
import type { Problems } from '../../src/config/kamailio/problem.ts';
import { reachableRoutes } from '../../src/config/kamailio/reachable.ts';
import { suggest } from '../../src/kemi/suggest.ts';
import type { RouteWatch } from '../engine.ts';
import type { CompiledRoute, Compiler, CompilerOptions } from './compiler.ts';
import type { Evaluator } from './evaluator.ts';
import { compileExpression } from './expressions.ts';
import { type Later, Pending, then } from './pending.ts';
import { type Action, type Frame, LEAVE, type Run } from './run.ts';
import { compileBlock } from './statements.ts';

/** What calling a route gives that does not exist (E_UNSPEC is another; this is what Kamailio was seen to give). */
const NO_ROUTE = -10;
const TOO_DEEP = -1;

/** Compiled routes, by what calls them. */
export interface Program {
	/** `event_route[NAME]` */
	readonly events: ReadonlyMap<string, CompiledRoute>;
	/** `route[NAME]`; `request_route` is `0`. */
	readonly routes: ReadonlyMap<string, CompiledRoute>;
}

/**
 * Compiles all routes of a configuration.
 * @param problems gets what is wrong with it; where there is anything, the program is of no use
 */
export function compileProgram(config: ConfigFile, options: CompilerOptions, problems: Problems): Program {
	const events = new Map<string, CompiledRoute>();
	const routes = new Map<string, CompiledRoute>();
	const compiler = new RouteCompiler(options, problems, routes);
	const reachable = reachableRoutes(config.routes);
	const bodies: [CompiledRoute, Route][] = [];
	for (const route of config.routes) {
		const compiled: CompiledRoute = { name: route.name, body: () => 1 };
		bodies.push([compiled, route]);
		if (route.kind === 'event') events.set(route.name, compiled);
		if (route.kind === 'request') routes.set(route.name, compiled);
	}
	for (const [compiled, route] of bodies) {
		compiler.sipOnly = !reachable.has(route);
		compiled.body = compiler.block(route.body);
	}
	return { events, routes };
}

/** Calls a route within a run: its result, and what is left of the leaving. */
function runRoute(run: Run, route: CompiledRoute, levels: number): Later<number> {
	run.tick();
	if (run.depth + levels > run.limits.depth) {
		run.ctx.report(
			'error',
			`route[${route.name}]: ${run.limits.depth} routes and blocks are inside each other`,
		);
		return TOO_DEEP;
	}
	run.depth += levels;
	const frame: Frame = { route: route.name, from: run.at, outer: run.frame };
	run.frame = frame;
	const result = route.body(run);
	if (result instanceof Pending) return result.next((late) => leave(run, late, levels, frame));
	return leave(run, result, levels, frame);
}

function leave(run: Run, result: number, levels: number, { from, outer }: Frame): number {
	run.leaving &= LEAVE.script;
	run.depth -= levels;
	run.frame = outer;
	run.at = from;
	run.ctx.returnCode = result;
	return result;
}

/** The same with somebody who watches. */
function watched(watch: RouteWatch): typeof runRoute {
	return (run, route, levels) => {
		const left = watch(run.ctx, route.name);
		const result = runRoute(run, route, levels);
		if (!(result instanceof Pending)) {
			left(result);
			return result;
		}
		return result.next((late) => {
			left(late);
			return late;
		});
	};
}

class RouteCompiler implements Compiler {
	readonly functions: CompilerOptions['functions'];
	readonly variables: CompilerOptions['variables'];
	readonly loaded: CompilerOptions['loaded'];
	readonly flags: CompilerOptions['flags'];
	readonly hasSetting: CompilerOptions['hasSetting'];
	readonly probe: CompilerOptions['probe'];
	readonly wait: CompilerOptions['wait'];
	readonly #enter: typeof runRoute;
	readonly problems: Problems;
	readonly routes: ReadonlyMap<string, CompiledRoute>;
	/** How many blocks are open around what is compiled now. */
	#nesting = 0;
	sipOnly = false;

	constructor(options: CompilerOptions, problems: Problems, routes: ReadonlyMap<string, CompiledRoute>) {
		this.functions = options.functions;
		this.variables = options.variables;
		this.loaded = options.loaded;
		this.flags = options.flags;
		this.hasSetting = options.hasSetting;
		this.probe = options.probe;
		this.wait = options.wait;
		this.#enter = options.watchRoute ? watched(options.watchRoute) : runRoute;
		this.problems = problems;
		this.routes = routes;
	}

	expression(node: Expression): Evaluator {
		return compileExpression(this, node);
	}

	block(statements: readonly Statement[]): Action {
		return compileBlock(this, statements);
	}

	innerBlock(statements: readonly Statement[]): Action {
		this.#nesting++;
		const block = this.block(statements);
		this.#nesting--;
		return block;
	}

	routeCall({ at, route }: RouteCall): Action {
		const enter = this.#enter;
		const levels = this.#nesting + 1;
		const name = this.expression(route);
		if (name.constant !== undefined) {
			const wanted = String(name.constant);
			const found = this.routes.get(wanted);
			if (found)
				return (run) => {
					run.at = at;
					return enter(run, found, levels);
				};
			const near = suggest(wanted, [...this.routes.keys()]);
			const hint = near && `did you mean ${near}?`;
			this.problems.error(at, `there is no route[${wanted}]`, hint, 'unknown-route');
			return () => NO_ROUTE;
		}
		return (run) => {
			run.at = at;
			return then(name.text(run), (wanted) => {
				const found = this.routes.get(wanted);
				if (found) return enter(run, found, levels);
				run.ctx.report('error', `there is no route[${wanted}]`);
				return NO_ROUTE;
			});
		};
	}
}
