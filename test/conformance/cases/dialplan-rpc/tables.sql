CREATE TABLE version (table_name VARCHAR(32), table_version INTEGER);
INSERT INTO version VALUES ('dialplan', 2);
CREATE TABLE dialplan (id INTEGER PRIMARY KEY, dpid INTEGER, pr INTEGER, match_op INTEGER, match_exp VARCHAR(64),
 match_len INTEGER, subst_exp VARCHAR(64), repl_exp VARCHAR(256), attrs VARCHAR(64));
INSERT INTO dialplan (dpid, pr, match_op, match_exp, match_len, subst_exp, repl_exp, attrs) VALUES
 (1, 20, 1, '^00([1-9][0-9]*)$', 0, '^00([1-9][0-9]*)$', '+\1', 'international'),
 (1, 10, 0, '112', 3, '', 'emergency', 'sos'),
 (1, 30, 2, '0[1-9]*', 0, '^0(.*)$', '+49\1', 'national'),
 (1, 40, 1, '^1234$', 4, '', '', 'empty-repl'),
 (1, 50, 1, '^1234$', 0, '', 'never', ''),
 (1, 5, 1, '^(\d)(\d+)$', 5, '^(\d)(\d+)$', '[\2:\1:\0]\\\n\$', 'five'),
 (1, 60, 1, '^7', 0, '^8', 'x\0', 'no-subst'),
 (1, 70, 1, '^9', 0, '', 'pv $rm', 'novar'),
 (1, 71, 1, '^6', 0, '^(6.*)', '$rm-$var(x)-\1\u', 'pv'),
 (1, 72, 1, '^a(?i:B)+?(b*)', 0, '^a(B+?)(b*)(z)?(b*)', '<\1|\2|\3|\4>', ''),
 (2, 1, 1, '^$', 0, '', 'empty', ''),
 (2, 2, 0, 'yes', 0, '', 'plain\t\x', ''),
 (3, 1, 1, '(x)?(y)', 0, '(x)?(y)', '<\1\2>', '');
