CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('mtrees', 2);
CREATE TABLE mtrees (id INTEGER PRIMARY KEY, tname VARCHAR(128), tprefix VARCHAR(32), tvalue VARCHAR(128));
INSERT INTO mtrees (tname, tprefix, tvalue) VALUES ('one', '49', 'in one'), ('two', '49', 'in two'), ('one', '4', 'four'), ('ab', 'a1', 'A'), ('ab', 'c', 'C'), ('ab', '', 'empty'), ('ab','a', NULL);
