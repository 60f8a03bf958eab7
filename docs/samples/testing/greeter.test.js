import assert from 'node:assert/strict';
import { beforeEach, test, use } from 'kemihost/testing';

use({ params: { htable: { htable: 'names=>size=4;autoexpire=3600' } } });

beforeEach((t) => t.freeze('2030-01-31T09:00:00Z'));

test('who says nothing is asked', async (t) => {
	const reply = await t.request('/');
	assert.equal(reply.status, 400);
	assert.equal(reply.headers['content-type'], 'text/plain');
	assert.match(reply.body, /^who/);
});

test('a name that is known is greeted by the time of day', async (t) => {
	t.set('$sht(names=>7)', 'Ada');
	const hello = { headers: { 'X-User': '7' } };
	assert.equal((await t.request('/', hello)).body, 'good morning, Ada');
	t.advance(10 * 3600);
	t.set('$sht(names=>7)', 'Ada');
	assert.equal((await t.request('/', hello)).body, 'good evening, Ada');
});

test('a name that is not known is asked for, and kept for a minute', async (t) => {
	const query = t.mock('KSR.http_client.query', (url, variable) => {
		t.set(variable, 'Grace');
		return 200;
	});
	const hello = { headers: { 'X-User': '8' } };
	assert.equal((await t.request('/', hello)).body, 'good morning, Grace');
	assert.equal((await t.request('/', hello)).body, 'good morning, Grace');
	assert.deepEqual(query.calls, [['http://directory/8', '$var(name)']]);
	assert.deepEqual(t.htable('names'), { 8: 'Grace' });
	t.advance(61);
	await t.request('/', hello);
	assert.equal(query.calls.length, 2);
});

test('where the directory fails, the log says so', async (t) => {
	t.mock('KSR.http_client.query', 500);
	const reply = await t.request('GET', '/', { headers: { 'X-User': '9' } });
	assert.equal(reply.status, 502);
	assert.equal(t.logs('error')[0].text, 'the directory does not know 9');
});
