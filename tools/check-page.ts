/**
 * `docs/check.md`: the page of `kemihost check`, with every rule from the table.
 *
 * @module
 */
import type { Rule } from '../src/check/rule.ts';
import { RULES } from '../src/check/rules.ts';

const HEAD = `
Loads a script as \`kemihost run\` would, and checks it and every file that it requires or includes: Lua, JavaScript,
TypeScript, and Kamailio's own language. In a kamailio.cfg the settings, the scripts that it loads, and the routes that run
here are checked; what it does with SIP is not.

\`\`\`console
$ npx kemihost check docs/samples/careless.lua
docs/samples/careless.lua:3:28: warning: KSR.hdr.get may be nil, and joining that raises an error [KC141 concat-null]
  3 | 	KSR.info("request of " .. KSR.hdr.get("User-Agent"))
    | 	                          ^
  hint: put (… or "") around it
docs/samples/careless.lua:5:3: warning: this reply is followed by another one, on line 8 [KC131 reply-without-return]
  5 | 		KSR.xhttp.xhttp_reply(405, "Method Not Allowed", "text/plain", "only GET")
    | 		^
  hint: a reply does not end the handler: return after it
docs/samples/careless.lua:7:2: error: there is no KSR.hdr.apend_to_reply [KC101 unknown-function]
  7 | 	KSR.hdr.apend_to_reply("X-Powered-By: care\\r\\n")
    | 	^
  hint: did you mean KSR.hdr.append_to_reply?
1 script: 1 error, 2 warnings
\`\`\`

The same for a kamailio.cfg. Findings in an included file are shown with that file's name:

\`\`\`console
$ npx kemihost check docs/samples/careless.cfg
docs/samples/careless.cfg:7:3: warning: this reply is followed by another one, on line 15 [KC131 reply-without-return]
  7 | 		xhttp_reply("405", "Method Not Allowed", "text/plain", "only GET");
    | 		^
  hint: a reply does not end the handler: exit after it
docs/samples/careless.cfg:9:2: error: there is no function append_to_repli [KC101 unknown-function]
  9 | 	append_to_repli("X-Agent: $ua\\r\\n");
    | 	^
  hint: did you mean append_to_reply?
docs/samples/careless.cfg:13:2: warning: $var(cod) is set, and nothing reads it [KC181 unused-variable]
  13 | 	$var(cod) = 200;
     | 	^
docs/samples/careless.cfg:15:15: warning: nothing sets $var(code): it is 0 [KC183 unset-variable]
  15 | 	xhttp_reply("$var(code)", "OK", "text/plain", "hello $si");
     | 	             ^
  hint: did you mean $var(cod)?
1 script: 1 error, 3 warnings
\`\`\`

The exit code is 1 if there are errors, and 0 if there are none or only warnings; with \`--max-warnings 0\` warnings
fail too. \`--format json\` is for programs; \`--format github\` makes GitHub show each finding beside its line. The flags that
affect what the script sees (\`--modparam\`, \`--event-callback\`) are those of \`kemihost run\`.

A folder stands for all scripts in it and below that have a handler: files that name the handler of HTTP requests, or that
say in a comment (see below) that the command line names another. The other files are checked with the scripts that
require them; their number is printed to stderr.

A comment switches rules off, by their names or codes: \`kemihost-disable-line concat-null\` for its own line,
\`kemihost-disable-next-line KC141\` for the next line, \`kemihost-disable sip-only\` for the whole file; without a name, all
rules. Text after \`--\` is the reason. Errors that keep a script from loading (in Kamailio's own language, everything that
its compiler refuses) cannot be switched off: a comment would hide that nothing is served. The exception is a missing
callback, since the command line may name another.

Findings about names, numbers of arguments and literals are certain. Findings that depend on values (whether a header is
there, which replies follow each other) are concluded from the order of the code. A function of the script that replies on behalf
of others is not followed, but a route of Kamailio's own language is.

## Rules
`;

const COMMENTS = { lua: '--', javascript: '//', native: '#' } as const;

function entry({ code, name, severity, doc, why, bad, good, language = 'lua' }: Rule): string {
	const comment = COMMENTS[language];
	const example = `${bad.replace(` ${comment}!!`, '')}\n${comment} better:\n${good}`;
	const fence = language === 'native' ? 'cfg' : language;
	return `### ${code} ${name}\n\n${doc} (${severity})\n\n${why}\n\n\`\`\`${fence}\n${example}\n\`\`\`\n`;
}

/** The page's content behind its title. */
export const checkPage = (): string => `${HEAD}\n${RULES.map(entry).join('\n')}`;
