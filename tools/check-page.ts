/**
 * `docs/check.md`: the page of `kemihost check`, with every rule from the table.
 *
 * @module
 */
import type { Rule } from '../src/check/rule.ts';
import { RULES } from '../src/check/rules.ts';

const HEAD = `
Loads a script as \`kemihost run\` would, and looks at it and at every file it requires or includes: Lua, JavaScript,
TypeScript, and Kamailio's own language. Of a kamailio.cfg the settings are looked at, too, the scripts it loads, and of its
routes those that run here: what it does with SIP is left alone.

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

The same for a kamailio.cfg; what is in a file that it includes is shown there:

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

The exit code is 1 if there are errors, and 0 if there are none or only warnings; \`--max-warnings 0\` makes warnings
fail, too. \`--format json\` is for programs; \`--format github\` makes GitHub show each finding beside its line. The flags that say what the script sees (\`--modparam\`, \`--event-callback\`)
are those of \`kemihost run\`.

A folder stands for all scripts with a handler in it and below: files that name the handler of HTTP requests, or say by
a comment (below) that the command line names another. The other files are looked at with the scripts that require them;
how many they are is said on stderr.

A comment switches rules off, by their names or codes: \`kemihost-disable-line concat-null\` for its own line,
\`kemihost-disable-next-line KC141\` for the next, \`kemihost-disable sip-only\` for the whole file; without a name all of
them. What follows \`--\` is the reason. What keeps a script from loading cannot be switched off, in
Kamailio's own language all that its compiler refuses: a comment would hide that nothing is served. Only a missing callback
can be, since the command line may name another.

What is found is certain where the text shows it: the names, how many arguments, literals. What depends on values
(whether a header is there, which replies come one after the other) is told from how the script reads; a function of
the script's own that replies for others is not followed, but a route of Kamailio's own language is.

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
