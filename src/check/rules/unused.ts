/**
 * Rules about what a configuration defines and never uses, or uses and never defines.
 *
 * @module
 */
import type { Call, ConfigFile, PseudoVariable, Route } from '../../config/kamailio/ast.ts';
import { nodesOf } from '../../config/kamailio/nodes.ts';
import type { ExportTable } from '../../kemi/exports.ts';
import { suggest } from '../../kemi/suggest.ts';
import type { Facts } from '../facts.ts';
import { type Rule, type RuleFinding, rule } from '../rule.ts';

/** All texts of a configuration in which a variable or the name of a route may stand; not what is assigned to. */
function textsOf(config: ConfigFile): { texts: string[]; targets: PseudoVariable[] } {
	const texts: string[] = [];
	const targets: PseudoVariable[] = [];
	const visit = (node: unknown): void => {
		if (typeof node !== 'object' || node === null) return;
		const { kind, target, value, text } = node as Record<string, unknown>;
		if (kind === 'assignment') {
			targets.push(target as PseudoVariable);
			// what is in the target's own parentheses is read: $sht(a=>$var(x))
			texts.push((target as PseudoVariable).text.slice(2));
			visit(value);
			return;
		}
		if (kind === 'string' || kind === 'custom-parameter') texts.push(String(value));
		if (kind === 'pv' || kind === 'word' || kind === 'select') texts.push(String(text));
		for (const child of Object.values(node)) visit(child);
	};
	visit(config.routes);
	visit(config.settings);
	return { texts, targets };
}

/** `$var(x)` by its name where that is written out. */
const variableName = (text: string) => /^\$\(?var\(([\w-]+)\)/.exec(text)?.[1];

function* unusedVariables(config: ConfigFile): Generator<RuleFinding> {
	const { texts, targets } = textsOf(config);
	const read = new Set<string>();
	for (const text of texts)
		for (const [, name = ''] of text.matchAll(/\bvar\(([^)]*)/g)) {
			if (name.includes('$')) return; // a name that is only known at run time: any of them may be meant
			read.add(name);
		}
	const said = new Set<string>();
	for (const { at, text } of targets) {
		const name = variableName(text);
		if (name === undefined || read.has(name) || said.has(name)) continue;
		said.add(name);
		yield { at, message: `$var(${name}) is set, and nothing reads it` };
	}
}

/** The names of `$var` that a function may set: what stands where it takes one, and whatever an unknown function gets. */
function setByFunctions(config: ConfigFile, exports: ExportTable): Set<string> {
	const texts: string[] = [];
	for (const node of nodesOf(config.routes)) {
		if (node.kind !== 'call') continue;
		const { name, args } = node as Call;
		const params = exports.findCfg(name, args.length)?.declaration.params;
		for (const [index, arg] of args.entries())
			if (!params || params[index]?.cfg === 'variable') texts.push(JSON.stringify(arg));
	}
	for (const setting of config.settings)
		if (setting.kind === 'modparam') texts.push(JSON.stringify(setting.value));
	return new Set(
		texts.flatMap((text) => [...text.matchAll(/var\(([\w-]+)\)/g)].map(([, name = '']) => name)),
	);
}

/** All that is read where it can be said what sets it: `$var(x)` in routes that run here. */
function* unsetVariables({ exports, texts }: Facts, config: ConfigFile): Generator<RuleFinding> {
	const { targets } = textsOf(config);
	if (targets.some(({ text }) => /^\$\(?var\([^)]*\$/.test(text))) return;
	const set = new Set(targets.map(({ text }) => variableName(text) ?? ''));
	const byFunctions = setByFunctions(config, exports);
	const said = new Set<string>();
	for (const { at, value } of texts)
		for (const [part, name = ''] of value.matchAll(/\$\(?var\(([\w-]+)\)/g)) {
			if (set.has(name) || said.has(name) || byFunctions.has(name)) continue;
			said.add(name);
			const near = suggest(name, [...set]);
			yield {
				...{ at, part },
				message: `nothing sets $var(${name}): it is 0`,
				hint: near && `did you mean $var(${near})?`,
			};
		}
}

/** True for the routes that only `route(…)` and names in texts can reach. */
const isNamed = ({ kind, name }: Route) => kind === 'request' && name !== '0';

function* unusedRoutes(config: ConfigFile): Generator<RuleFinding> {
	for (const node of nodesOf(config.routes))
		if (node.kind === 'route-call' && (node as { route?: { kind?: string } }).route?.kind !== 'string')
			return;
	// modules name routes, too: a timer's, the one that gets an answer, as in `timer=t;route=NAME`
	const named = new Set(textsOf(config).texts.flatMap((text) => [text, ...text.split(/[^\w:.-]+/)]));
	for (const route of config.routes)
		if (isNamed(route) && !named.has(route.name))
			yield { at: route.at, message: `nothing calls route[${route.name}]` };
}

/** True if scripts in other languages may use what the configuration defines. */
const hasGuests = ({ settings }: ConfigFile) =>
	settings.some((setting) => setting.kind === 'load-module' && /app_(lua|jsdt)/.test(setting.path));

/** Rules for Kamailio's own language only. */
export const UNUSED_RULES: readonly Rule[] = [
	rule({
		code: 'KC181',
		name: 'unused-variable',
		severity: 'warning',
		language: 'native',
		doc: 'A `$var(x)` is set that nothing reads.',
		why: 'Often the name is misspelt where it is read: a $var that was never set is 0, and nobody says so.',
		bad: '$var(code) = 200; #!!\nxhttp_reply("$var(cod)", "OK", "text/plain", "");',
		good: '$var(code) = 200;\nxhttp_reply("$var(code)", "OK", "text/plain", "");',
		*check({ tree: { config } }) {
			if (config && !hasGuests(config)) yield* unusedVariables(config);
		},
	}),
	rule({
		code: 'KC183',
		name: 'unset-variable',
		severity: 'warning',
		language: 'native',
		doc: 'A `$var(x)` is read that nothing sets.',
		why: 'It is 0, and nobody says so.',
		bad: 'xinfo("$var(name)\\n"); #!!',
		good: '$var(name) = "Ada";\nxinfo("$var(name)\\n");',
		*check(facts) {
			const { config } = facts.tree;
			if (config && !hasGuests(config)) yield* unsetVariables(facts, config);
		},
	}),
	rule({
		code: 'KC182',
		name: 'unused-route',
		severity: 'warning',
		language: 'native',
		doc: 'A route is there that nothing calls.',
		why: 'It is left over, or the call of it is missing.',
		bad: 'route[LOST] { #!!\n\txinfo("never\\n");\n}\nevent_route[xhttp:request] {\n\txhttp_reply("200", "OK", "text/plain", "");\n}',
		good: 'route[FOUND] {\n\txinfo("each time\\n");\n}\nevent_route[xhttp:request] {\n\troute(FOUND);\n\txhttp_reply("200", "OK", "text/plain", "");\n}',
		*check({ tree: { config } }) {
			if (config && !hasGuests(config)) yield* unusedRoutes(config);
		},
	}),
];
