/**
 * The syntax tree of a kamailio.cfg, after preprocessing: what the parser makes and what the composition of the host
 * and the native engine read. It is plain data, so that it can be sent to children as it is.
 *
 * Strings are byte strings (src/bytes.ts). A tree says what was written; what it means (types, whether a function or a
 * route exists, what `== $null` compares) is decided by whoever compiles it. Names follow Kamailio's grammar
 * (src/core/cfg.y).
 *
 * @module
 */

/** Where something was written: in the file it was included from, before any substitution. */
export interface Position {
	/** The path as it was given or included. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** From 1, in characters; a tab is one. */
	readonly column: number;
}

/** What every node has. */
export interface Node {
	readonly at: Position;
}

/** A whole file with everything it includes. */
export interface ConfigFile {
	/** The path of the main file. */
	readonly path: string;
	/** Everything but routes, in the order of the file. */
	readonly settings: readonly Setting[];
	/** All route blocks, in the order of the file. */
	readonly routes: readonly Route[];
	/** The defines that hold at the end of the file, with those of the command line: for `$def()`. */
	readonly defines: ReadonlyMap<string, string>;
}

// ---- Settings: what stands outside of route blocks

/** One statement outside of route blocks. */
export type Setting =
	| CoreParameter
	| SocketParameter
	| CustomParameter
	| FlagsDeclaration
	| LoadModule
	| LoadPath
	| ModParam
	| CfgEngine;

/** `debug=3`, `server_header="…"`: a core parameter. */
export interface CoreParameter extends Node {
	readonly kind: 'core-parameter';
	/** As written; synonyms (`wdir`, `workdir`) are told apart no further. `kemi.…` callbacks hold the dot. */
	readonly name: string;
	readonly value: SettingValue;
}

/** `listen=tls:10.0.0.1:443 advertise "a.example.org":443 name "public"`; `alias="example.org"`; `socket={…}`. */
export interface SocketParameter extends Node {
	readonly kind: 'socket-parameter';
	/** `socket={ bind = … }` is a `listen` here. */
	readonly name: 'listen' | 'alias' | 'domain';
	readonly sockets: readonly Socket[];
}

/** One address of a `listen` or an `alias`. */
export interface Socket extends Node {
	/** Undefined if none is named, which means UDP and TCP; `*` as written. */
	readonly protocol: Protocol | '*' | undefined;
	/** Host names, addresses, names of interfaces; IPv6 addresses without brackets. Several in `(a, b)`. */
	readonly hosts: readonly string[];
	/** Undefined if none is named: 5060, or 5061 for TLS. 0 for `*`. */
	readonly port: number | undefined;
	/** The last port of a range, in `socket={ bind = tcp:10.0.0.1:8080-8083; }`. */
	readonly lastPort?: number;
	readonly advertise?: { readonly host: string; readonly port: number | undefined };
	readonly name?: string;
	/** With the word `virtual` behind it. */
	readonly virtual?: boolean;
}

/** `group.name = value desc "…"`: a parameter of the script's own, read by `$sel(cfg_get.group.name)` and `@cfg_get`. */
export interface CustomParameter extends Node {
	readonly kind: 'custom-parameter';
	readonly group: string;
	/** In `group[2].name`. */
	readonly groupId?: number;
	readonly name: string;
	readonly value: SettingValue;
	readonly description?: string;
}

/** `flags A:3, B` and `avpflags C`. */
export interface FlagsDeclaration extends Node {
	readonly kind: 'flags';
	readonly avp: boolean;
	readonly flags: readonly { readonly name: string; readonly number: number | undefined }[];
}

/** `loadmodule "xhttp.so"`, `loadmodulex`. */
export interface LoadModule extends Node {
	readonly kind: 'load-module';
	/** As written: with or without `.so`, with or without a path. */
	readonly path: string;
}

/** `loadpath "…"`, `mpath="…"`. */
export interface LoadPath extends Node {
	readonly kind: 'load-path';
	readonly path: string;
}

/** `modparam("m1|m2", "name", value)`, `modparamx`. */
export interface ModParam extends Node {
	readonly kind: 'modparam';
	/** As written: a regular expression over module names. */
	readonly modules: string;
	readonly name: string;
	/** A variable only with `modparamx`. */
	readonly value: IntLiteral | StringLiteral | PseudoVariable;
}

/** `cfgengine "lua"`. */
export interface CfgEngine extends Node {
	readonly kind: 'cfg-engine';
	readonly name: string;
}

/** The value of a parameter: a number, a string, or a bare word (an address, an interface, a log facility). */
export type SettingValue = IntLiteral | StringLiteral | Word;

/** A bare word, as far as it goes: `LOG_LOCAL0`, `127.0.0.1`, `eth0`, `uri:host`. */
export interface Word extends Node {
	readonly kind: 'word';
	readonly text: string;
}

// ---- Routes

/** `request` is the SIP one; `reply` stands for `onreply_route` too; only `request` ones and `event` ones run here. */
export type RouteKind = 'request' | 'failure' | 'reply' | 'branch' | 'onsend' | 'event';

/** `request_route {…}`, `route[NAME] {…}`, `event_route[xhttp:request] {…}`. */
export interface Route extends Node {
	readonly kind: RouteKind;
	/**
	 * The name in brackets, without quotes; a number by its decimal text. `0` where there are no brackets, as in
	 * Kamailio, where `route[0]` and `request_route` are one.
	 */
	readonly name: string;
	readonly body: readonly Statement[];
	/** The closing brace. */
	readonly end: Position;
}

// ---- Statements

/** One statement of a route. Null statements (`;`) are not kept. */
export type Statement =
	| AssignmentStatement
	| CallStatement
	| IfStatement
	| WhileStatement
	| SwitchStatement
	| LeaveStatement;

/** `$var(x) = 1 + 2;` */
export interface AssignmentStatement extends Node {
	readonly kind: 'assignment';
	/** May be anything with a `$`: whether it can be assigned is known by the variable. */
	readonly target: PseudoVariable;
	readonly value: Expression;
}

/** `xlog("…");`, `route(NAME);`. Kamailio takes no other expression as a statement. */
export interface CallStatement extends Node {
	readonly kind: 'call-statement';
	readonly call: Call | RouteCall;
}

/** `if (…) … else …`; `else if` is an if statement alone in `otherwise`. */
export interface IfStatement extends Node {
	readonly kind: 'if';
	readonly condition: Expression;
	readonly body: readonly Statement[];
	/** Undefined without an else. */
	readonly otherwise: readonly Statement[] | undefined;
}

/** `while (…) …`, which ends with an error after `max_while_loops` rounds. */
export interface WhileStatement extends Node {
	readonly kind: 'while';
	readonly condition: Expression;
	readonly body: readonly Statement[];
}

/** `switch (…) { case …: … }`. A body without `break` goes on with the next one. */
export interface SwitchStatement extends Node {
	readonly kind: 'switch';
	readonly subject: Expression;
	readonly cases: readonly SwitchCase[];
}

/** One `case` or `default`. */
export interface SwitchCase extends Node {
	/**
	 * `value`: `case "x":`, `case 1 + 1:`; Kamailio wants it constant. `regex`: `case /"^x":`, POSIX extended and
	 * case-sensitive (`=~` is not). `default` has no label.
	 */
	readonly match: 'value' | 'regex' | 'default';
	readonly label: Expression | undefined;
	readonly body: readonly Statement[];
}

/** `return`, `exit`, `drop` with or without a value; `break`, which has none. */
export interface LeaveStatement extends Node {
	readonly kind: 'leave';
	readonly how: 'return' | 'exit' | 'drop' | 'break';
	/** Undefined if none is written, `return()` included. */
	readonly value: Expression | undefined;
}

// ---- Expressions

/** What can stand on the right of a `=` or in a condition. Parentheses are only in the tree's shape. */
export type Expression =
	| IntLiteral
	| StringLiteral
	| PseudoVariable
	| Select
	| Call
	| RouteCall
	| CoreComparison
	| UnaryExpression
	| BinaryExpression
	| ConditionalExpression
	| AssignmentExpression
	| BlockExpression;

/** `10`, `0x1f`, `017`, `101b`; also `yes`, `true`, `on`, `enable` (1), `no`, … (0), `inet` (2), `inet6` (10). */
export interface IntLiteral extends Node {
	readonly kind: 'int';
	/** Signed, wrapped to 32 bits. A minus sign right in front belongs to it. */
	readonly value: number;
	/** As written. */
	readonly text: string;
}

/** `"text"` with its escapes resolved and adjacent ones joined; `'text'`, which has no escapes. */
export interface StringLiteral extends Node {
	readonly kind: 'string';
	/** Variables in it are not expanded: only functions that take formats do that. */
	readonly value: string;
}

/** `$hu`, `$var(x)`, `$(hu{s.len})`, `$(avp(x)[1])`. */
export interface PseudoVariable extends Node {
	readonly kind: 'pv';
	/** As written, `$` included, for `VariableRegistry.compile`. */
	readonly text: string;
}

/** `@msg.header["X"]`, `@cfg_get.group.name`. */
export interface Select extends Node {
	readonly kind: 'select';
	/** As written, without the `@`. */
	readonly text: string;
	readonly path: readonly (string | number)[];
}

/**
 * A call of a function of a module or of the core: `xhttp_reply("200", …)`, `append_to_reply("…")`, `setflag(3)`,
 * `set_reply_close;` (the core's few that take no parentheses).
 */
export interface Call extends Node {
	readonly kind: 'call';
	readonly name: string;
	/** Expressions for modules' functions. The core's own may get bare words: `setflag(FLAG)`, `forward(uri:host, 5060)`. */
	readonly args: readonly (Expression | Word)[];
}

/** `route(NAME)`, `route("name")`, `route($var(name))`. */
export interface RouteCall extends Node {
	readonly kind: 'route-call';
	/** A bare name and a number are string literals here. */
	readonly route: Expression;
}

/** The core's keywords that are compared, and do not stand alone. `status` is another name of `uri`. */
export type CoreKeyword =
	| 'method'
	| 'uri'
	| 'from_uri'
	| 'to_uri'
	| 'src_ip'
	| 'dst_ip'
	| 'src_port'
	| 'dst_port'
	| 'proto'
	| 'af'
	| 'msg:len'
	| 'snd_ip'
	| 'snd_port'
	| 'snd_proto'
	| 'snd_af'
	| 'to_ip'
	| 'to_port';

/**
 * `method == "GET"`, `src_ip == 10.0.0.0/8`, `uri == myself` (also for `myself == uri`), `proto == TCP`. It binds as one
 * operand: `!uri==myself` negates the comparison.
 */
export interface CoreComparison extends Node {
	readonly kind: 'core-comparison';
	readonly subject: CoreKeyword;
	/** `eq` and `ne` are written here as `==` and `!=`, which they mean. `=~` is there for method, uris and addresses. */
	readonly operator: '==' | '!=' | '=~' | '<' | '>' | '<=' | '>=';
	readonly right: Expression | Network | ProtocolName | Word | Myself;
}

/** `10.0.0.1`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, an IPv6 one: right of an address keyword only. */
export interface Network extends Node {
	readonly kind: 'network';
	readonly address: string;
	/** The length in bits, or the mask as an address. Undefined for one address. */
	readonly mask: number | string | undefined;
}

/** The transports that have a keyword. */
export type Protocol = 'udp' | 'tcp' | 'tls' | 'sctp' | 'ws' | 'wss';

/** `TCP` right of `proto ==`; `*` is any. */
export interface ProtocolName extends Node {
	readonly kind: 'protocol';
	readonly protocol: Protocol | '*';
}

/** `myself`: any address the host listens on. */
export interface Myself extends Node {
	readonly kind: 'myself';
}

/** `~` is the complement of bits. `(int)`, `(str)` are casts. `strlen` and `strempty` are written as calls. */
export type UnaryOperator = 'not' | '-' | '~' | '(int)' | '(str)' | 'defined' | 'strlen' | 'strempty';

export interface UnaryExpression extends Node {
	readonly kind: 'unary';
	/** `!` is `not`. */
	readonly operator: UnaryOperator;
	readonly operand: Expression;
}

/** From the loosest to the tightest, a line each; all associate to the left. */
export type BinaryOperator =
	| 'or'
	| 'and'
	| '|'
	| '&'
	| '^'
	| '<<'
	| '>>'
	| ('==' | '!=' | '=~' | 'eq' | 'ne' | 'ieq' | 'ine')
	| ('<' | '>' | '<=' | '>=')
	| ('+' | '-')
	| ('*' | '/' | 'mod');

/** Its position is the left operand's. `x == $null` is kept so; Kamailio makes `not defined x` of it. */
export interface BinaryExpression extends Node {
	readonly kind: 'binary';
	/** `||` is `or`, `&&` is `and`. */
	readonly operator: BinaryOperator;
	readonly left: Expression;
	readonly right: Expression;
	/** Where the operator is written, for messages about it. */
	readonly operatorAt: Position;
}

/** `selval(condition, whenTrue, whenFalse)`. */
export interface ConditionalExpression extends Node {
	readonly kind: 'conditional';
	readonly condition: Expression;
	readonly whenTrue: Expression;
	readonly whenFalse: Expression;
}

/** `($var(x) = 1)` inside an expression; its value is that of the assignment as an action: 1, or -1 if it failed. */
export interface AssignmentExpression extends Node {
	readonly kind: 'assignment-expression';
	readonly assignment: AssignmentStatement;
}

/** `{ … }` inside an expression: its value is what its last statement returned. */
export interface BlockExpression extends Node {
	readonly kind: 'block';
	readonly body: readonly Statement[];
}
