// Run by "kemihost test".
import assert from 'node:assert/strict';
import { test } from 'kemihost/testing';

test('whoever says a name is greeted by it', async (t) => {
	const reply = await t.request('/hello?name=Ada%20L.');
	assert.equal(reply.status, 200);
	assert.equal(reply.headers['content-type'], 'application/json');
	assert.deepEqual(JSON.parse(reply.body), { hello: 'Ada L.' });
});

test('without a name the world is greeted', async (t) => {
	const reply = await t.request('/hello');
	assert.deepEqual(JSON.parse(reply.body), { hello: 'world' });
	assert.equal(t.logs('info')[0].text, 'greets world');
});

test('there is nothing elsewhere', async (t) => {
	assert.equal((await t.request('/elsewhere')).status, 404);
});
