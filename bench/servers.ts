/**
 * The servers that are compared: kemihost with each engine, and its peers, as far as they are installed.
 *
 * @module
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINES } from '../engines/list.ts';
import { benchFile, type Workload } from './workloads.ts';

/** How a server is started for one kind of work. */
export interface Start {
	readonly workload: Workload;
	readonly port: number;
	readonly children: number;
	/** A folder for its files, which goes when it ends. */
	readonly folder: string;
	/** URL of the upstream. */
	readonly upstream: string;
}

/** A server. */
export interface ServerKind {
	readonly name: string;
	/** What it is compared with in Kamailio: the same language. */
	readonly language?: 'lua' | 'javascript' | 'native';
	/** Why it cannot run here; undefined if it can. */
	missing(): string | undefined;
	/** True if it can do this work. */
	does(workload: Workload): boolean;
	/** The command line. */
	command(start: Start): readonly string[];
}

/** A server that runs. */
export interface Running {
	readonly port: number;
	readonly pid: number;
	/** The last of what it printed. */
	readonly output: () => string;
	stop(): Promise<void>;
}

const KAMAILIO_MODULES = '/usr/lib/x86_64-linux-gnu/kamailio/modules/';
const NGINX_MODULES = '/usr/lib/nginx/modules';
const ENDING = { lua: 'lua', javascript: 'js', native: 'cfg' } as const;

const handler = (workload: Workload, language: keyof typeof ENDING) =>
	benchFile(`handlers/${workload.name}.${ENDING[language]}`);

/** A peer's configuration with its places filled in, in the server's folder. */
function configured(
	name: string,
	{ folder, port, children }: Start,
	more: Record<string, string> = {},
): string {
	const places: Record<string, string> = {
		PORT: String(port),
		CHILDREN: String(children),
		FOLDER: folder,
		BENCH: benchFile('.').replace(/\/$/, ''),
		...more,
	};
	const text = readFileSync(benchFile(`peers/${name}`), 'utf8');
	const path = join(folder, name);
	writeFileSync(
		path,
		text.replace(/@([A-Z]+)@/g, (whole, place: string) => places[place] ?? whole),
	);
	return path;
}

const onPath = (program: string): string | undefined =>
	spawnSync('sh', ['-c', `command -v ${program}`]).status === 0 ? undefined : `${program} is not installed`;

const needs = (program: string, files: readonly string[]) => () =>
	onPath(program) ?? files.filter((file) => !existsSync(file)).map((file) => `${file} is missing`)[0];

function kemihost(engine: string, language: keyof typeof ENDING): ServerKind {
	return {
		name: engine,
		language,
		missing: () => undefined,
		does: (workload) => existsSync(handler(workload, language)),
		command: (start) => [
			process.execPath,
			benchFile('../bin/kemihost.js'),
			'run',
			language === 'native' ? kamailioConfiguration(start, language) : handler(start.workload, language),
			`--engine=${engine}`,
			`--listen=127.0.0.1:${start.port}`,
			`--children=${start.children}`,
			'--log-level=warning',
			...(language === 'native' ? [] : ['--modparam=htable:htable:s:hits=>size=8;initval=0;']),
			`--define=UPSTREAM=${start.upstream}`,
		],
	};
}

/** The part of a kamailio.cfg that says who handles requests. */
function kamailioEngine(workload: Workload, language: keyof typeof ENDING): string {
	if (language === 'native')
		return `request_route { exit; }\n${readFileSync(handler(workload, 'native'), 'utf8')}`;
	const [module, engine] = language === 'lua' ? ['app_lua', 'lua'] : ['app_jsdt', 'jsdt'];
	return [
		`loadmodule "${module}.so"`,
		`modparam("${module}", "load", "${handler(workload, language)}")`,
		'modparam("xhttp", "event_callback", "ksr_xhttp_event")',
		`cfgengine "${engine}"`,
	].join('\n');
}

/** The configuration that Kamailio and kemihost's own engine for it share. */
function kamailioConfiguration(start: Start, language: keyof typeof ENDING): string {
	const places = { MODULES: KAMAILIO_MODULES, ENGINE: kamailioEngine(start.workload, language) };
	return configured('kamailio.cfg', start, places);
}

function kamailio(language: keyof typeof ENDING, module: string): ServerKind {
	return {
		name: `kamailio-${language === 'javascript' ? 'jsdt' : language}`,
		language,
		missing: needs('kamailio', [`${KAMAILIO_MODULES}${module}.so`]),
		// its handlers wait by blocking a worker: 500 clients would measure the wait
		does: (workload) => !workload.upstream && existsSync(handler(workload, language)),
		command: (start) => [
			'kamailio',
			...['-f', kamailioConfiguration(start, language)],
			...['-w', start.folder, '-Y', start.folder, '-P', join(start.folder, 'pid')],
			...['-m', '64', '-M', '8', '-DD', '-E'],
		],
	};
}

const NGINX_LUA = `location / {
	default_type text/html;
	content_by_lua_block {
		ngx.log(ngx.INFO, "===== event: ", "xhttp:request")
		ngx.print("<html><body>OK - [" .. ngx.var.remote_addr .. ":" .. ngx.var.remote_port .. "]</body></html>")
	}
}`;

function nginx(name: string, location: string): ServerKind {
	return {
		name,
		missing: needs('nginx', [
			`${NGINX_MODULES}/ngx_http_lua_module.so`,
			`${NGINX_MODULES}/ngx_http_js_module.so`,
		]),
		does: ({ name }) => name === 'reply',
		command: (start) => [
			'nginx',
			...['-e', 'stderr', '-p', start.folder],
			...['-c', configured('nginx.conf', start, { MODULES: NGINX_MODULES, LOCATION: location })],
		],
	};
}

/** The floor: what a server on Node cannot go below without an HTTP parser of its own. */
export const FLOOR = 'node:http';

/** All of them. */
export const SERVERS: readonly ServerKind[] = [
	{
		name: FLOOR,
		missing: () => undefined,
		does: ({ name }) => name === 'reply' || name === 'echo',
		command: ({ port, workload }) => [
			process.execPath,
			benchFile('peers/node.js'),
			String(port),
			workload.name,
		],
	},
	...ENGINES.map(({ name, language }) => kemihost(name, language)),
	kamailio('lua', 'app_lua'),
	kamailio('javascript', 'app_jsdt'),
	kamailio('native', 'xhttp'),
	{
		name: 'haproxy-lua',
		missing: needs('haproxy', []),
		does: ({ name }) => name === 'reply',
		command: (start) => ['haproxy', '-f', configured('haproxy.cfg', start)],
	},
	nginx('nginx-lua', NGINX_LUA),
	nginx('nginx-njs', 'location / { js_content handlers.reply; }'),
];

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as { port: number };
	await new Promise((resolve) => server.close(resolve));
	return port;
}

async function answers(port: number): Promise<boolean> {
	try {
		await (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).arrayBuffer();
		return true;
	} catch {
		return false;
	}
}

/**
 * Starts a server and waits until it answers.
 * @throws Error with what it printed, where it does not
 */
export async function start(kind: ServerKind, options: Omit<Start, 'folder' | 'port'>): Promise<Running> {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-bench-'));
	const port = await freePort();
	const [program = '', ...args] = kind.command({ ...options, folder, port });
	const child: ChildProcess = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	const keep = (text: string) => {
		output = `${output}${text}`.slice(-4000);
	};
	child.stdout?.setEncoding('utf8').on('data', keep);
	child.stderr?.setEncoding('utf8').on('data', keep);
	const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
	for (let tries = 0; !(await answers(port)); tries++) {
		if (child.exitCode !== null || tries > 400) {
			child.kill('SIGKILL');
			throw new Error(`${kind.name} does not answer:\n${output}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return {
		port,
		pid: child.pid as number,
		output: () => output,
		async stop() {
			child.kill('SIGTERM');
			const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
			await gone;
			clearTimeout(timer);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
