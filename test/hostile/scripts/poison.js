// Spoils what the next request shares with it, and what the host's side of the engine may use: prototypes, builtins.

function bomb() {
	const poisoned = () => {
		throw "poisoned";
	};
	const spoil = (holder, name, descriptor) => {
		try {
			Object.defineProperty(holder, name, descriptor);
		} catch {}
	};
	const names = "then get set value writable enumerable configurable message stack name code status toJSON toString length 0 1 lua";
	for (const name of names.split(" "))
		if (name !== "toString") spoil(Object.prototype, name, { get: poisoned, set: poisoned, configurable: true });
	spoil(Array.prototype, "0", { get: poisoned, set: poisoned, configurable: true });
	const holders = [
		Array.prototype, String.prototype, Promise.prototype, Map.prototype, Set.prototype, RegExp.prototype, Function.prototype,
		Number.prototype, Symbol.prototype, Error.prototype, Promise, JSON, Math, Reflect, String, Array, console,
	];
	if (typeof WeakMap === "function") holders.push(WeakMap.prototype);
	for (const holder of holders)
		for (const name of Reflect.ownKeys(holder))
			if (name !== "prototype" && name !== "constructor") spoil(holder, name, { value: poisoned, configurable: true, writable: true });
	for (const name of ["Object", "Array", "String", "Promise", "JSON", "Reflect", "Error", "Map", "Symbol", "Function", "Proxy"])
		globalThis[name] = poisoned;
}

function ksr_xhttp_event() {
	const url = KSR.pv.get("$hu");
	if (url === "/bomb1") bomb();
	if (url === "/error") null.x = 1;
	if (url === "/throw") throw { a: 1 };
	KSR.info("still logging");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
