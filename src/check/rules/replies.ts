/**
 * What a handler does about its reply, and how it ends.
 *
 * @module
 */
import type { Facts, KsrCall } from '../facts.ts';
import { partsOf } from '../facts.ts';
import { type Rule, rule } from '../rule.ts';
import type { Expression, Statement } from '../tree.ts';

/** Replies that may have been sent when the flow comes to a place; undefined where it never does. */
type Sent = ReadonlySet<KsrCall> | undefined;

const NOTHING: ReadonlySet<KsrCall> = new Set();
/** What ends a handler beside `return`. */
const ENDS = /^(KSR\.x\.(exit|drop)|KSR\.exit|error|os\.exit)$/;

const either = (a: Sent, b: Sent): Sent => (a && b ? new Set([...a, ...b]) : (a ?? b));

/** Follows the flow of one function, and finds replies behind which another one comes. */
class Flow {
	readonly twice = new Map<KsrCall, KsrCall>();
	readonly #facts: Facts;
	/** What was sent where a loop is left. */
	#breaks: Sent;

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
			case 'end':
				for (const value of statement.values) this.#expression(value, before);
				return undefined;
			case 'break':
				this.#breaks = either(this.#breaks, before);
				return undefined;
			case 'block':
				return this.statements(statement.body, before);
			case 'branch': {
				const tested = statement.tests.reduce((sent: Sent, one) => this.#expression(one, sent), before);
				const ends = statement.ways.map((way) => this.statements(way, tested));
				return ends.reduce(either, statement.exhaustive ? undefined : tested);
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

	#expression(expression: Expression, before: Sent): Sent {
		if (expression.kind === 'function') return before;
		let sent = before;
		if (expression.kind === 'logical') {
			const left = this.#expression(expression.left, sent);
			return either(left, this.#expression(expression.right, left));
		}
		for (const part of partsOf(expression)) sent = this.#expression(part, sent);
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

export const REPLY_RULES: readonly Rule[] = [
	rule({
		code: 'KC131',
		name: 'reply-without-return',
		severity: 'warning',
		doc: 'A second reply is reached behind a first one.',
		why: 'A reply does not end the handler. A second one is refused here with a warning; Kamailio sends parts of both. Put a return behind the first.',
		bad: 'function ksr_xhttp_event()\n\tif not KSR.hdr.get("X-Key") then\n\t\tKSR.xhttp.xhttp_reply(403, "Forbidden", "", "") --!!\n\tend\n\tKSR.xhttp.xhttp_reply(200, "OK", "", "")\nend',
		good: 'function ksr_xhttp_event()\n\tif not KSR.hdr.get("X-Key") then\n\t\treturn KSR.xhttp.xhttp_reply(403, "Forbidden", "", "")\n\tend\n\tKSR.xhttp.xhttp_reply(200, "OK", "", "")\nend',
		*check(facts) {
			for (const body of facts.bodies) {
				const flow = new Flow(facts);
				flow.statements(body, NOTHING);
				for (const [first, second] of flow.twice)
					yield {
						at: first.at,
						message: `behind this reply comes another one, on line ${second.at.line}`,
						hint: 'a reply does not end the handler: return behind it',
					};
			}
		},
	}),
	rule({
		code: 'KC132',
		name: 'exit-caught',
		severity: 'warning',
		doc: '`KSR.x.exit()` stands inside of a pcall or try.',
		why: 'exit is an error that the host knows, and pcall and catch take it as any other: the script goes on. So it is in Kamailio, too.',
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
	rule({
		code: 'KC151',
		name: 'missing-await',
		severity: 'error',
		language: 'javascript',
		doc: 'What a function that waits gives is used without `await`.',
		why: 'In JavaScript such a function gives a promise. Without await the script goes on with the promise in its hand, or ends before the answer is there. Lua waits by itself.',
		bad: 'async function f() {\n\tconst code = KSR.http_client.query("http://localhost/", "$var(x)"); //!!\n\tKSR.info("got " + code);\n}',
		good: 'async function f() {\n\tconst code = await KSR.http_client.query("http://localhost/", "$var(x)");\n\tKSR.info("got " + code);\n}',
		*check({ tree, calls }) {
			if (tree.language !== 'javascript') return;
			for (const { path, at, use, exported } of calls)
				if (exported?.declaration.waits && use !== 'awaited' && use !== 'returned')
					yield {
						at,
						message: `${path} waits: without await this is a promise`,
						hint: `await ${path}(…) in an async function`,
					};
		},
	}),
];
