CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('domain', 2), ('domain_attrs', 1);
CREATE TABLE domain (id INTEGER PRIMARY KEY, domain VARCHAR(64), did VARCHAR(64), last_modified TIMESTAMP);
INSERT INTO domain (domain, did) VALUES ('example.org', NULL), ('Example.COM', 'com'), ('example.net', 'COM'), ('a.test', NULL), ('b.test', 'b'), ('127.0.0.1', 'me');
CREATE TABLE domain_attrs (id INTEGER PRIMARY KEY, did VARCHAR(64), name VARCHAR(32), type INTEGER, value VARCHAR(255), last_modified TIMESTAMP);
INSERT INTO domain_attrs (did, name, type, value) VALUES ('com', 'plan', 2, 'gold'), ('com', 'limit', 0, '5'), ('com', 'plan', 2, 'silver'), ('example.org', 'x', 0, '-3'), ('nobody', 'y', 2, 'z');
