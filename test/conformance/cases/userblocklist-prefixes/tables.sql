CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('userblocklist', 1), ('globalblocklist', 1);
CREATE TABLE userblocklist (id INTEGER PRIMARY KEY, username VARCHAR(64), domain VARCHAR(64), prefix VARCHAR(64), allowlist SMALLINT);
INSERT INTO userblocklist (username, domain, prefix, allowlist) VALUES ('alice', 'home.test', '49', 0), ('alice', 'home.test', '4930', 1), ('alice', 'other.test', '1', 0), ('bob', 'home.test', '', 0), ('eve', 'x', '12a3', 0);
CREATE TABLE mine (id INTEGER PRIMARY KEY, username VARCHAR(64), domain VARCHAR(64), prefix VARCHAR(64), allowlist SMALLINT);
INSERT INTO mine (username, domain, prefix, allowlist) VALUES ('alice', 'home.test', '5', 0);
CREATE TABLE globalblocklist (id INTEGER PRIMARY KEY, prefix VARCHAR(64), allowlist SMALLINT, description VARCHAR(255));
INSERT INTO globalblocklist (prefix, allowlist) VALUES ('0900', 0), ('09001', 1), ('12', 0);
