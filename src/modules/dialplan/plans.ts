/**
 * The dialplans of a table, by their numbers (modules/dialplan/dp_db.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { integer, type ReadTable, type Row, RowError, required } from '../cached-tables.ts';
import type { DynamicExpressions } from './expressions.ts';
import { Rule, type RuleRow } from './rule.ts';

/** The names of the table and of its columns. */
export interface DialplanNames {
	readonly table: string;
	/** In the order of `RuleRow`. */
	readonly columns: readonly string[];
	/** The column that says the order of rules. */
	readonly priority: string;
}

/** One dialplan. */
export class Plan {
	/** By the length that their texts have to have, ascending, 0 for any; in a list as the table has them. */
	readonly #byLength = new Map<number, Rule[]>();

	add(rule: Rule): void {
		const { length } = rule.row;
		const rules = this.#byLength.get(length);
		if (rules) rules.push(rule);
		else this.#byLength.set(length, [rule]);
	}

	/** All rules: those for texts of one length first, the shortest in front. */
	get rules(): readonly Rule[] {
		const order = ([a]: [number, unknown], [b]: [number, unknown]) => (a || Infinity) - (b || Infinity);
		return [...this.#byLength].toSorted(order).flatMap(([, rules]) => rules);
	}

	/** The first rule that a text matches. What is for its very length counts before what is for any. */
	find(text: string, ctx: RequestContext | undefined): Rule | undefined {
		if (text === '') return undefined;
		const matches = (rule: Rule) => rule.matches(text, ctx);
		return this.#byLength.get(text.length)?.find(matches) ?? this.#byLength.get(0)?.find(matches);
	}
}

/** All dialplans by their numbers. */
export type Plans = ReadonlyMap<number, Plan>;

function ruleRow([plan, priority, operator, match, length, find, replacement, attributes]: Row): RuleRow {
	return {
		plan: integer(plan, 'dpid'),
		priority: integer(priority, 'pr'),
		operator: integer(operator, 'match_op'),
		match: String(required(match, 'match_exp')),
		length: integer(length, 'match_len'),
		find: String(required(find, 'subst_exp')),
		replacement: String(required(replacement, 'repl_exp')),
		attributes: String(required(attributes, 'attrs')),
	};
}

/**
 * Reads the table.
 * @param dynamic reads expressions with variables; undefined if there are none
 * @throws SqlError; RowError for a rule that is wrong, which refuses all of them
 */
export async function readPlans(
	read: ReadTable,
	{ table, columns, priority }: DialplanNames,
	dynamic: DynamicExpressions | undefined,
): Promise<Plans> {
	const plans = new Map<number, Plan>();
	for (const row of await read(table, columns, priority)) {
		try {
			const rule = new Rule(ruleRow(row), dynamic);
			const plan = plans.get(rule.row.plan) ?? new Plan();
			plans.set(rule.row.plan, plan);
			plan.add(rule);
		} catch (error) {
			if (!(error instanceof RowError)) throw error;
			throw new RowError(`table ${table}, a rule of dialplan ${row[0]}: ${error.message}`);
		}
	}
	return plans;
}
