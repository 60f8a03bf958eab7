CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('grp', 2), ('re_grp', 1), ('uri', 1), ('subscriber', 7);
CREATE TABLE grp (id INTEGER PRIMARY KEY, username VARCHAR(64), domain VARCHAR(64), grp VARCHAR(64), last_modified TIMESTAMP);
INSERT INTO grp (username, domain, grp) VALUES ('alice', 'home.test', 'admin'), ('alice', 'home.test', 'staff'), ('bob', 'other.test', 'staff');
CREATE TABLE re_grp (id INTEGER PRIMARY KEY, reg_exp VARCHAR(128), group_id INT);
INSERT INTO re_grp (reg_exp, group_id) VALUES ('^sip:al', 10), ('@home', 20), ('^sip:BOB@', 30), ('^alice', 40);
