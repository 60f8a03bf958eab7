/**
 * Rules about values that are not what the script takes them for.
 *
 * @module
 */
import type { Facts, KsrCall } from '../facts.ts';
import { type Rule, rule } from '../rule.ts';
import type { Expression } from '../tree.ts';
import { JAVASCRIPT_GLOBALS, LUA_GLOBALS } from './globals.ts';

/** Functions that give nothing where there is nothing to give. */
const NULLABLE_CALLS = new Set([
	'KSR.hdr.get',
	'KSR.hdr.get_idx',
	'KSR.htable.sht_get',
	'KSR.pvx.avp_get',
	'KSR.pvx.sht_get',
	'KSR.pvx.xavp_get',
	'KSR.pvx.xavp_getd',
]);
/** Variables that are null in a usual request. Others are always there, or never null as `$var` and `$shv`. */
const NULLABLE_VARIABLES =
	/^\$\(?(hdr|hdrc|avp|xavp|xavu|xavi|sht|shtex|rb|cT|ct|ua|au|ad|aU|aa|ar|fu|fU|fd|tu|tU|td|ci|cs|def|null|via|param|jsonrpl|http_\w+|x_hdr)\b/;

/** True for the text of a variable that is null in many requests. */
export const isNullable = (variable: string): boolean => NULLABLE_VARIABLES.test(variable);

function mayBeNull(call: KsrCall | undefined): boolean {
	if (!call) return false;
	if (NULLABLE_CALLS.has(call.path)) return true;
	const [variable] = call.args;
	return call.path === 'KSR.pv.get' && variable?.kind === 'string' && isNullable(variable.value);
}

/** The call behind a side of an expression: itself, or that of a variable which is never asked whether it is there. */
function callBehind(facts: Facts, side: Expression): KsrCall | undefined {
	if (side.kind !== 'path') return facts.callOf(side);
	return facts.isTested(side.path) ? undefined : facts.valueOf(side.path);
}

/** True for what reads a content type. */
function readsContentType(call: KsrCall | undefined): boolean {
	const [name] = call?.args ?? [];
	if (!call || name?.kind !== 'string') return false;
	if (/^KSR\.hdr\.get/.test(call.path)) return /^content-type$/i.test(name.value);
	return /^KSR\.pv\.get/.test(call.path) && /^\$\(?(cT|hdr\(content-type\))\)?$/i.test(name.value);
}

export const VALUE_RULES: readonly Rule[] = [
	rule({
		code: 'KC141',
		name: 'concat-null',
		severity: 'warning',
		doc: 'Something that may be nil or null is joined with text.',
		why: 'A header that is not there is nil in Lua, where joining raises an error, and null in JavaScript, where the text then reads "null". Ask for it first, or use KSR.pv.gete, which gives an empty text.',
		bad: 'KSR.info("key " .. KSR.hdr.get("X-Key")) --!!',
		good: 'KSR.info("key " .. (KSR.hdr.get("X-Key") or "none"))',
		*check(facts) {
			for (const { operator, left, right } of facts.binaries) {
				if (operator !== '..') continue;
				for (const side of [left, right]) {
					const call = callBehind(facts, side);
					if (!call || !mayBeNull(call)) continue;
					const lua = facts.tree.language === 'lua';
					const what = side.kind === 'path' ? `${side.path}, from ${call.path},` : `${call.path}`;
					yield {
						at: side.at,
						message: `${what} may be ${lua ? 'nil' : 'null'}, and joining that ${lua ? 'raises an error' : 'gives the text "null"'}`,
						hint: lua ? 'put (… or "") around it' : "put (… ?? '') around it",
					};
				}
			}
		},
	}),
	rule({
		code: 'KC161',
		name: 'exact-content-type',
		severity: 'warning',
		doc: 'A content type is compared as a whole.',
		why: 'Clients write parameters after it ("application/json; charset=utf-8") and may write it in capital letters. KSR.hdr.match_content and starts-with comparisons take those, too.',
		bad: 'if KSR.hdr.get("Content-Type") == "application/json" then KSR.info("json") end --!!',
		good: 'if KSR.hdr.match_content("Content-Type", "sw", "application/json", "f") then KSR.info("json") end',
		*check(facts) {
			const behind = (side: Expression) =>
				side.kind === 'path' ? facts.valueOf(side.path) : facts.callOf(side);
			for (const { operator, left, right, at } of facts.binaries) {
				if (!['==', '~='].includes(operator)) continue;
				const hint = facts.tree.language === 'native' ? 'match it: =~ "^application/json"' : undefined;
				for (const [side, other] of [
					[left, right],
					[right, left],
				] as const)
					if (other.kind === 'string' && other.value.includes('/') && readsContentType(behind(side)))
						yield {
							at,
							message: 'this misses content types with parameters, such as "; charset=utf-8"',
							hint,
						};
			}
		},
	}),
	rule({
		code: 'KC121',
		name: 'undeclared-global',
		severity: 'warning',
		doc: 'A name is read that nothing declares, or a function sets a global that the top level does not know.',
		why: 'A misspelt name is nil in Lua and an error in JavaScript. A global that a function sets by mistake stays for all requests that come after: write local, const or let.',
		bad: 'function f() count = 1 end --!!',
		good: 'local count = 0\nfunction f() count = 1 end',
		*check({ tree }) {
			const known = tree.language === 'lua' ? LUA_GLOBALS : JAVASCRIPT_GLOBALS;
			const declared = new Set(tree.globals.filter((g) => g.write && !g.inFunction).map((g) => g.name));
			const set = new Set(tree.globals.filter((g) => g.write).map((g) => g.name));
			for (const { name, at, write, inFunction } of tree.globals) {
				if (known.has(name) || declared.has(name)) continue;
				if (write && inFunction)
					yield {
						at,
						message: `${name} becomes a global, which all requests share`,
						hint: `declare it: ${tree.language === 'lua' ? 'local' : 'let'} ${name}`,
					};
				else if (!write && !set.has(name)) yield { at, message: `nothing declares ${name}` };
			}
		},
	}),
];
