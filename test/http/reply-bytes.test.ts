import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReplyDraft } from '../../src/http/reply.ts';

test('what is no byte is refused in a header line, a reason and a content type', () => {
	const draft = new ReplyDraft();
	assert.match(draft.append('X-Wide: a\u010aX-Injected: yes', false) ?? '', /control character/);
	assert.match(draft.send(200, 'O\u010dK', null, null) ?? '', /control character/);
	assert.match(draft.send(200, 'OK', 'text/\u010ahtml', null) ?? '', /control character/);
	assert.equal(draft.append('X-Latin: \xe9', false), undefined);
	assert.equal(draft.send(200, 'OK', 'text/html', ''), undefined);
	assert.equal(draft.final?.headers, 'X-Latin: \xe9\r\nContent-Type: text/html\r\n');
});
