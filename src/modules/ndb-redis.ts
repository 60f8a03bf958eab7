/**
 * The ndb_redis module: commands to Redis and Valkey servers, for whose answer the handler waits (modules/ndb_redis).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import { type HostServices, type RequestContext, requestLocal } from '../kemi/context.ts';
import {
	defineModule,
	fn,
	type KemiFunction,
	type KemiModule,
	type ModuleParam,
	type ParamValues,
	str,
} from '../kemi/module.ts';
import { REPLY, type Reply } from '../redis/reply.ts';
import { readServer } from './ndb-redis/declarations.ts';
import { FormatError, formatCommand } from './ndb-redis/format.ts';
import { isEndless, RedisServer, type ServerSettings, type Session } from './ndb-redis/server.ts';
import { kindVariable, replyVariable } from './ndb-redis/variables.ts';

/** What the module keeps. */
interface NdbRedisState {
	readonly servers: Map<string, RedisServer>;
	readonly settings: ServerSettings;
	readonly cluster: boolean;
	readonly dynamicNodes: boolean;
	readonly withoutServers: boolean;
}

/** A command that waits for `redis_execute`. */
interface Piped {
	readonly command: readonly string[];
	readonly reply: string;
}

/** What a request has of the module's. In Kamailio it belongs to the process, where the next request finds it. */
const replies = requestLocal(() => new Map<string, Reply | undefined>());
const pipes = requestLocal(() => new Map<RedisServer, Piped[]>());
const sessions = requestLocal(() => new Map<RedisServer, Session>());

/** Kamailio's limit (MAXIMUM_PIPELINED_COMMANDS). */
const MOST_PIPED = 1000;
/** A cluster that sends from node to node without end is broken. */
const MOST_MOVES = 5;

const PATH = 'KSR.ndb_redis.';

/** The server of a name; undefined after an error line. */
function serverOf(ctx: RequestContext, caller: string, name: string): RedisServer | undefined {
	const server = ctx.state(ndbRedis).servers.get(name);
	if (!server) ctx.refuse(`${PATH}${caller}: there is no server "${name}"`);
	return server;
}

/** The command, and whom it goes to; undefined after an error line. */
function commandOf(
	ctx: RequestContext,
	caller: string,
	[server, format, ...rest]: readonly string[],
): { server: RedisServer; command: string[]; reply: string } | undefined {
	const reply = rest.pop();
	if (!server || !format || !reply) {
		ctx.refuse(`${PATH}${caller}: the server, the command or the reply's name is empty`);
		return undefined;
	}
	const found = serverOf(ctx, caller, server);
	if (!found) return undefined;
	try {
		const command = formatCommand(format, rest);
		if (!isEndless(command)) return { server: found, command, reply };
		ctx.refuse(`${PATH}${caller}: ${command[0]} has no end that a handler could wait for`);
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		ctx.get(replies).set(reply, undefined);
		ctx.refuse(`${PATH}${caller}: ${error.message}`);
	}
	return undefined;
}

/** Sends commands for a request; undefined after an error line. A request whose client has gone waits no longer. */
async function send(
	ctx: RequestContext,
	caller: string,
	server: RedisServer,
	commands: readonly (readonly string[])[],
): Promise<Reply[] | undefined> {
	const own = ctx.get(sessions);
	const session = own.get(server) ?? {};
	own.set(server, session);
	const { signal } = ctx;
	let stop: (() => void) | undefined;
	try {
		const gone = new Promise<never>((_, reject) => {
			stop = () => reject(new Error('nobody waits for the request any more'));
			if (signal.aborted) stop();
			else signal.addEventListener('abort', stop, { once: true });
		});
		return await Promise.race([server.send(session, commands), gone]);
	} catch (error) {
		ctx.refuse(`${PATH}${caller}: server ${server.name}: ${(error as Error).message}`);
		return undefined;
	} finally {
		if (stop) signal.removeEventListener('abort', stop);
		// one that was left in the middle of something is of no use to the next
		if (signal.aborted) session.own?.close();
	}
}

/** Where a node of a cluster says another has the key: that one, which is known or may be added. */
function movedTo(ctx: RequestContext, server: RedisServer, reply: Reply): RedisServer | undefined {
	const state = ctx.state(ndbRedis);
	const [, host, port] = /^MOVED \d+ (.+):(\d+)$/.exec(reply.text ?? '') ?? [];
	if (!state.cluster || reply.type !== REPLY.error || host === undefined) return undefined;
	const name = `${host}:${port}`;
	const known = state.servers.get(name);
	if (known || !state.dynamicNodes) {
		if (!known) ctx.report('error', `${PATH}redis_cmd: there is no server ${name}, where the key is`);
		return known;
	}
	const added = new RedisServer(name, server.target(host, Number(port)), state.settings, ctx.host);
	state.servers.set(name, added);
	return added;
}

/** Sends one command: 0, -1 for no answer or an error, -2 while the server is left alone. */
async function runCommand(ctx: RequestContext, caller: string, args: readonly string[]): Promise<number> {
	const found = commandOf(ctx, caller, args);
	if (!found) return -1;
	let { server } = found;
	if (ctx.get(pipes).get(server)?.length) {
		ctx.report('notice', `${PATH}${caller}: sends the commands first that redis_pipe_cmd has put aside`);
		await execute(ctx, server);
	}
	if (server.disabled) return -2;
	ctx.get(replies).set(found.reply, undefined);
	for (let moves = 0; ; moves++) {
		const reply = (await send(ctx, caller, server, [found.command]))?.[0];
		if (!reply) return -1;
		const next = moves < MOST_MOVES ? movedTo(ctx, server, reply) : undefined;
		if (next) {
			server = next;
			continue;
		}
		ctx.get(replies).set(found.reply, reply);
		if (reply.type !== REPLY.error) return 0;
		return ctx.refuse(`${PATH}${caller}: server ${server.name}: ${reply.text}`);
	}
}

/** Puts a command aside. */
function pipe(ctx: RequestContext, args: readonly string[]): number {
	const caller = 'redis_pipe_cmd';
	if (ctx.state(ndbRedis).cluster) return ctx.refuse(`${PATH}${caller}: not where cluster is on`);
	const found = commandOf(ctx, caller, args);
	if (!found) return -1;
	const { server, command, reply } = found;
	const waiting = ctx.get(pipes).get(server) ?? [];
	if (waiting.length >= MOST_PIPED)
		return ctx.refuse(`${PATH}${caller}: ${MOST_PIPED} commands are put aside already`);
	ctx.get(pipes).set(server, [...waiting, { command, reply }]);
	return 1;
}

/** Sends what was put aside: 1, -1, or -2 while the server is left alone. */
async function execute(ctx: RequestContext, server: RedisServer): Promise<number> {
	const caller = 'redis_execute';
	const piped = ctx.get(pipes).get(server) ?? [];
	ctx.get(pipes).delete(server);
	if (server.disabled) return -2;
	if (piped.length === 0) {
		ctx.report('warning', `${PATH}${caller}: nothing was put aside by redis_pipe_cmd`);
		return -1;
	}
	for (const { reply } of piped) ctx.get(replies).set(reply, undefined);
	const answers = await send(
		ctx,
		caller,
		server,
		piped.map(({ command }) => command),
	);
	if (!answers) return -1;
	for (const [i, answer] of answers.entries()) ctx.get(replies).set((piped[i] as Piped).reply, answer);
	return 1;
}

const ARGUMENTS = ['argument1', 'argument2', 'argument3'] as const;

/** A function in its forms with none to three arguments. */
function forms(
	make: (params: readonly ReturnType<typeof str>[], count: number) => KemiFunction,
): KemiFunction[] {
	return [0, 1, 2, 3].map((count) =>
		make([str('server'), str('command'), ...ARGUMENTS.slice(0, count).map(str), str('reply')], count),
	);
}

const COMMAND =
	'Sends a command to a server: words between blanks, %s for each argument. $redis(reply=>value) and its like then give what came back.';

function param(name: string, value: number, doc: string): ModuleParam {
	return { name, type: 'int', default: value, doc };
}

function initialize(params: ParamValues, host: HostServices): NdbRedisState {
	const settings: ServerSettings = {
		allowedFailures: params.int('allowed_timeouts'),
		disableTime: params.int('disable_time'),
		flushOnReconnect: params.int('flush_on_reconnect') !== 0,
	};
	const servers = new Map<string, RedisServer>();
	for (const given of params.all('server')) {
		const { name, target } = readServer(String(given), params);
		servers.set(name, new RedisServer(name, target, settings, host));
	}
	return {
		servers,
		settings,
		cluster: params.int('cluster') !== 0,
		dynamicNodes: params.int('allow_dynamic_nodes') !== 0,
		withoutServers: params.int('init_without_redis') !== 0,
	};
}

/** The functions on KSR.ndb_redis. */
export const ndbRedis: KemiModule<NdbRedisState> = defineModule({
	name: 'ndb_redis',
	doc: 'Commands to Redis and Valkey servers. The handler waits for the answer, and nobody else.',
	params: [
		{
			name: 'server',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'A server: name=NAME;addr=127.0.0.1;port=6379;db=0;pass=PASSWORD, or unix=PATH instead of addr and port. Beyond Kamailio: user=NAME; tls=1, with ca=FILE for certificates to trust.',
		},
		param('init_without_redis', 0, '1 to start although a server cannot be reached.'),
		param('connect_timeout', 1000, 'Milliseconds to connect.'),
		param('cmd_timeout', 1000, 'Milliseconds for the answer to a command.'),
		param('cluster', 0, '1 to go where a node of a cluster says the key is; servers are named ADDRESS:PORT.'),
		param('allow_dynamic_nodes', 0, '1 to go to nodes of a cluster that no server parameter names.'),
		param(
			'allowed_timeouts',
			-1,
			'How many commands in a row may fail before the server is left alone for disable_time; -1 for any number.',
		),
		param('disable_time', 0, 'For how many seconds a server is left alone.'),
		param(
			'flush_on_reconnect',
			0,
			'1 to remove everything (FLUSHALL) after it has reconnected to the server.',
		),
	],
	init: initialize,
	async started({ servers, withoutServers }, { log }) {
		for (const server of servers.values()) {
			try {
				await server.connect();
			} catch (error) {
				const message = `module ndb_redis: server ${server.name}: ${(error as Error).message}`;
				if (!withoutServers)
					throw new KemihostError('KH_DATABASE', message, {
						hint: 'modparam("ndb_redis", "init_without_redis", 1) starts without it',
					});
				log.log('warning', message);
			}
		}
	},
	requestEnded(ctx) {
		for (const { own } of ctx.peek(sessions)?.values() ?? []) own?.close();
	},
	close({ servers }) {
		for (const server of servers.values()) server.close();
	},
	functions: [
		...forms((params, count) =>
			fn(
				count === 0 ? 'redis_cmd' : `redis_cmd_p${count}`,
				params,
				'int',
				`${COMMAND} Gives 0; -1 if there is no answer or it is an error; -2 while the server is left alone (disable_time).`,
				(ctx, ...args: string[]) => runCommand(ctx, count === 0 ? 'redis_cmd' : `redis_cmd_p${count}`, args),
				{ waits: true },
			),
		),
		fn(
			'redis_free',
			[str('reply')],
			'int',
			'Forgets a reply: 1, or -1 if there has been none of that name.',
			(ctx, reply) => {
				const kept = ctx.get(replies);
				if (!kept.has(reply)) return -1;
				kept.set(reply, undefined);
				return 1;
			},
			{ cfg: 'redis_free' },
		),
	],
	cfgFunctions: [
		...forms((params) =>
			fn(
				'redis_cmd',
				params,
				'int',
				`${COMMAND} Gives 1; -1 if there is no answer, it is an error, or the server is left alone.`,
				async (ctx, ...args: string[]) => ((await runCommand(ctx, 'redis_cmd', args)) === 0 ? 1 : -1),
				{ waits: true },
			),
		),
		...forms((params) =>
			fn(
				'redis_pipe_cmd',
				params,
				'int',
				'Puts a command aside for redis_execute: 1, or -1.',
				(ctx, ...args: string[]) => pipe(ctx, args),
			),
		),
		fn(
			'redis_execute',
			[str('server')],
			'int',
			'Sends what redis_pipe_cmd has put aside for a server, in one piece: 1; -1 if there is nothing or no answer; -2 while the server is left alone.',
			async (ctx, name) => {
				if (ctx.state(ndbRedis).cluster) return ctx.refuse(`${PATH}redis_execute: not where cluster is on`);
				const server = serverOf(ctx, 'redis_execute', name);
				return server ? execute(ctx, server) : -1;
			},
			{ waits: true },
		),
	],
	variables: [
		replyVariable((ctx, name) => {
			const kept = ctx.get(replies);
			const reply = kept.get(name);
			if (!reply) kept.set(name, undefined);
			return reply;
		}),
		kindVariable,
	],
});
