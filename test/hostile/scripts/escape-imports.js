// Tries to import files from outside of its folder and modules of the system. Replies with those it could load, which
// are none.

const NAMES = [
	"../secret.js", "./../secret.js", "lib/../../secret.js", "/etc/passwd", "file:///etc/passwd", "fs", "node:fs", "node:child_process",
	"std", "os", "qjs:std", "ivm", "isolated-vm", "data:text/javascript,export default 1", "http://127.0.0.1/x.js", "./link/secret.js",
	"./link.js", "", ".", "..", "./", "./lib", "\0", "./lib/\0.js", "./%2e%2e/secret.js", "./..\\secret.js", `./${"../".repeat(50)}etc/passwd`,
	"/proc/self/environ", "https://127.0.0.1:1/", "#internal", "constructor", "__proto__", "toString",
];

async function found() {
	const list = [];
	for (const name of NAMES) {
		try {
			const module = await import(name);
			list.push(`${name}=${Object.keys(module)}`);
		} catch (error) {
			KSR.info(`${error}`);
		}
	}
	return list.join(" ");
}

async function ksr_xhttp_event() {
	const text = KSR.pv.get("$hu") === "/bomb1" ? await found() : "fine";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", text);
}
