/**
 * The second half of reading a configuration: tokens in, tree out (core/cfg.y). After an error the parser goes on with
 * the next statement, so that one reading finds all of them.
 *
 * @module
 */
import { EmbeddedActionsParser, type IRecognitionException, type IToken } from 'chevrotain';
import type * as Ast from './ast.ts';
import type { Problems } from './problem.ts';
import { RouteParser } from './route-parser.ts';
import * as T from './tokens.ts';
import { cfg, emptyText, NOWHERE, variable } from './word-parser.ts';

const ROUTE_KINDS: Readonly<Record<string, Ast.RouteKind>> = {
	request_route: 'request',
	failure_route: 'failure',
	reply_route: 'reply',
	onreply_route: 'reply',
	branch_route: 'branch',
	onsend_route: 'onsend',
};

/** Brackets and braces may nest this deep. Files that people write have some ten. */
const DEEPEST = 200;
/** After this many syntax errors reading ends: recovery from one is a call within the last one's. */
const MOST_ERRORS = 200;

/** Ends a reading that has found enough errors. */
class TooManyErrors extends Error {}

/** What the parser finds in a file. */
interface Found {
	readonly settings: Ast.Setting[];
	readonly routes: Ast.Route[];
}

const LIBRARY = EmbeddedActionsParser.prototype as unknown as {
	SAVE_ERROR(this: CfgParser, error: IRecognitionException): IRecognitionException;
};

const OPENING: readonly unknown[] = [T.LParen, T.LBrace, T.LBracket];
const CLOSING: readonly unknown[] = [T.RParen, T.RBrace, T.RBracket];

/** The first token that stands too deep in brackets. */
function tooDeep(tokens: readonly T.CfgToken[]): T.CfgToken | undefined {
	let depth = 0;
	return tokens.find(({ tokenType }) => {
		if (OPENING.includes(tokenType)) depth++;
		else if (CLOSING.includes(tokenType) && depth > 0) depth--;
		return depth > DEEPEST;
	});
}

/** The parser. One instance can read many configurations, one after the other. */
export class CfgParser extends RouteParser {
	#found: Found = { settings: [], routes: [] };

	constructor(validate?: boolean) {
		super(validate);
		this.performSelfAnalysis();
	}

	/** Reads tokens; what is wrong is noted as a problem. */
	read(tokens: T.CfgToken[], problems: Problems): Found {
		this.problems = problems;
		this.#found = { settings: [], routes: [] };
		this.input = [...tokens]; // a copy, since the library appends to it, and leaves that there where it is ended
		const deep = tooDeep(tokens);
		if (deep) this.problem(deep.at, `this is nested more than ${DEEPEST} deep`);
		else this.#readFile();
		return this.#found;
	}

	#readFile(): void {
		try {
			this.file();
		} catch (error) {
			if (error instanceof TooManyErrors) return;
			if (!(error instanceof RangeError)) throw error;
			// the stack is full: statements nest without brackets, too (`if (a) if (b) …`, `else if`)
			const { at } = cfg(this.LA(0));
			this.problem(at, 'this is nested too deep');
		}
	}

	/** Notes an error: a method of the parsing library's that its types leave out. */
	SAVE_ERROR(error: IRecognitionException): IRecognitionException {
		if (this.errors.length >= MOST_ERRORS) throw new TooManyErrors();
		return LIBRARY.SAVE_ERROR.call(this, error);
	}

	// ---- The file

	public file = this.RULE('file', () => {
		this.MANY(() => {
			this.OR([
				{ ALT: () => this.CONSUME(T.Semicolon) },
				{ ALT: () => this.#addRoute(this.SUBRULE(this.route)) },
				{ ALT: () => this.#addRoute(this.SUBRULE(this.eventRoute)) },
				{ ALT: () => this.#add(this.SUBRULE(this.loadModule)) },
				{ ALT: () => this.#add(this.SUBRULE(this.loadPath)) },
				{ ALT: () => this.#add(this.SUBRULE(this.modparam)) },
				{ ALT: () => this.#add(this.SUBRULE(this.cfgEngine)) },
				{ ALT: () => this.#add(this.SUBRULE(this.sockets)) },
				{ ALT: () => this.#add(this.SUBRULE(this.socketBlock)) },
				{ ALT: () => this.#add(this.SUBRULE(this.flags)) },
				{ ALT: () => this.#add(this.SUBRULE(this.parameter)) },
			]);
		});
	});

	#add(setting: Ast.Setting | undefined): void {
		if (setting) this.#found.settings.push(setting);
	}

	#addRoute(route: Ast.Route | undefined): void {
		if (route) this.#found.routes.push(route);
	}

	private route = this.RULE('route', (): Ast.Route => {
		let name = '0';
		const word = cfg(
			this.OR([{ ALT: () => this.CONSUME(T.RouteWord) }, { ALT: () => this.CONSUME(T.RouteKindWord) }]),
		);
		this.OPTION(() => {
			this.CONSUME(T.LBracket);
			name = String(cfg(this.SUBRULE(this.routeName)).value);
			this.CONSUME(T.RBracket);
		});
		const { body, end } = this.SUBRULE(this.block) ?? { body: [], end: NOWHERE };
		return { kind: ROUTE_KINDS[word.image] ?? 'request', at: word.at, name, body, end };
	});

	private routeName = this.RULE(
		'routeName',
		(): IToken =>
			this.OR([
				{ ALT: () => this.CONSUME(T.Word) },
				{ ALT: () => this.CONSUME(T.Int) },
				{ ALT: () => this.CONSUME(T.Text) },
				{ ALT: () => this.CONSUME(T.RawText) },
			]),
	);

	private eventRoute = this.RULE('eventRoute', (): Ast.Route => {
		const { at } = cfg(this.CONSUME(T.EventRoute));
		this.CONSUME(T.LBracket);
		const name = cfg(this.CONSUME(T.EventName)).image;
		this.CONSUME(T.RBracket);
		const { body, end } = this.SUBRULE(this.block) ?? { body: [], end: NOWHERE };
		return { kind: 'event', at, name, body, end };
	});

	private loadModule = this.RULE('loadModule', (): Ast.LoadModule => {
		const { at } = cfg(this.CONSUME(T.Loadmodule));
		const path = this.OR([
			{ ALT: () => this.SUBRULE(this.text) },
			{
				ALT: () => {
					this.CONSUME(T.LParen);
					const inner = this.SUBRULE2(this.text);
					this.OPTION(() => {
						this.CONSUME(T.Comma);
						this.SUBRULE3(this.text);
					});
					this.CONSUME(T.RParen);
					return inner;
				},
			},
		]);
		return { kind: 'load-module', at, path: path?.value ?? '' };
	});

	private loadPath = this.RULE('loadPath', (): Ast.LoadPath => {
		const { at } = cfg(this.CONSUME(T.Loadpath));
		this.OPTION(() => this.CONSUME(T.Equals));
		return { kind: 'load-path', at, path: this.SUBRULE(this.text)?.value ?? '' };
	});

	private modparam = this.RULE('modparam', (): Ast.ModParam => {
		const { at } = cfg(this.CONSUME(T.Modparam));
		this.CONSUME(T.LParen);
		const modules = this.SUBRULE(this.text)?.value ?? '';
		this.CONSUME(T.Comma);
		const name = this.SUBRULE2(this.text)?.value ?? '';
		this.CONSUME2(T.Comma);
		const value = this.OR([
			{ ALT: (): Ast.ModParam['value'] => this.SUBRULE3(this.text) },
			{ ALT: (): Ast.ModParam['value'] => this.SUBRULE(this.integer) },
			{ ALT: (): Ast.ModParam['value'] => variable(this.CONSUME(T.Variable)) },
			{
				ALT: (): Ast.ModParam['value'] => {
					const word = cfg(this.CONSUME(T.Word));
					this.problem(word.at, `${word.image} is neither a value nor a define`, `quote it: "${word.image}"`);
					return emptyText(word.at);
				},
			},
		]);
		this.CONSUME(T.RParen);
		return { kind: 'modparam', at, modules, name, value };
	});

	private cfgEngine = this.RULE('cfgEngine', (): Ast.CfgEngine => {
		const { at } = cfg(this.CONSUME(T.Cfgengine));
		this.OPTION(() => this.CONSUME(T.Equals));
		return { kind: 'cfg-engine', at, name: this.SUBRULE(this.text)?.value ?? '' };
	});

	private flags = this.RULE('flags', (): Ast.FlagsDeclaration => {
		const word = cfg(this.CONSUME(T.Flags));
		const flags: { name: string; number: number | undefined }[] = [];
		this.AT_LEAST_ONE_SEP({
			SEP: T.Comma,
			DEF: () => {
				const name = String(cfg(this.SUBRULE(this.routeName)).value);
				let number: number | undefined;
				this.OPTION(() => {
					this.CONSUME(T.Colon);
					number = Number(cfg(this.CONSUME(T.Int)).value);
				});
				flags.push({ name, number });
			},
		});
		return { kind: 'flags', at: word.at, avp: word.image === 'avpflags', flags };
	});

	/** `name = value`, `group.name = value`, `group[1].name = value`, `coreparam[name] = value`. */
	private parameter = this.RULE('parameter', (): Ast.CoreParameter | Ast.CustomParameter => {
		const first = cfg(this.CONSUME(T.Word));
		let group: string | undefined;
		let groupId: number | undefined;
		let name = first.image;
		this.OPTION(() => {
			this.CONSUME(T.LBracket);
			const inner = cfg(this.SUBRULE(this.routeName));
			this.CONSUME(T.RBracket);
			if (first.image === 'coreparam') name = String(inner.value);
			else groupId = Number(inner.value);
		});
		this.OPTION2(() => {
			this.CONSUME(T.Dot);
			group = first.image;
			name = cfg(
				this.OR([{ ALT: () => this.CONSUME2(T.Word) }, { ALT: () => this.CONSUME(T.Default) }]),
			).image;
		});
		this.CONSUME(T.Equals);
		const value = this.SUBRULE(this.settingValue) ?? emptyText(first.at);
		let description: string | undefined;
		this.OPTION3({
			// `desc` could also begin the next statement
			GATE: () => !T.is(this.LA(2), T.Equals),
			DEF: () => {
				this.CONSUME(T.Description);
				description = this.SUBRULE(this.text)?.value;
			},
		});
		if (group === undefined || group === 'kemi')
			return { kind: 'core-parameter', at: first.at, name: group ? `kemi.${name}` : name, value };
		const custom = { kind: 'custom-parameter', at: first.at, group, name, value } as const;
		return {
			...custom,
			...(groupId === undefined ? {} : { groupId }),
			...(description === undefined ? {} : { description }),
		};
	});

	private settingValue = this.RULE(
		'settingValue',
		(): Ast.SettingValue =>
			this.OR([
				{ ALT: (): Ast.SettingValue => this.SUBRULE(this.text) },
				{
					GATE: () => !this.#hostGoesOn(),
					ALT: (): Ast.SettingValue => this.SUBRULE(this.integer),
				},
				{
					ALT: (): Ast.SettingValue => {
						const { at } = cfg(this.LA(1));
						return { kind: 'word', at, text: this.SUBRULE(this.bareHost) ?? '' };
					},
				},
				{
					ALT: (): Ast.SettingValue => {
						const word = cfg(this.CONSUME(T.ProtocolWord));
						return { kind: 'word', at: word.at, text: word.image };
					},
				},
			]),
	);

	/** True before a number that begins a host name: `4.example.org`. */
	#hostGoesOn(): boolean {
		const next = this.LA(2);
		return T.is(next, T.Dot) || (T.is(next, T.Minus) && T.is(this.LA(3), T.Word));
	}

	// ---- Sockets

	private sockets = this.RULE('sockets', (): Ast.SocketParameter => {
		const word = cfg(this.CONSUME(T.SocketWord));
		this.CONSUME(T.Equals);
		const sockets: Ast.Socket[] = [this.SUBRULE(this.socket)];
		this.MANY({
			GATE: () => !this.#nextStatement(),
			DEF: () => {
				sockets.push(this.SUBRULE2(this.socket));
			},
		});
		const tail: { -readonly [K in 'advertise' | 'name' | 'virtual']?: Ast.Socket[K] } = {};
		this.OPTION(() => {
			this.CONSUME(T.Advertise);
			const socket: Ast.Socket | undefined = this.SUBRULE3(this.socket);
			tail.advertise = { host: socket?.hosts?.[0] ?? '', port: socket?.port };
		});
		this.OPTION2({
			GATE: () => !T.is(this.LA(2), T.Equals),
			DEF: () => {
				this.CONSUME(T.NameWord);
				tail.name = this.SUBRULE(this.text)?.value ?? '';
			},
		});
		this.OPTION3(() => {
			this.CONSUME(T.Virtual);
			tail.virtual = true;
		});
		const name = word.image as Ast.SocketParameter['name'];
		return { kind: 'socket-parameter', at: word.at, name, sockets: sockets.map((s) => ({ ...s, ...tail })) };
	});

	/** True if what comes is no further address of a list, but the next statement or what follows the list. */
	#nextStatement(): boolean {
		const first = this.LA(1);
		if (T.is(first, T.Advertise) || T.is(first, T.NameWord) || T.is(first, T.Virtual)) return true;
		let at = 2;
		while (T.is(this.LA(at), T.Dot) && T.is(this.LA(at + 1), T.Word)) at += 2;
		return T.is(this.LA(at), T.Equals) || T.is(this.LA(at), T.LBracket);
	}

	private socket = this.RULE('socket', (): Ast.Socket => {
		const { at } = cfg(this.LA(1));
		let protocol: Ast.Socket['protocol'];
		let hosts: string[] = [];
		this.OPTION(() => {
			const word = cfg(
				this.OR([{ ALT: () => this.CONSUME(T.ProtocolWord) }, { ALT: () => this.CONSUME(T.Star) }]),
			);
			protocol = word.image.toLowerCase() as Ast.Socket['protocol'];
			this.CONSUME(T.Colon);
		});
		this.OR2([
			{
				ALT: () => {
					this.CONSUME(T.LParen);
					this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => hosts.push(this.SUBRULE(this.host) ?? '') });
					this.CONSUME(T.RParen);
				},
			},
			{
				ALT: () => {
					hosts = [this.SUBRULE2(this.host) ?? ''];
				},
			},
		]);
		let port: number | undefined;
		let lastPort: number | undefined;
		this.OPTION2(() => {
			this.CONSUME2(T.Colon);
			this.OR3([
				{
					ALT: () => {
						port = Number(cfg(this.CONSUME(T.Int)).value);
					},
				},
				{
					ALT: () => {
						this.CONSUME2(T.Star);
						port = 0;
					},
				},
			]);
			this.OPTION3(() => {
				this.CONSUME(T.Minus);
				lastPort = Number(cfg(this.CONSUME2(T.Int)).value);
			});
		});
		return { at, protocol, hosts, port, ...(lastPort === undefined ? {} : { lastPort }) };
	});

	/** `socket = { bind = tcp:10.0.0.1:8080; name = "public"; }` of Kamailio 5.7 and later. */
	private socketBlock = this.RULE('socketBlock', (): Ast.SocketParameter => {
		const { at } = cfg(this.CONSUME(T.SocketBlock));
		this.CONSUME(T.Equals);
		this.CONSUME(T.LBrace);
		let bound: Ast.Socket | undefined;
		const tail: { -readonly [K in 'advertise' | 'name' | 'virtual']?: Ast.Socket[K] } = {};
		this.MANY(() => {
			this.OR([
				{ ALT: () => this.CONSUME(T.Semicolon) },
				{
					ALT: () => {
						const word = cfg(this.CONSUME(T.Word));
						this.CONSUME2(T.Equals);
						const socket: Ast.Socket | undefined = this.SUBRULE(this.socket);
						const value = socket?.hosts?.[0] ?? '';
						if (word.image === 'bind') bound = socket;
						else if (word.image === 'name') tail.name = value;
						else if (word.image.toLowerCase() === 'advertise')
							tail.advertise = { host: value, port: socket?.port };
						else if (word.image === 'virtual') tail.virtual = value !== '0' && value !== 'no';
						else if (!['agname', 'workers', 'vrf'].includes(word.image))
							this.problem(
								word.at,
								`a socket has no ${word.image}`,
								'bind, name, advertise, virtual, workers',
							);
					},
				},
			]);
		});
		this.CONSUME(T.RBrace);
		if (!bound) this.problem(at, 'this socket has no bind', 'bind = tcp:127.0.0.1:8080;');
		const sockets = bound ? [{ ...bound, ...tail }] : [];
		return { kind: 'socket-parameter', at, name: 'listen', sockets };
	});
}
