CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('htable', 2);
CREATE TABLE htable (id INTEGER PRIMARY KEY, key_name VARCHAR(64), key_type INTEGER, value_type INTEGER, key_value VARCHAR(128), expires INTEGER);
INSERT INTO htable (key_name, key_type, value_type, key_value, expires) VALUES
 ('a', 0, 0, 'text', 0), ('n', 0, 1, '42', 0), ('neg', 0, 1, '-7', 0), ('bad', 0, 1, '12x', 0), ('arr', 1, 0, 'x', 0), ('arr', 1, 0, 'y', 0),
 ('arr', 1, 1, '3', 0), ('z', 1, 0, 'last', 0), ('k2', 2, 0, 'kay2', 0), ('past', 0, 0, 'gone', 100), ('fut', 0, 0, 'future', 2000000000),
 ('dup', 0, 0, 'first', 0), ('dup', 0, 0, 'second', 0), ('empty', 0, 0, '', 0), ('plus', 0, 1, '+3', 0), ('hex', 0, 1, '0x10', 0);
CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(30), x VARCHAR(10), y INTEGER, z VARCHAR(20));
INSERT INTO people VALUES (1, 'one', 'x1', 1, 'z1'), (2, 'two', NULL, -2, NULL);
CREATE TABLE kept AS SELECT * FROM htable WHERE 0;
INSERT INTO kept (key_name, key_type, value_type, key_value, expires) VALUES ('w', 0, 0, 'first', 0);
