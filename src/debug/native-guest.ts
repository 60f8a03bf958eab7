/**
 * The debugger's side of route blocks: executes the commands that a script in Lua or JavaScript would execute
 * itself (`guest/protocol.ts`).
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { RunningRoute } from '../../engines/engine.ts';
import { bytesOf } from '../bytes.ts';
import type { Position } from '../config/kamailio/ast.ts';
import type { RequestContext } from '../kemi/context.ts';
import type { PvValue } from '../pv/variable.ts';
import type { Command, Records } from './guest/protocol.ts';
import type { Shown } from './messages.ts';
import { Statements } from './probes/probed.ts';
import { setToValue, shownValue, variableShown } from './request-variables.ts';

/** A variable that is named in a file; of those with an index or a key only the whole is taken. */
const VARIABLES = /\$(?:var|shv|avp|xavp|vn|vz|dlg_var|sht)\(([^()$]*)\)/g;

/** The statements of one file of route blocks. */
export class NativeStatements extends Statements {
	/** The variables that the file names, in the order of their names. */
	readonly #variables: readonly string[];
	/** Where each statement stands in the list, for its position. */
	readonly numbers = new WeakMap<Position, number>();

	constructor(path: string) {
		super();
		this.#variables = [...new Set(textOf(path).match(VARIABLES) ?? [])].sort();
	}

	/** Gives the statement's number. */
	addAt(at: Position): number {
		const number = this.add(at.line, () => ({ local: this.#variables, outer: [] }));
		this.numbers.set(at, number);
		return number;
	}
}

/** What answers for route blocks that run. */
export class NativeGuest {
	readonly #ctx: RequestContext;
	readonly #routes: readonly RunningRoute[];
	readonly #placeOf: (at: Position) => readonly [file: number, statement: number];

	/** @param placeOf the numbers of a statement's file and of the statement */
	constructor(
		ctx: RequestContext,
		routes: readonly RunningRoute[],
		placeOf: (at: Position) => readonly [file: number, statement: number],
	) {
		this.#ctx = ctx;
		this.#routes = routes;
		this.#placeOf = placeOf;
	}

	/** Does a command. */
	answer(command: Command): Records {
		try {
			return [['ok'], ...this.#do(command)];
		} catch (error) {
			return [['error', (error as Error).message]];
		}
	}

	#evaluate(text: string): PvValue {
		const { routes } = this.#ctx.host;
		if (!routes) throw new Error('there are no route blocks');
		return routes.evaluate(bytesOf(text), this.#ctx);
	}

	#do(command: Command): (readonly string[])[] {
		const ctx = this.#ctx;
		switch (command.do) {
			case 'stack':
				return this.#routes.map(({ name, at }) => [name, ...(at ? this.#placeOf(at) : [-1, -1]).map(String)]);
			case 'variables':
				return command.names.flatMap((name) => recordsOf(variableShown(ctx, name)));
			case 'evaluate':
				return recordsOf(shownValue('', this.#evaluate(command.text)));
			case 'set':
				return recordsOf(setToValue(ctx, command.name, this.#evaluate(command.text)));
			case 'globals':
				return [];
			default:
				throw new Error('the language has no such values');
		}
	}
}

function recordsOf(shown: Shown | undefined): string[][] {
	return shown ? [[shown.name, shown.type, shown.text, '0']] : [];
}

function textOf(path: string): string {
	try {
		return readFileSync(path, 'latin1');
	} catch {
		return '';
	}
}
