CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('subscriber', 7);
CREATE TABLE subscriber (id INTEGER PRIMARY KEY, username VARCHAR(64), domain VARCHAR(64), password VARCHAR(64), ha1 VARCHAR(128), ha1b VARCHAR(128), rpid VARCHAR(64), level INT);
INSERT INTO subscriber (username, domain, password, ha1, ha1b, rpid, level) VALUES
 ('alice', 'home.test', 'secret', 'd80a40a1155d17efbae0f114ebab987e', 'cf4ca56513000f408e14bd12a44d4527', 'id of alice', 0),
 ('bob', 'one.test', 'first', '84ee99a886dba353a3d951ec236b9051', '116e86d0dce5545cbb17da5d19ccf1ae', 'id of bob', 1),
 ('bob', 'two.test', 'second', 'f30fb77a9b54276aae02f2a62b7d34f5', 'dfb7429569491b5f816767cf5a15d4c1', 'id of bob', 2),
 ('o''neil', 'test', 'secret', '16b8af9e0d9e6b372c31866cc51ccdc0', '985f349ae29f5c1d4a34d2becebf9929', 'id of o''neil', 3),
 ('dora', 'test', 'x', 'e412290cf6c42f440b790ff2af744634', '6d3bcecc3230053caff3fff0a6a81eb3', 'id of dora', 4),
 ('carl', 'home.test', NULL, NULL, NULL, NULL, NULL);
