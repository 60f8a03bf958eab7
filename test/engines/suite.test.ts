import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KSR_ENGINES } from '../../engines/list.ts';
import { hostFor } from '../support/host.ts';
import { AHEAD_CASES } from './ahead-cases.ts';
import { CASES } from './cases.ts';
import { LIBRARY_CASES } from './library-cases.ts';
import { WEB_CASES } from './web-cases.ts';

/** What an engine cannot do, with the reason. */
const GAPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	fengari: {},
	wasmoon: {},
	quickjs: {},
	'isolated-vm': {},
};

for (const engine of KSR_ENGINES) {
	const language = engine.language === 'lua' ? 'lua' : 'js';
	describe(engine.name, () => {
		for (const { name, body, check, options, ...scripts } of [
			...CASES,
			...AHEAD_CASES,
			...LIBRARY_CASES,
			...WEB_CASES,
		]) {
			const script = scripts[language];
			if (script === undefined) continue;
			test(name, { skip: GAPS[engine.name]?.[name] ?? false }, async (t) => {
				const file = options?.name ?? `handler.${language}`;
				const host = await hostFor(t, script, { engine: engine.name, ...options, name: file });
				if (check) return check(host, engine.name);
				const reply = await host.request();
				assert.equal(reply.status, 200, host.lines().join('\n'));
				assert.equal(reply.body, body);
			});
		}
	});
}
