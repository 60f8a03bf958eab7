/**
 * Which routes can run here: the event routes, and what they call. A configuration that also serves SIP holds many
 * others, which use what only a SIP server has.
 *
 * @module
 */
import type { Route, RouteCall } from './ast.ts';
import { nodesOf } from './nodes.ts';

/** The routes that run here. All of them, where one is called by a name that is not known before. */
export function reachableRoutes(routes: readonly Route[]): ReadonlySet<Route> {
	const named = new Map<string, Route>();
	for (const route of routes) if (route.kind === 'request') named.set(route.name, route);
	const reached = new Set(routes.filter(({ kind }) => kind === 'event'));
	// a set is walked in the order of what is added, also while it grows
	for (const route of reached)
		for (const call of callsIn(route.body)) {
			if (call.route.kind !== 'string') return new Set(routes);
			const called = named.get(call.route.value);
			if (called) reached.add(called);
		}
	return reached;
}

/** Every `route(…)` in a part of the tree. */
function* callsIn(part: unknown): Generator<RouteCall> {
	for (const node of nodesOf(part)) if (node.kind === 'route-call') yield node as RouteCall;
}
