CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('address', 6), ('trusted', 6);
CREATE TABLE address (id INTEGER PRIMARY KEY, grp INTEGER, ip_addr VARCHAR(50), mask INTEGER, port SMALLINT, tag VARCHAR(64));
INSERT INTO address (grp, ip_addr, mask, port, tag) VALUES
 (1, '10.0.0.1', 32, 0, NULL), (1, '10.1.0.0', 16, 0, 'net'), (2, '10.0.0.1', 32, 5060, 'tag-two'), (3, '192.0.2.0', 24, 0, 'docs'),
 (4, '127.0.0.0', 8, 0, ''), (5, '2001:db8::1', 128, 0, NULL), (5, '2001:db8:1::', 48, 0, NULL), (5, '[2001:db8::2]', 0, 0, 'b'),
 (6, 'example.org', 32, 0, 'name'), (6, 'example.org', 0, 80, 'web'), (8, '10.0.0.1', 32, 0, 'again'), (9, '10.9.8.7', 16, 0, 'hostbits');
CREATE TABLE trusted (id INTEGER PRIMARY KEY, src_ip VARCHAR(50), proto VARCHAR(4), from_pattern VARCHAR(64), ruri_pattern VARCHAR(64), tag VARCHAR(64), priority INTEGER);
INSERT INTO trusted (src_ip, proto, from_pattern, ruri_pattern, tag, priority) VALUES
 ('127.0.0.1', 'tcp', NULL, NULL, 't1', 0), ('127.0.0.1', 'any', '^sip:.*', NULL, 't2', 5), ('127.0.0.1', 'udp', NULL, NULL, 't3', 9),
 ('10.0.0.9', 'tls', NULL, '^sip:x', NULL, 1), ('10.0.0.10', 'none', NULL, NULL, NULL, 1), ('host.example', 'ANY', NULL, NULL, 'h', 1);
