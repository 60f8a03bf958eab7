// Wears out the Web's globals, whose work the host does, and puts other things in the place of what they use.

const megabyte = 'x'.repeat(1 << 20);

const bombs = [
	() => { for (;;) new URL('http://h/?' + megabyte) },
	() => { for (;;) try { new URL(megabyte) } catch {} },
	() => { for (;;) new URLSearchParams('a=b&'.repeat(10000)).sort() },
	() => { for (;;) btoa(atob(megabyte)) },
	() => { for (;;) new TextDecoder().decode(new TextEncoder().encode(megabyte)) },
	() => { for (;;) crypto.getRandomValues(new Uint8Array(65536)) },
	() => { const list = []; for (let i = 0; i < 1000; i++) list.push([list]); for (;;) structuredClone(list) },
	() => { const again = () => queueMicrotask(again); again(); for (;;) ; },
	() => { for (;;) try { performance.now() } catch {} },
	() => { let deep = {}; for (let i = 0; i < 1e6; i++) deep = { deep }; for (;;) try { structuredClone(deep) } catch {} },
];

function ksr_xhttp_event() {
	const [, way] = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu")) ?? [];
	if (way) bombs[way - 1]();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
