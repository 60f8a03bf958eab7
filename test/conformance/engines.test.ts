import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { ENGINES } from '../../engines/list.ts';
import { here } from './run.ts';

test('every engine is compared with Kamailio, in a file of its own', () => {
	for (const { name } of ENGINES) assert.ok(existsSync(here(`${name}.test.ts`)), `${name}.test.ts is there`);
});
