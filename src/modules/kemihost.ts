/**
 * The kemihost module: what the host answers itself, before any script is asked. Kamailio has nothing like it.
 *
 * @module
 */
import { type HttpReply, plainReply } from '../http/reply.ts';
import type { HostServices, RequestContext } from '../kemi/context.ts';
import { defineModule, type KemiModule, type ParamValues } from '../kemi/module.ts';
import { RpcFault, type RpcValue, rpc } from '../kemi/rpc.ts';
import { METRICS_COMMAND, mergeSnapshots } from '../metrics/host-metrics.ts';

/** Answers one path. */
type Answer = (host: HostServices) => HttpReply | Promise<HttpReply>;

/** What is answered, by path. */
type KemihostState = ReadonlyMap<string, Answer>;

const CONTENT_TYPE = 'Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n';

/** The process answers, so it lives. */
const health: Answer = () => plainReply(200, { text: 'ok\n' });

/**
 * Ready is who could take a handler that waits. A store that is away is away for all hosts as a rule: were they not ready, nobody
 * would be left.
 */
const ready: Answer = (host) =>
	host.ready
		? plainReply(200, { text: host.store.reachable === false ? 'ready, without the store\n' : 'ready\n' })
		: plainReply(503, { text: 'not ready\n', headers: 'Retry-After: 1\r\n' });

const metrics: Answer = async (host) => {
	const text = String(await host.rpc.run(host, METRICS_COMMAND, []));
	const body = Buffer.from(text).toString('latin1');
	return { status: 200, reason: 'OK', headers: CONTENT_TYPE, body, close: false };
};

const ANSWERS: readonly (readonly [param: string, answer: Answer])[] = [
	['health_path', health],
	['ready_path', ready],
	['metrics_path', metrics],
];

/** Whether the host is to count what it does. */
export function wantsMetrics(params: (module: KemiModule) => ParamValues): boolean {
	return params(kemihost).str('metrics_path') !== null;
}

/** The path of a request target, without its query. */
function pathOf(target: string): string {
	const query = target.indexOf('?');
	return query < 0 ? target : target.slice(0, query);
}

/** What the host answers itself. */
export const kemihost: KemiModule<KemihostState> = defineModule<KemihostState>({
	name: 'kemihost',
	doc: 'What the host answers itself, before any script is asked.',
	params: [
		{
			name: 'health_path',
			type: 'str',
			default: null,
			doc: 'The path that is answered with 200 as long as the process lives.',
		},
		{
			name: 'ready_path',
			type: 'str',
			default: null,
			doc: 'The path that is answered with 200 where the host takes requests, and with 503 while it stops or has too much to do.',
		},
		{
			name: 'metrics_path',
			type: 'str',
			default: null,
			doc: "The path that is answered with the host's metrics, those of all children together, as Prometheus reads them.",
		},
	],
	rpc: [
		rpc(
			METRICS_COMMAND,
			'',
			"The host's metrics, those of all children together.",
			({ host }) => {
				if (!host.metrics) throw new RpcFault(500, 'metrics_path of module kemihost is not set');
				return host.metrics.snapshot();
			},
			{ merge: (answers: readonly RpcValue[]) => mergeSnapshots(answers.map(String)) },
		),
	],
	init: (params) =>
		new Map(
			ANSWERS.flatMap(([name, answer]) => {
				const path = params.str(name);
				return path === null ? [] : [[path, answer] as const];
			}),
		),
	request(ctx: RequestContext, answers) {
		if (answers.size === 0) return false;
		const answer = answers.get(pathOf(ctx.request.target));
		if (!answer) return false;
		const reply = answer(ctx.host);
		if (!(reply instanceof Promise)) {
			ctx.reply.replace(reply);
			return true;
		}
		return reply.then((late) => {
			ctx.reply.replace(late);
			return true;
		});
	},
});
