/**
 * Rules about the handler's reply, and about how the handler ends.
 *
 * @module
 */
import type { Facts, KsrCall } from '../facts.ts';
import { partsOf } from '../facts.ts';
import { type Rule, rule } from '../rule.ts';
import type { Expression, Statement } from '../tree.ts';

/** Replies that may have been sent when the flow comes to a place; undefined if it never does. */
type Sent = ReadonlySet<KsrCall> | undefined;

const NOTHING: ReadonlySet<KsrCall> = new Set();
/** What ends a handler beside `return`. */
const ENDS = /^(KSR\.x\.(exit|drop)|KSR\.exit|error|os\.exit)$/;
/** Routes call each other: so deep, and so often in one handler, calls are followed. */
const DEEPEST = 20;
const MOST_FOLLOWED = 2000;

const either = (a: Sent, b: Sent): Sent => (a && b ? new Set([...a, ...b]) : (a ?? b));

/** Follows the flow of one function, and finds replies behind which another one comes. */
class Flow {
	readonly twice = new Map<KsrCall, KsrCall>();
	readonly #facts: Facts;
	/** What was sent where a loop is left. */
	#breaks: Sent;
	/** What was sent where the route returns that is followed now. */
	#returns: Sent;
	#depth = 0;
	#followed = 0;

	constructor(facts: Facts) {
		this.#facts = facts;
	}

	statements(body: readonly Statement[], before: Sent): Sent {
		let sent = before;
		for (const statement of body) {
			if (!sent) return undefined;
			sent = this.#statement(statement, sent);
		}
		return sent;
	}

	#statement(statement: Statement, before: Sent): Sent {
		switch (statement.kind) {
			case 'expression':
				return this.#expression(statement.value, before);
			case 'set':
				return statement.value ? this.#expression(statement.value, before) : before;
			case 'end': {
				const returned = statement.values.reduce(
					(sent: Sent, value) => this.#expression(value, sent),
					before as Sent,
				);
				if (statement.leaves === 'script') return undefined;
				this.#returns = either(this.#returns, returned);
				return undefined;
			}
			case 'break':
				this.#breaks = either(this.#breaks, before);
				return undefined;
			case 'block':
				return this.statements(statement.body, before);
			case 'branch': {
				const tested = statement.tests.reduce((sent: Sent, one) => this.#expression(one, sent), before);
				const missed = statement.exhaustive ? undefined : tested;
				if (statement.falls) return this.#cases(statement.ways, tested, missed);
				return statement.ways.map((way) => this.statements(way, tested)).reduce(either, missed);
			}
			case 'loop': {
				const outer = this.#breaks;
				this.#breaks = undefined;
				const tested = statement.tests.reduce((sent: Sent, one) => this.#expression(one, sent), before);
				const through = this.statements(statement.body, tested);
				const left = either(either(tested, through), this.#breaks);
				this.#breaks = outer;
				return left;
			}
			case 'try': {
				const through = this.statements(statement.body, before);
				const handled = statement.catches ? this.statements(statement.handler, before) : undefined;
				return this.statements(statement.final, either(through, handled));
			}
		}
	}

	/** Ways that go on with the next one unless they break. */
	#cases(ways: readonly (readonly Statement[])[], before: Sent, missed: Sent): Sent {
		const outer = this.#breaks;
		this.#breaks = undefined;
		let through: Sent;
		for (const way of ways) through = this.statements(way, either(before, through));
		const left = either(either(through, missed), this.#breaks);
		this.#breaks = outer;
		return left;
	}

	/** A route that is called: its own `return` comes back here, its `exit` does not. */
	#route(body: readonly Statement[], before: Sent): Sent {
		if (this.#depth >= DEEPEST || ++this.#followed > MOST_FOLLOWED) return before;
		const [breaks, returns] = [this.#breaks, this.#returns];
		this.#breaks = undefined;
		this.#returns = undefined;
		this.#depth++;
		const through = this.statements(body, before);
		const left = either(through, this.#returns);
		this.#depth--;
		this.#breaks = breaks;
		this.#returns = returns;
		return left;
	}

	#expression(expression: Expression, before: Sent): Sent {
		if (expression.kind === 'function' || !before) return before;
		let sent: Sent = before;
		if (expression.kind === 'logical') {
			const left = this.#expression(expression.left, sent);
			return either(left, this.#expression(expression.right, left));
		}
		if (expression.kind === 'conditional') {
			const { test, whenTrue, whenFalse } = expression;
			const tested = this.#expression(test, sent);
			return either(this.#expression(whenTrue, tested), this.#expression(whenFalse, tested));
		}
		for (const part of partsOf(expression)) sent = this.#expression(part, sent);
		const route = this.#facts.routeOf(expression);
		if (route) return this.#route(route, sent);
		const call = this.#facts.callOf(expression);
		if (call?.exported?.declaration.sendsReply && sent) {
			for (const earlier of sent) if (!this.twice.has(earlier)) this.twice.set(earlier, call);
			return new Set([call]);
		}
		const name =
			expression.kind === 'call' && expression.callee.kind === 'path' ? expression.callee.path : '';
		return ENDS.test(this.#facts.resolve(name)) ? undefined : sent;
	}
}

/** False for what is there before anything runs: functions and variables without a value. */
const runs = (statement: Statement): boolean =>
	statement.kind !== 'set' || (statement.value !== undefined && statement.value.kind !== 'function');

export const REPLY_RULES: readonly Rule[] = [
	rule({
		code: 'KC131',
		name: 'reply-without-return',
		severity: 'warning',
		doc: 'A second reply follows a first one.',
		why: 'A reply does not end the handler. A second one is refused here with a warning; Kamailio sends parts of both. Put a return after the first.',
		bad: 'function ksr_xhttp_event()\n\tif not KSR.hdr.get("X-Key") then\n\t\tKSR.xhttp.xhttp_reply(403, "Forbidden", "", "") --!!\n\tend\n\tKSR.xhttp.xhttp_reply(200, "OK", "", "")\nend',
		good: 'function ksr_xhttp_event()\n\tif not KSR.hdr.get("X-Key") then\n\t\treturn KSR.xhttp.xhttp_reply(403, "Forbidden", "", "")\n\tend\n\tKSR.xhttp.xhttp_reply(200, "OK", "", "")\nend',
		*check(facts) {
			const native = facts.tree.language === 'native';
			const found = new Set<KsrCall>();
			for (const body of facts.bodies) {
				const flow = new Flow(facts);
				flow.statements(body, NOTHING);
				for (const [first, second] of flow.twice) {
					if (found.has(first)) continue;
					found.add(first);
					const elsewhere = second.at.file === first.at.file ? '' : ` of ${second.at.file}`;
					yield {
						at: first.at,
						message: `this reply is followed by another one, on line ${second.at.line}${elsewhere}`,
						hint: `a reply does not end the handler: ${native ? 'exit' : 'return'} after it`,
					};
				}
			}
		},
	}),
	rule({
		code: 'KC133',
		name: 'unreachable',
		severity: 'warning',
		language: 'javascript',
		doc: 'Statements follow one that always leaves the block.',
		why: 'After return, exit, drop, break and throw nothing in the same block runs. Either it is left over, or the statement that leaves comes too early.',
		bad: 'function f() {\n\treturn;\n\tKSR.info("never"); //!!\n}',
		good: 'function f() {\n\tKSR.info("first");\n\treturn;\n}',
		*check({ tree, blocks }) {
			if (tree.language === 'lua') return; // its grammar lets nothing stand behind return, and goto may lead anywhere
			for (const block of blocks) {
				const leaves = block.findIndex(({ kind }) => kind === 'end' || kind === 'break');
				const next = leaves < 0 ? undefined : block.slice(leaves + 1).find(runs);
				if (next)
					yield { at: next.at, message: `this never runs: line ${block[leaves]?.at.line} leaves before it` };
			}
		},
	}),
	rule({
		code: 'KC132',
		name: 'exit-caught',
		severity: 'warning',
		doc: '`KSR.x.exit()` is called inside a pcall or try.',
		why: 'exit raises an error that the host recognizes, and pcall and catch catch it like any other: the script goes on. It is the same in Kamailio.',
		bad: 'pcall(function() KSR.x.exit() end) --!!',
		good: 'local ok = pcall(function() KSR.pv.get("$hu") end)\nif not ok then KSR.x.exit() end',
		*check({ calls }) {
			for (const { path, at, protectedBy } of calls)
				if (protectedBy && /^KSR\.x\.(exit|drop)$/.test(path))
					yield {
						at,
						message: `${path}() is caught by the ${protectedBy} around it, and the script goes on`,
					};
		},
	}),
];
