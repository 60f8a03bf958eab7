/**
 * Rules about KSR functions that do not exist.
 *
 * @module
 */

import { loadedModules } from '../../config/kamailio/loaded-modules.ts';
import { knownCfgFunctions, needsSip } from '../../kemi/cfg-names.ts';
import type { Facts } from '../facts.ts';
import { type Rule, type RuleFinding, rule } from '../rule.ts';

/** Mentions with their functions; those of whole modules (`KSR.pv`) are left out where there is such a module. */
function* functionsIn({ mentions, exports }: Facts) {
	const modules = new Set(exports.entries.map(({ path }) => path.slice(0, path.lastIndexOf('.'))));
	const seen = new Set<string>();
	for (const { path, at } of mentions) {
		const key = `${path} ${at.line}:${at.column}`;
		if (seen.has(key) || modules.has(path)) continue;
		seen.add(key);
		yield { path, at, exported: exports.find(path) };
	}
}

/** Calls of what Kamailio has and this host has not, in Kamailio's own language, where a module tells whether it is SIP. */
function* absentCfg({ tree, calls }: Facts, sip: boolean): Generator<RuleFinding> {
	if (!tree.config) return;
	const loaded = loadedModules(tree.config);
	for (const { path, at, args, exported } of calls) {
		const known = knownCfgFunctions(path).find(
			({ module, counts }) => counts.includes(args.length) && (module === 'core' || loaded.has(module)),
		);
		if (exported || !known || needsSip(known.module) !== sip) continue;
		yield { at, message: `${path} ${sip ? 'needs a SIP server' : 'is not available yet'}` };
	}
}

/** Variables that Kamailio has and this host has not: those that end like `ending`. */
function* absentVariables({ calls, absence }: Facts, ending: string): Generator<RuleFinding> {
	for (const { args } of calls)
		for (const arg of args) {
			const message = arg.kind === 'string' ? absence(arg.value) : undefined;
			if (message?.endsWith(ending)) yield { at: arg.at, message };
		}
}

/** Whether a function is one that only Kamailio has, by what its documentation says. */
const docOf = (facts: Facts, wanted: string) =>
	[...functionsIn(facts)].filter(({ exported }) => exported?.declaration.doc === wanted);

/** Rules whose findings in Kamailio's own language come from its compiler, which tells them by their names. */
export const FUNCTION_RULES: readonly Rule[] = [
	rule({
		code: 'KC104',
		name: 'unknown-route',
		severity: 'error',
		language: 'native',
		doc: '`route(NAME)` calls a route that is not there.',
		why: 'Kamailio does not start with such a file.',
		bad: 'event_route[xhttp:request] {\n\troute(REPLI); #!!\n}\nroute[REPLY] {\n\txhttp_reply("200", "OK", "text/plain", "");\n}',
		good: 'event_route[xhttp:request] {\n\troute(REPLY);\n}\nroute[REPLY] {\n\txhttp_reply("200", "OK", "text/plain", "");\n}',
	}),
	rule({
		code: 'KC105',
		name: 'unknown-variable',
		severity: 'error',
		doc: 'A variable or transformation does not exist, or is not written as it should be.',
		why: 'A call that asks for it logs an error and gives nothing. With such a kamailio.cfg Kamailio does not start.',
		bad: 'KSR.info(KSR.pv.gete("$hux")) --!!',
		good: 'KSR.info(KSR.pv.gete("$hu"))',
		*check(facts) {
			if (facts.tree.language === 'native') return;
			for (const { path, args, exported } of facts.calls)
				for (const [index, arg] of args.entries()) {
					const wants =
						exported?.declaration.params[index]?.cfg === 'variable' ||
						(index === 0 && /^KSR\.pv\.\w+$/.test(path));
					const wrong = wants && arg.kind === 'string' ? facts.wrongVariable(arg.value) : undefined;
					if (wrong && exported && !exported.declaration.unchecked)
						yield { at: arg.at, message: `${path}: ${wrong}` };
				}
		},
	}),
	rule({
		code: 'KC101',
		name: 'unknown-function',
		severity: 'error',
		doc: 'KSR has no such function.',
		why: 'The call fails when the script comes to it: in Lua with "attempt to call a nil value", in JavaScript with "not a function".',
		bad: 'KSR.xhttp.xhttp_replly(200, "OK", "", "") --!!',
		good: 'KSR.xhttp.xhttp_reply(200, "OK", "", "")',
		*check(facts): Iterable<RuleFinding> {
			for (const { path, at, exported } of functionsIn(facts)) {
				if (exported) continue;
				const near = facts.exports.suggest(path);
				yield { at, message: `there is no ${path}`, hint: near && `did you mean ${near}?` };
			}
		},
	}),
	rule({
		code: 'KC102',
		name: 'sip-only',
		severity: 'warning',
		doc: 'The function or variable needs a SIP server.',
		why: 'Kamailio has it, but there is no SIP here: the call does nothing, logs an error, and gives what the function gives where it fails; a variable gives null. Fine in the SIP part of a script that serves both; switch the rule off there.',
		bad: 'KSR.tm.t_relay() --!!',
		good: 'KSR.sl.send_reply(404, "Not Found")',
		*check(facts) {
			for (const { path, at } of docOf(facts, 'Needs a SIP server.'))
				yield { at, message: `${path} needs a SIP server` };
			yield* absentCfg(facts, true);
			yield* absentVariables(facts, 'needs a SIP server');
		},
	}),
	rule({
		code: 'KC103',
		name: 'not-available',
		severity: 'warning',
		doc: 'Kamailio has the function or variable, this host does not have it yet.',
		why: 'The call logs an error and gives what the function gives where it fails; a variable gives null.',
		bad: 'KSR.kafka.send("topic", "text") --!!',
		good: 'KSR.xlog.xinfo("nothing to ask")',
		*check(facts) {
			for (const { path, at } of docOf(facts, 'Not available yet.'))
				yield { at, message: `${path} is not available yet` };
			yield* absentCfg(facts, false);
			yield* absentVariables(facts, 'is not available yet');
		},
	}),
];
