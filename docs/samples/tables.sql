-- Tables of Kamailio's modules with a few rows, for the examples of the reference. kamdbctl makes the real ones.

CREATE TABLE dialplan (id INTEGER PRIMARY KEY, dpid INTEGER, pr INTEGER, match_op INTEGER, match_exp VARCHAR(64),
 match_len INTEGER, subst_exp VARCHAR(64), repl_exp VARCHAR(256), attrs VARCHAR(64));
INSERT INTO dialplan (dpid, pr, match_op, match_exp, match_len, subst_exp, repl_exp, attrs) VALUES
 (1, 1, 0, '112', 3, '', 'emergency', 'sos'),
 (1, 2, 1, '^00[1-9]', 0, '^00([0-9]+)$', '+\1', 'international'),
 (1, 3, 2, '0[1-9]*', 0, '^0([0-9]+)$', '+49\1', 'national');

CREATE TABLE mtree (id INTEGER PRIMARY KEY, tprefix VARCHAR(32), tvalue VARCHAR(128));
INSERT INTO mtree (tprefix, tvalue) VALUES ('49', 'Germany'), ('4930', 'Berlin'), ('44', 'United Kingdom');
