/**
 * The tokens of the configuration language. Kamailio's lexer has some 400 keywords, one for each core parameter;
 * this one has only the keywords of the grammar.
 *
 * @module
 */
import { createToken, type IToken, Lexer, type TokenType, tokenMatcher } from 'chevrotain';
import type { CoreKeyword, Position, Protocol } from './ast.ts';

/** A token with what the tree takes of it. */
export interface CfgToken extends IToken {
	/** Where it is written; for one that comes from a define, where the define is used. */
	readonly at: Position;
	/** A string's content, a number's value, a variable's text; else the same as `image`. */
	readonly value: string | number;
}

const token = (name: string, label: string, categories: TokenType[] = []) =>
	createToken({ name, label, pattern: Lexer.NA, categories });

/** A name, or a keyword that may be one: `name`, `virtual`. */
export const Word = token('Word', 'a name');
/** `4abc`: no number and no name; only in host names. */
export const NumberWord = token('NumberWord', 'a name');
export const Int = token('Int', 'a number');
export const Text = token('Text', 'a string');
/** `'…'`, which is not joined with its neighbour. */
export const RawText = token('RawText', 'a string');
export const Variable = token('Variable', 'a variable');
export const SelectPath = token('SelectPath', 'a select');
export const Ipv4 = token('Ipv4', 'an address');
export const Ipv6 = token('Ipv6', 'an address');
/** What stands in the brackets of `event_route[…]`. */
export const EventName = token('EventName', 'the name of an event');

export const LBrace = token('LBrace', '`{`');
export const RBrace = token('RBrace', '`}`');
export const LParen = token('LParen', '`(`');
export const RParen = token('RParen', '`)`');
export const LBracket = token('LBracket', '`[`');
export const RBracket = token('RBracket', '`]`');
export const Comma = token('Comma', '`,`');
export const Semicolon = token('Semicolon', '`;`');
export const Colon = token('Colon', '`:`');
export const Dot = token('Dot', '`.`');
export const Equals = token('Equals', '`=`');

/** Any operator between two operands. */
export const BinaryOp = token('BinaryOp', 'an operator');
export const Slash = token('Slash', '`/`', [BinaryOp]);
export const Star = token('Star', '`*`', [BinaryOp]);
export const Minus = token('Minus', '`-`', [BinaryOp]);
/** `==`, `<<` and all that need no word. */
export const Operator = token('Operator', 'an operator', [BinaryOp]);
/** `and`, `eq`, `mod`. */
const WordOperator = token('WordOperator', 'an operator', [BinaryOp]);
/** `!`, `~`, `(int)`, `(str)`. */
export const PrefixOp = token('PrefixOp', 'an operator');
/** `not`, `defined`. */
const WordPrefix = token('WordPrefix', 'an operator', [PrefixOp]);

const keyword = (name: string, categories: TokenType[] = []) =>
	token(`Keyword_${name}`, `\`${name}\``, categories);
export const If = keyword('if');
export const Else = keyword('else');
export const While = keyword('while');
export const Switch = keyword('switch');
export const Case = keyword('case');
export const Default = keyword('default');
export const Break = keyword('break');
/** `return`, `exit`, `drop`. */
export const Leave = keyword('return');
export const RouteWord = keyword('route');
/** Route blocks that may go without a name, but for `route` itself. */
export const RouteKindWord = keyword('request_route');
export const EventRoute = keyword('event_route');
export const Loadmodule = keyword('loadmodule');
export const Loadpath = keyword('loadpath');
export const Modparam = keyword('modparam');
export const Cfgengine = keyword('cfgengine');
/** `listen`, `alias`, `domain`. */
export const SocketWord = keyword('listen');
export const SocketBlock = keyword('socket');
export const Flags = keyword('flags');
export const Advertise = keyword('advertise', [Word]);
export const NameWord = keyword('name', [Word]);
export const Virtual = keyword('virtual', [Word]);
export const Description = keyword('desc', [Word]);
export const ProtocolWord = keyword('tcp');
/** `method`, `src_ip`. */
export const CoreWord = keyword('method');
export const StrFunction = keyword('strlen');
export const Selval = keyword('selval');

/** Everything, for the parser. */
export const ALL_TOKENS: TokenType[] = [
	...[Word, NumberWord, Int, Text, RawText, Variable, SelectPath, Ipv4, Ipv6, EventName],
	...[LBrace, RBrace, LParen, RParen, LBracket, RBracket, Comma, Semicolon, Colon, Dot, Equals],
	...[BinaryOp, Slash, Star, Minus, Operator, WordOperator, PrefixOp, WordPrefix],
	...[If, Else, While, Switch, Case, Default, Break, Leave, RouteWord, RouteKindWord, EventRoute],
	...[Loadmodule, Loadpath, Modparam, Cfgengine, SocketWord, SocketBlock, Flags, Advertise, NameWord],
	...[Virtual, Description, ProtocolWord, CoreWord, StrFunction, Selval],
];

const PROTOCOLS: readonly Protocol[] = ['udp', 'tcp', 'tls', 'sctp', 'ws', 'wss'];

/** `status` and `to_…` are other names of the same (core/cfg.lex). */
export const CORE_KEYWORDS: Readonly<Record<string, CoreKeyword | 'myself'>> = {
	method: 'method',
	uri: 'uri',
	status: 'uri',
	from_uri: 'from_uri',
	to_uri: 'to_uri',
	src_ip: 'src_ip',
	dst_ip: 'dst_ip',
	src_port: 'src_port',
	dst_port: 'dst_port',
	proto: 'proto',
	af: 'af',
	'msg:len': 'msg:len',
	snd_ip: 'snd_ip',
	snd_port: 'snd_port',
	snd_proto: 'snd_proto',
	to_proto: 'snd_proto',
	snd_af: 'snd_af',
	to_af: 'snd_af',
	to_ip: 'to_ip',
	to_port: 'to_port',
	myself: 'myself',
};

/** Words that are numbers; `inet` and `inet6` by their address family. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
	...['yes', 'true', 'on', 'enable'].map((word) => [word, 1] as const),
	...['no', 'false', 'off', 'disable'].map((word) => [word, 0] as const),
	...['inet', 'INET', 'ipv4', 'IPv4', 'IPV4'].map((word) => [word, 2] as const),
	...['inet6', 'INET6', 'ipv6', 'IPv6', 'IPV6'].map((word) => [word, 10] as const),
]);

/** The token type of each keyword. */
export const KEYWORDS: ReadonlyMap<string, TokenType> = new Map<string, TokenType>([
	['if', If],
	['else', Else],
	['while', While],
	['switch', Switch],
	['case', Case],
	['default', Default],
	['break', Break],
	['return', Leave],
	['exit', Leave],
	['drop', Leave],
	['route', RouteWord],
	['request_route', RouteKindWord],
	['failure_route', RouteKindWord],
	['reply_route', RouteKindWord],
	['onreply_route', RouteKindWord],
	['branch_route', RouteKindWord],
	['onsend_route', RouteKindWord],
	['event_route', EventRoute],
	['loadmodule', Loadmodule],
	['loadmodulex', Loadmodule],
	['loadpath', Loadpath],
	['mpath', Loadpath],
	['modparam', Modparam],
	['modparamx', Modparam],
	['cfgengine', Cfgengine],
	['listen', SocketWord],
	['alias', SocketWord],
	['domain', SocketWord],
	['socket', SocketBlock],
	['flags', Flags],
	['bool', Flags],
	['avpflags', Flags],
	['advertise', Advertise],
	['ADVERTISE', Advertise],
	['name', NameWord],
	['NAME', NameWord],
	['virtual', Virtual],
	['description', Description],
	['descr', Description],
	['desc', Description],
	['and', WordOperator],
	['or', WordOperator],
	['mod', WordOperator],
	['eq', WordOperator],
	['ne', WordOperator],
	['ieq', WordOperator],
	['ine', WordOperator],
	['not', WordPrefix],
	['defined', WordPrefix],
	['strlen', StrFunction],
	['strempty', StrFunction],
	['selval', Selval],
	...PROTOCOLS.flatMap((name) => [
		[name, ProtocolWord] as const,
		[name.toUpperCase(), ProtocolWord] as const,
	]),
	...Object.keys(CORE_KEYWORDS).map((name) => [name, CoreWord] as const),
]);

/** True if a token is of a type, or of a category. */
export const is = (given: IToken, type: TokenType): boolean => tokenMatcher(given, type);
