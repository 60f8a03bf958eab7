/** KSR.ipops. Unless a title says otherwise, the values were recorded from Kamailio 5.6.3. */
import { test } from 'node:test';
import { complains, gives, is, type Step, set, take } from '../support/context.ts';

test('what kind of address a text is', () => {
	const kinds: [string, number, number][] = [
		// text, ip_type, is_pure_ip
		['10.1.2.3', 1, 1],
		['255.255.255.255', 1, 1],
		['256.1.1.1', -1, -1],
		['01.2.3.4', -1, -1],
		['1.2.3', -1, -1],
		['1.2.3.4.', -1, -1],
		[' 1.2.3.4', -1, -1],
		['', -1, -1],
		['::', 2, 1],
		['2001:DB8::1', 2, 1],
		['1:2:3:4:5:6:7:8', 2, 1],
		['1:2:3:4:5:6:7::', 2, 1],
		['1:2:3:4:5:6:7', -1, -1],
		['1:2:3:4:5:6:7:8:9', -1, -1],
		['1:2:3:4::5:6:7:8', -1, -1],
		['1::2::3', -1, -1],
		[':::', -1, -1],
		['::12345', -1, -1],
		['::ffff:1.2.3.4', 2, 1],
		['1:2:3:4:5:6:1.2.3.4', 2, 1],
		['1:2:3:4:5:6:7:1.2.3.4', -1, -1],
		['fe80::1%eth0', -1, -1],
		['[::1]', 3, -1],
		['[::1', -1, -1],
		['[1.2.3.4]', -1, -1],
	];
	take(
		kinds.flatMap(([text, type, pure]): Step[] => [
			gives('ipops.ip_type', text)(type),
			gives('ipops.is_ip', text)(type > 0 ? 1 : -1),
			gives('ipops.is_pure_ip', text)(pure),
			gives('ipops.is_ip4', text)(type === 1 ? 1 : -1),
			gives('ipops.is_ip6', text)(type === 2 ? 1 : -1),
			gives('ipops.is_ip6_reference', text)(type === 3 ? 1 : -1),
		]),
	);
});

test('an address that breaks off behind a double colon is taken for one', () => {
	take([
		...['::1:', '1::2:', '::1.2', '::1.2.3', '1:2:3:4:5::1.', '::1:2:3:4:5:6:'].flatMap((text) => [
			gives('ipops.is_ip6', text)(1),
			gives('ipops.compare_ips', text, text)(-1),
			gives('ipops.is_in_subnet', text, '::/0')(0),
		]),
		...['::1:2:3:4:5:6:7:', '1:2:3:4:5:6::8:', '::1:2:3:4:5:6:1.2', '::256.', '[::1:]'].map((text) =>
			gives('ipops.is_ip', text)(-1),
		),
	]);
});

test('private addresses, whatever follows them', () => {
	take([
		...[
			'10.0.0.1',
			'172.16.0.1',
			'172.31.255.255',
			'192.168.1.1',
			'10.0.0.1x',
			'192.168.1.1.evil.example',
		].map((text) => gives('ipops.is_ip_rfc1918', text)(1)),
		...['10.0.0', '172.15.0.1', '172.32.0.0', '11.0.0.1', '192.168.1', '', 'fd00::1', ' 10.0.0.1'].map(
			(text) => gives('ipops.is_ip_rfc1918', text)(-1),
		),
	]);
});

test('the same address in two forms', () => {
	take([
		gives('ipops.compare_ips', '::1', '0:0:0:0:0:0:0:1')(1),
		gives('ipops.compare_ips', '[::1]', '::1')(1),
		gives('ipops.compare_pure_ips', '[::1]', '::1')(-1),
		gives('ipops.compare_pure_ips', '::ffff:1.2.3.4', '::FFFF:102:304')(1),
		gives('ipops.compare_ips', '::ffff:1.2.3.4', '1.2.3.4')(-1),
		gives('ipops.compare_ips', '1.2.3.4', '1.2.3.5')(-1),
		gives('ipops.compare_ips', '', '')(-1),
	]);
});

test('networks: lists, masks that are wrong or missing', () => {
	const rows: [string, string, number][] = [
		['10.1.2.3', '10.0.0.0/8', 1],
		['10.1.2.3', '11.0.0.0/8', -1],
		['10.1.2.3', '10.1.2.2/31', 1],
		['10.1.2.3', '10.1.2.3', 1],
		['10.1.2.3', ' 192.168.0.0/16 , 10.0.0.0/8 ', 1],
		['10.1.2.3', ',,10.0.0.0/8', 1],
		['10.1.2.3', 'nonsense,10.0.0.0/8', 1],
		['10.1.2.3', '', -1],
		['10.1.2.3', '/8', -1],
		['10.1.2.3', '10.0.0.0/33', -1],
		['10.1.2.3', '10.0.0.0/-2', -1],
		['10.1.2.3', '9.0.0.0/', 1],
		['10.1.2.3', '9.0.0.0/x', 1],
		['10.1.2.3', '10.1.2.3/-1', 1],
		['10.1.2.3', '10.1.2.4/-1', -1],
		['10.1.2.3', '10.0.0.0/ 8', 1],
		['10.1.2.3', '10.0.0.0/4294967304', 1],
		['10.1.2.3', '10.0.0.0/8/8', -1],
		['10.1.2.3', '::/0', -1],
		['2001:db8::5', '2001:db8::/32', 1],
		['2001:db8::5', '[2001:db8::]/32', -1],
		['2001:db8::5', '2001:db8::/129', -1],
		['2001:db8::5', '10.0.0.0/8,2001:db8::/33', 1],
		['[2001:db8::5]', '2001:db8::/32', -1],
		['nonsense', '0.0.0.0/0', -1],
	];
	take(
		rows.flatMap(([address, list, expected]) => [
			gives('ipops.is_in_subnet', address, list)(expected),
			gives('ipops.ip_is_in_subnet', address, list)(expected),
		]),
	);
});

test('an IPv6 address is masked by each network of a list that it is compared with', () => {
	take([
		gives('ipops.is_in_subnet', '2001:db8::5', '2001:db8::/64')(1),
		gives('ipops.is_in_subnet', '2001:db8::5', 'fe80::/10,2001:db8::/64')(-1),
		gives('ipops.is_in_subnet', '2001:db8::5', 'fe80::/64,2001:db8::')(1),
	]);
});

test('detailed_ip_type tells what an address is for', () => {
	const kinds: [string, string][] = [
		['8.8.8.8', 'PUBLIC'],
		['10.1.1.1', 'PRIVATE'],
		['0.1.2.3', 'PRIVATE'],
		['255.255.255.255', 'BROADCAST'],
		['198.51.100.1', 'TEST-NET'],
		['192.88.99.1', '6TO4-RELAY'],
		['192.0.0.1', 'RESERVED'],
		['169.254.1.1', 'LINK-LOCAL'],
		['100.64.0.1', 'SHARED'],
		['127.1.1.1', 'LOOPBACK'],
		['224.0.0.1', 'MULTICAST'],
		['240.0.0.1', 'RESERVED'],
		['::', 'UNSPECIFIED'],
		['[::1]', 'LOOPBACK'],
		['::ffff:1.2.3.4', 'IPV4MAP'],
		['100::1', 'DISCARD'],
		['2001:2::1', 'BMWG'],
		['2001::1', 'TEREDO'],
		['2001:db8::', 'DOCUMENTATION'],
		['2001:10::', 'ORCHID'],
		['2002::', '6TO4'],
		['fe80::1', 'LINK-LOCAL-UNICAST'],
		['fec0::', 'RESERVED'],
		['ff02::1', 'MULTICAST'],
		['fc00::1', 'UNIQUE-LOCAL-UNICAST'],
		['2600::', 'GLOBAL-UNICAST'],
		['4000::', 'RESERVED'],
	];
	take(
		kinds.flatMap(([address, kind]) => [
			gives('ipops.detailed_ip_type', address, '$var(kind)')(1),
			is('$var(kind)', kind),
		]),
	);
	take([
		set('$var(kind)', '-'),
		...['', 'nonsense', ' 10.1.1.1', '::1:', '[::1:]', '[', '[]', '[1'].map((text) =>
			gives('ipops.detailed_ip_type', text, '$var(kind)')(-1),
		),
		is('$var(kind)', '-'),
		gives('ipops.detailed_ipv4_type', '\t10.1.1.1\r\n', '$var(kind)')(1),
		is('$var(kind)', 'PRIVATE'),
		gives('ipops.detailed_ipv6_type', '[fe80::1', '$var(kind)')(1),
		is('$var(kind)', 'LINK-LOCAL-UNICAST'),
		gives('ipops.detailed_ipv4_type', '::1', '$var(kind)')(-1),
		complains('ipops.detailed_ip_type', '10.1.1.1', '$si')(-1),
		complains('ipops.detailed_ip_type', '10.1.1.1', '$nosuch')(-1),
	]);
});
