CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('dialplan', 2);
CREATE TABLE dialplan (id INTEGER PRIMARY KEY, dpid INTEGER, pr INTEGER, match_op INTEGER, match_exp VARCHAR(64),
 match_len INTEGER, subst_exp VARCHAR(64), repl_exp VARCHAR(256), attrs VARCHAR(64));
INSERT INTO dialplan (dpid, pr, match_op, match_exp, match_len, subst_exp, repl_exp, attrs) VALUES
 (1, 1, 1, '^$var(prefix)([0-9]+)$', 0, '^$var(prefix)([0-9]+)$', 'r:\1', 'prefix'),
 (1, 2, 1, '^a[0-9]+$', 0, '^a([0-9]*)$', 'a:\1', 'plain'),
 (1, 3, 1, '^b', 0, '^b$var(none)(c)', 'b:\1', 'no-subst'),
 (1, 4, 1, '^(?:$(avp(list)[+]))-([a-z]+)$', 0, '^(?:$(avp(list)[+]))-([a-z]+)$', 'list:\1', 'list'),
 (1, 5, 1, '^d($|x)', 0, '', 'dollar', 'dollar'),
 (1, 6, 1, '^(?:$(avp(list)[*]))-([a-z]+)$', 0, '', 'star', 'star'),
 (2, 1, 1, '^e', 0, '^e(.*)$var(none)$', 'e:\1\2', '');
