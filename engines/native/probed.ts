/**
 * Statements that call a probe before they run, for tools that count lines or stop at them.
 *
 * @module
 */
import type { Position } from '../../src/config/kamailio/ast.ts';
import type { RunningRoute, StatementProbe } from '../engine.ts';
import type { Action, Run } from './run.ts';

/** The routes that are inside each other, outermost first. */
function routesOf({ frame: innermost, callback }: Run, at: Position): RunningRoute[] {
	const routes: RunningRoute[] = [];
	let place: Position | undefined = at;
	for (let frame = innermost; frame; frame = frame.outer) {
		routes.push({ name: `route[${frame.route}]`, at: place });
		place = frame.from;
	}
	routes.push({ name: callback, at: place });
	return routes.reverse();
}

/** A statement that is told of before it runs. */
export function probedStatement(probe: StatementProbe, at: Position, action: Action): Action {
	const comes = probe(at);
	return (run) => {
		comes(run.ctx, () => routesOf(run, at));
		return action(run);
	};
}
