/**
 * The part of the debugger that runs inside a script in JavaScript: an expression, on one line, for the value of
 * `__kh` in each file.
 *
 * @module
 */
import { GUEST_MODULE, oneLine } from './protocol.ts';

/**
 * One object for all files of an engine. What it needs of JavaScript's library is taken before the script can change it. A frame is
 * an object on the stack of its request; a step of a frame shows that all above it have ended, by an error perhaps.
 */
const SOURCE = `
(globalThis.${GUEST_MODULE} ??= (() => {
	const host = KSR.${GUEST_MODULE};
	const { stringify } = JSON;
	const { ownKeys, getOwnPropertyDescriptor, set } = Reflect;
	const { isArray } = Array;
	const toText = String;
	const FIELD = "\\x1f", RECORD = "\\x1e", LONGEST = 2000, MOST = 1000;
	const builtin = new Set(ownKeys(globalThis));
	const stacks = new Map();
	let refs = [];

	const plain = (s) => s.replace(/[\\x00-\\x1f\\x7f]/g, (c) => "\\\\x" + c.charCodeAt(0).toString(16).padStart(2, "0"));
	const quoted = (s) => s.length > LONGEST ? stringify(s.slice(0, LONGEST)) + "..." : stringify(s);
	const typeOf = (v) => {
		if (v === null) return "null";
		if (typeof v !== "object") return typeof v;
		try { return v.constructor?.name || "object"; } catch { return "object"; }
	};
	const short = (v) => {
		switch (typeof v) {
			case "string": return quoted(v);
			case "bigint": return v + "n";
			case "function": return "function " + (v.name || "");
			case "object": return v === null ? "null" : isArray(v) ? "[...]" : "{...}";
			default: return toText(v);
		}
	};
	const partsOf = (v) => {
		const parts = [];
		if (v instanceof Map)
			for (const [k, value] of v) { if (parts.length >= MOST) break; parts.push({ name: short(k), value, set: (to) => { v.set(k, to); return true; } }); }
		if (v instanceof Set)
			for (const value of v) { if (parts.length >= MOST) break; parts.push({ name: toText(parts.length), value }); }
		for (const key of ownKeys(v)) {
			if (parts.length >= MOST) break;
			if (isArray(v) && key === "length") continue;
			const field = getOwnPropertyDescriptor(v, key);
			if (!field) continue;
			const own = { name: toText(key), set: (to) => set(v, key, to) };
			parts.push("value" in field ? { ...own, value: field.value } : { ...own, getter: () => v[key] });
		}
		return parts;
	};
	const preview = (v, parts) => {
		if (v instanceof Date) return toText(v);
		if (v instanceof Error) return toText(v);
		if (v instanceof RegExp) return toText(v);
		if (typeof v === "function") return short(v);
		const list = isArray(v);
		const texts = parts.slice(0, 8).map((p) => (list ? "" : p.name + ": ") + ("getter" in p ? "(...)" : short(p.value)));
		if (parts.length > 8) texts.push("...");
		const type = typeOf(v);
		const front = type === "Object" || type === "Array" ? "" : type + " ";
		return front + (list ? "[" : "{") + texts.join(", ") + (list ? "]" : "}");
	};
	const shown = (name, v) => {
		let text = "", ref = 0;
		const type = typeOf(v);
		if (v !== null && (typeof v === "object" || typeof v === "function")) {
			let parts = [];
			try { parts = partsOf(v); text = preview(v, parts); } catch (error) { text = "(" + error + ")"; }
			if (parts.length > 0 && typeof v === "object") ref = refs.push(parts);
		} else text = short(v);
		return [plain(name), plain(type), plain(text), ref].join(FIELD);
	};
	const failed = (error) => "error" + FIELD + plain(toText(error));
	const global = (0, eval);
	const evaluate = (frame, text) => {
		const reach = frame?.reach ?? global;
		try { return reach("(" + text + "\\n)"); } catch (error) {
			if (!(error instanceof SyntaxError)) throw error;
			return reach(text);
		}
	};
	const assigning = (frame, text, assign) => {
		const v = evaluate(frame, text);
		if (assign && assign(v) === false) return failed("it cannot be set");
		return "ok" + RECORD + shown("", v);
	};

	const commands = {
		stack: (stack) => ["ok", ...stack.map((f) => [plain(f.name), f.file, f.statement ?? -1].join(FIELD))].join(RECORD),
		variables(stack, level, names) {
			const frame = stack[level - 1];
			const out = ["ok"];
			for (const name of names.split(",")) {
				if (!name) continue;
				try { out.push(shown(name, frame.reach(name))); } catch {
					out.push([name, "", "(has no value yet)", 0].join(FIELD));
				}
			}
			return out.join(RECORD);
		},
		globals() {
			const names = ownKeys(globalThis).filter((k) => typeof k === "string" && !builtin.has(k) && !k.startsWith("__kh") && !k.startsWith("${GUEST_MODULE}"));
			return ["ok", ...names.sort().map((name) => shown(name, globalThis[name]))].join(RECORD);
		},
		parts(_, ref) {
			const parts = refs[ref - 1];
			if (!parts) return failed("the value is gone");
			return ["ok", ...parts.map((p) => {
				try { return shown(p.name, "getter" in p ? p.getter() : p.value); } catch (error) {
					return [plain(p.name), "", plain("(" + error + ")"), 0].join(FIELD);
				}
			})].join(RECORD);
		},
		evaluate: (stack, level, text) => assigning(stack[level - 1], text),
		set(stack, level, name, text) {
			const { reach } = stack[level - 1];
			globalThis.__kh_value = evaluate(stack[level - 1], text);
			try { reach(name + "=__kh_value"); } finally { delete globalThis.__kh_value; }
			return "ok" + RECORD + shown("", reach(name));
		},
		"set-global": (stack, level, name, text) => assigning(stack[level - 1], text, (v) => set(globalThis, name, v)),
		"set-part": (stack, level, ref, part, text) => assigning(stack[level - 1], text, (v) => refs[ref - 1]?.[part - 1]?.set?.(v) ?? false),
	};
	const obey = (stack, first) => {
		let command = first;
		while (command) {
			const [name, ...fields] = command.split(FIELD);
			const height = stack.length;
			let answer;
			try { answer = commands[name](stack, ...fields); } catch (error) { answer = failed(error); }
			stack.length = height;
			command = host.answer(answer);
		}
		refs = [];
	};
	const stackOf = (key) => {
		let stack = stacks.get(key);
		if (stack) return stack;
		for (let gone = host.ended(); gone; gone = host.ended()) stacks.delete(gone);
		stack = [];
		stacks.set(key, stack);
		return stack;
	};

	const enter = (name, file) => {
		const stack = stackOf(host.request());
		const frame = { name, file, stack, level: stack.length };
		stack.push(frame);
		return frame;
	};
	const step = (frame, statement, reach) => {
		const { stack } = frame;
		frame.statement = statement;
		frame.reach = reach;
		if (stack[frame.level] !== frame) frame.level = stack.push(frame) - 1;
		stack.length = frame.level + 1;
		obey(stack, host.step(frame.file, statement, frame.level + 1));
	};
	const leave = (frame, value) => {
		const { stack } = frame;
		if (stack[frame.level] === frame) stack.length = frame.level;
		return value;
	};
	globalThis.${GUEST_MODULE}_failed = () => {
		const stack = stackOf(host.request());
		obey(stack, host.failed());
	};
	return { enter, step, leave };
})())
`;

/** What `__kh` is set to. */
export const JAVASCRIPT_GUEST = oneLine(SOURCE);
