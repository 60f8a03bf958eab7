// What the soak asks for: answers that can be checked, and every kind of trouble.

const query = () => KSR.pv.gete('$(hu{url.querystring})');

const answers = {
	echo: query,
	sum: () => [...KSR.pv.gete('$rb').matchAll(/\d+/g)].reduce((sum, [number]) => sum + Number(number), 0),
	body: () => KSR.pv.get('$rb'),
	count: () => KSR.htable.sht_inc('soak', 'count'),
	total: () => KSR.htable.sht_get('soak', 'count'),
	queue() {
		KSR.mqueue.mq_add('q', query(), 'v');
		KSR.mqueue.mq_fetch('q');
		return KSR.pv.get('$mqk(q)');
	},
	async wait() {
		const before = query();
		await KSR.cfgutils.usleep(20000);
		return before + query();
	},
	pid: () => KSR.pv.get('$pp'),
	// trouble
	loop() {
		for (;;) {
			try {
				for (;;);
			} catch {}
		}
	},
	tables() {
		const all = [];
		for (;;) all.push([{}, {}]);
	},
	strings() {
		let all = 'x';
		const kept = [];
		for (;;) {
			all += all.length < 1 << 20 ? all : '';
			kept.push(Array.from(all));
		}
	},
	deep: () => 1 + answers.deep(),
	error() {
		throw {
			toString: () => {
				throw new Error('on purpose');
			},
		};
	},
	silent: () => KSR.x.exit(),
	flood() {
		for (let i = 0; i < 200; i++) KSR.dbg('x'.repeat(1000));
		return 'flooded';
	},
};

export async function ksr_xhttp_event() {
	const [, name] = /^\/(\w+)/.exec(KSR.pv.get('$hu'));
	const answer = await answers[name]();
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', `${answer}`);
}
