/**
 * How far a stopped script runs when it continues.
 *
 * @module
 */
import type { Step, StopReason } from './messages.ts';

/** Where a request's script stands. */
export interface Place {
	/** The request's number, 0 while the script is loaded. Others may run meanwhile. */
	readonly request: number;
	/** How many functions are inside each other. */
	readonly depth: number;
	readonly path: string;
	readonly line: number;
	/** True for the first statement of its line. */
	readonly first: boolean;
}

/** Where to stop next, besides breakpoints. */
export class Stepping {
	#how: Step | 'pause' = 'continue';
	#from: Place | undefined;

	/** Goes on from a place. */
	go(how: Step, from: Place): void {
		this.#how = how;
		this.#from = from;
	}

	/** Stops at the next statement, whichever request it belongs to. */
	pause(): void {
		this.#how = 'pause';
	}

	/** A request is over: a step that has begun in it ends nowhere. */
	ended(request: number): void {
		if (this.#from?.request === request && this.#how !== 'pause') this.#how = 'continue';
	}

	/** Why to stop at a place; undefined if it goes on. */
	stopsAt(place: Place): StopReason | undefined {
		if (this.#how === 'continue') return undefined;
		if (this.#how === 'pause') return 'pause';
		const from = this.#from as Place;
		if (place.request !== from.request) return undefined;
		return this.#how === 'in' || this.#leaves(place, from) ? 'step' : undefined;
	}

	#leaves(place: Place, from: Place): boolean {
		if (place.depth < from.depth) return true;
		if (this.#how === 'out' || place.depth > from.depth) return false;
		// the next line, or the same one once more: not each statement of a line
		return place.first || place.line !== from.line || place.path !== from.path;
	}
}
