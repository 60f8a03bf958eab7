/**
 * KSR.avpops. The native functions are in the corpus (avpops-check, avpops-copy); Kamailio's KEMI form of avp_check reads
 * no operation, so that it never matches, and here it is the native one.
 */
import { test } from 'node:test';
import { complains, gives, is, set, take } from '../support/context.ts';

test('avp_check compares as the native function does', () => {
	take([
		set('$avp(a)', 'one'),
		set('$avp(a)', 'two'),
		set('$var(n)', 5),
		gives('avpops.avp_check', '$avp(a)', 'eq/two')(1),
		gives('avpops.avp_check', '$avp(a)', 'eq/one')(-1),
		gives('avpops.avp_check', '$avp(a)', 'eq/one/g')(1),
		gives('avpops.avp_check', '$var(n)', 'gt/i:4')(1),
		gives('avpops.avp_check', '$rm', 'eq/get/i')(1),
		complains('avpops.avp_check', '$avp(a)', 'is/two')(-1),
		complains('avpops.avp_check', '$avp(a)', 'eq/i:two')(-1),
		complains('avpops.avp_check', '$nosuch', 'eq/two')(-1),
		complains('avpops.avp_check', '', '')(-1),
	]);
});

test('avp_copy copies and moves', () => {
	take([
		set('$avp(a)', 'one'),
		set('$avp(a)', '2'),
		gives('avpops.avp_copy', '$avp(a)', '$avp(b)/n')(1),
		is('$avp(b)', 2),
		gives('avpops.avp_copy', '$avp(a)', '$avp(c)/gd')(1),
		is('$(avp(c)[*])', 'one, 2'),
		is('$avp(a)', null),
		gives('avpops.avp_copy', '$avp(none)', '$avp(d)')(-1),
		complains('avpops.avp_copy', '$avp(c)', '$avp(d)/x')(-1),
		complains('avpops.avp_copy', '$var(c)', '$avp(d)')(-1),
		complains('avpops.avp_copy', '$avp(c)', '$avp(d)/gn')(-1),
	]);
});
