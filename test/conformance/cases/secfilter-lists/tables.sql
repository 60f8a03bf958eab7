CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('secfilter', 1);
CREATE TABLE secfilter (id INTEGER PRIMARY KEY, action SMALLINT, type SMALLINT, data VARCHAR(64));
INSERT INTO secfilter (action, type, data) VALUES (0, 0, 'friendly-scanner'), (0, 0, 'sipcli'), (1, 0, 'sipcli/1.9'), (0, 1, 'AF'), (1, 1, 'DE'), (0, 2, 'evil.test'), (1, 2, 'good.test'), (0, 3, '10.0.0'), (1, 3, '127.0.0.1'), (0, 4, 'hacker'), (1, 4, 'alice'), (2, 0, '555123123'), (2, 0, '999');
