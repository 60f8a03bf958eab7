-- Tables of Kamailio's modules with a few rows, for the examples of the reference. kamdbctl makes the real ones.

CREATE TABLE dialplan (id INTEGER PRIMARY KEY, dpid INTEGER, pr INTEGER, match_op INTEGER, match_exp VARCHAR(64),
 match_len INTEGER, subst_exp VARCHAR(64), repl_exp VARCHAR(256), attrs VARCHAR(64));
INSERT INTO dialplan (dpid, pr, match_op, match_exp, match_len, subst_exp, repl_exp, attrs) VALUES
 (1, 1, 0, '112', 3, '', 'emergency', 'sos'),
 (1, 2, 1, '^00[1-9]', 0, '^00([0-9]+)$', '+\1', 'international'),
 (1, 3, 2, '0[1-9]*', 0, '^0([0-9]+)$', '+49\1', 'national');

CREATE TABLE mtree (id INTEGER PRIMARY KEY, tprefix VARCHAR(32), tvalue VARCHAR(128));
INSERT INTO mtree (tprefix, tvalue) VALUES ('49', 'Germany'), ('4930', 'Berlin'), ('44', 'United Kingdom');

CREATE TABLE domain (id INTEGER PRIMARY KEY, domain VARCHAR(64), did VARCHAR(64));
INSERT INTO domain (domain, did) VALUES ('example.org', NULL), ('example.com', 'shop');
CREATE TABLE domain_attrs (id INTEGER PRIMARY KEY, did VARCHAR(64), name VARCHAR(32), type INTEGER, value VARCHAR(255));
INSERT INTO domain_attrs (did, name, type, value) VALUES ('shop', 'plan', 2, 'gold'), ('shop', 'limit', 0, '5');

CREATE TABLE grp (id INTEGER PRIMARY KEY, username VARCHAR(64), domain VARCHAR(64), grp VARCHAR(64));
INSERT INTO grp (username, domain, grp) VALUES ('ada', 'example.org', 'admin');

CREATE TABLE subscriber (id INTEGER PRIMARY KEY, username VARCHAR(64), domain VARCHAR(64));
INSERT INTO subscriber (username, domain) VALUES ('ada', 'example.org');

CREATE TABLE userblocklist (id INTEGER PRIMARY KEY, username VARCHAR(64), domain VARCHAR(64), prefix VARCHAR(64), allowlist SMALLINT);
INSERT INTO userblocklist (username, domain, prefix, allowlist) VALUES ('ada', 'example.org', '49', 0), ('ada', 'example.org', '4930', 1);
CREATE TABLE globalblocklist (id INTEGER PRIMARY KEY, prefix VARCHAR(64), allowlist SMALLINT);
INSERT INTO globalblocklist (prefix, allowlist) VALUES ('0900', 0);

CREATE TABLE secfilter (id INTEGER PRIMARY KEY, action SMALLINT, type SMALLINT, data VARCHAR(64));
INSERT INTO secfilter (action, type, data) VALUES (0, 0, 'friendly-scanner'), (0, 1, 'XX'), (1, 1, 'DE'), (0, 3, '192.0.2.'), (0, 4, 'hacker'), (2, 0, '999');
