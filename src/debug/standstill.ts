/**
 * A stopped script: answers the editor's questions about it, asking the script itself where necessary.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { type Command, failureIn, type Records, shownIn } from './guest/protocol.ts';
import type { Frame, Question, Shown } from './messages.ts';
import type { Statement } from './probes/probed.ts';
import { requestParts, setVariable, variableShown } from './request-variables.ts';

/** A file of the script. */
export interface ProbedFile {
	readonly path: string;
	readonly statements: readonly Statement[];
}

/** Asks the script, and goes on with what it has answered. */
export type Talk<T> = Generator<Command, T, Records>;

/** What one of the editor's numbers stands for. */
type Holder =
	| { readonly kind: 'variables'; readonly level: number; readonly names: readonly string[] }
	| { readonly kind: 'globals'; readonly level: number }
	| { readonly kind: 'parts'; readonly level: number; readonly ref: number; names: readonly string[] }
	| { readonly kind: 'request' };

/** `$var(x) = 1`: an assignment, unlike `$var(x) == 1`. */
const ASSIGNMENT = /^(\$\w+(?:\([^=]*\))?)\s*=(?!=)\s*(.*)$/s;

/** One time that a script stands still. */
export class Standstill {
	readonly #ctx: RequestContext | null;
	readonly #files: readonly ProbedFile[];
	readonly #holders: Holder[] = [];
	/** The frame that was asked about last: expressions that are set into parts are evaluated there. */
	#level = 0;

	readonly #native: boolean;

	/**
	 * @param ctx null while the script is being loaded
	 * @param native whether it is a route block that stands still
	 */
	constructor(ctx: RequestContext | null, files: readonly ProbedFile[], native: boolean) {
		this.#ctx = ctx;
		this.#files = files;
		this.#native = native;
	}

	/**
	 * Answers a question.
	 * @throws Error with a text for the reader
	 */
	*answer(question: Question): Talk<unknown> {
		switch (question.ask) {
			case 'frames':
				return yield* this.#frames();
			case 'scopes':
				return yield* this.#scopes(...question.with);
			case 'parts':
				return yield* this.#parts(...question.with);
			case 'evaluate':
				return yield* this.evaluate(...question.with);
			case 'set':
				return yield* this.#set(...question.with);
			default:
				throw new Error(`the script stands still: ${question.ask} has to wait`);
		}
	}

	/** The value of an expression in a frame, by default the innermost; or of one of Kamailio's variables, which may be set. */
	*evaluate(text: string, level?: number): Talk<Shown> {
		if (this.#ctx && text.trim().startsWith('$')) {
			const [, name, value] = ASSIGNMENT.exec(text.trim()) ?? [];
			if (name !== undefined && value !== undefined) {
				if (!this.#native) return setVariable(this.#ctx, name, value);
				const records = yield* asking({ do: 'set', level: level ?? 0, name, text: value });
				return this.#held(records[1] ?? [], 0);
			}
			const variable = variableShown(this.#ctx, text);
			if (variable) return variable;
		}
		const at = level ?? (yield* this.#frames())[0]?.level ?? 0;
		const records = yield* asking({ do: 'evaluate', level: at, text });
		return this.#held(records[1] ?? [], at);
	}

	*#frames(): Talk<Frame[]> {
		const records = yield* asking({ do: 'stack' });
		return records
			.slice(1)
			.flatMap(([name = '', file, statement], i): Frame[] => {
				const { path = '', statements = [] } = this.#files[Number(file)] ?? {};
				const line = statements[Number(statement)]?.line;
				return line === undefined ? [] : [{ level: i + 1, name, path, line }];
			})
			.reverse();
	}

	*#scopes(level: number): Talk<Shown[]> {
		this.#level = level;
		const records = yield* asking({ do: 'stack' });
		const [, file, statement] = records[level] ?? [];
		const visible = this.#files[Number(file)]?.statements[Number(statement)]?.visible();
		const scopes: Shown[] = [];
		const add = (name: string, holder: Holder) =>
			scopes.push({ name, type: '', text: '', ref: this.#holders.push(holder) });
		const { local = [], outer = [] } = visible ?? {};
		add('Local', { kind: 'variables', level, names: local });
		if (outer.length > 0) add('Outer', { kind: 'variables', level, names: outer });
		if (!this.#native) add('Global', { kind: 'globals', level });
		if (this.#ctx) add('Request', { kind: 'request' });
		return scopes;
	}

	*#parts(ref: number): Talk<Shown[]> {
		const holder = this.#holder(ref);
		if (holder.kind === 'request') return this.#ctx ? requestParts(this.#ctx) : [];
		const records = yield* asking(
			holder.kind === 'variables'
				? { do: 'variables', level: holder.level, names: holder.names }
				: holder.kind === 'globals'
					? { do: 'globals' }
					: { do: 'parts', ref: holder.ref },
		);
		const parts = records.slice(1).map((record) => this.#held(record, holder.level));
		if (holder.kind === 'parts') holder.names = parts.map(({ name }) => name);
		return parts;
	}

	*#set(ref: number, name: string, text: string): Talk<Shown> {
		const holder = this.#holder(ref);
		if (holder.kind === 'request') {
			if (!this.#ctx) throw new Error('there is no request');
			return setVariable(this.#ctx, name, text);
		}
		const level = this.#level;
		if (holder.kind === 'parts') {
			const part = holder.names.indexOf(name) + 1;
			const records = yield* asking({ do: 'set-part', level, ref: holder.ref, part, text });
			return this.#held(records[1] ?? [], level);
		}
		const records = yield* asking({
			do: holder.kind === 'globals' ? 'set-global' : 'set',
			level: holder.level,
			name,
			text,
		});
		return this.#held(records[1] ?? [], level);
	}

	#holder(ref: number): Holder {
		const holder = this.#holders[ref - 1];
		if (!holder) throw new Error('the script has gone on since');
		return holder;
	}

	/** A value with a number of the editor's for its parts. */
	#held(record: readonly string[], level: number): Shown {
		const value = shownIn(record);
		if (value.ref === 0) return value;
		return { ...value, ref: this.#holders.push({ kind: 'parts', level, ref: value.ref, names: [] }) };
	}
}

/** Asks the script. Throws an Error where it could not do it. */
export function* asking(command: Command): Talk<Records> {
	const records = yield command;
	const failure = failureIn(records);
	if (failure !== undefined) throw new Error(failure);
	return records;
}
