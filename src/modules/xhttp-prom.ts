/**
 * The xhttp_prom module: metrics for Prometheus (modules/xhttp_prom).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, type ModuleParam } from '../kemi/module.ts';
import { rpc } from '../kemi/rpc.ts';
import { statistics } from './statistics.ts';
import { xhttp } from './xhttp.ts';
import { type ExpositionOptions, metricsText, statisticsText } from './xhttp-prom/exposition.ts';
import { metricFunctions } from './xhttp-prom/functions.ts';
import { metricsRpc } from './xhttp-prom/rpc.ts';
import { createState, type PromState } from './xhttp-prom/state.ts';

const CONTENT_TYPE = 'text/plain; version=0.0.4';
const PATH = '/metrics';

const metricParam = (kind: string, form: string): ModuleParam => ({
	name: `prom_${kind}`,
	type: 'str',
	default: null,
	repeatable: true,
	doc: `Declares a ${kind}: ${form}. Labels may be left out.`,
});

/** Replies with all metrics. */
function dispatch(ctx: RequestContext): number {
	const { reply } = ctx.host.api(xhttp);
	const state = ctx.state(xhttpProm);
	const { beginning, tags, mostBytes } = state;
	const options: ExpositionOptions = { beginning, tags, now: ctx.host.clock.now() };
	let text = metricsText(state.series.all(state.metrics), options);
	if (state.statistics) text += statisticsText(ctx.state(statistics).list(), state.statistics, options);
	if (mostBytes > 0 && text.length > mostBytes) {
		ctx.report(
			'error',
			`the metrics take ${text.length} bytes, more than xhttp_prom_buf_size (${mostBytes})`,
		);
		return reply(ctx, 500, 'Internal Server Error', null, null);
	}
	return reply(ctx, 200, 'OK', CONTENT_TYPE, text);
}

/** The functions on KSR.xhttp_prom. */
export const xhttpProm: KemiModule<PromState> = defineModule<PromState>({
	name: 'xhttp_prom',
	doc: 'Metrics for Prometheus.',
	depends: [xhttp.name, statistics.name],
	params: [
		metricParam('counter', 'name=NAME;label=A:B:C'),
		metricParam('gauge', 'name=NAME;label=A:B:C'),
		metricParam('histogram', 'name=NAME;label=A:B:C;buckets=1:2.5:10'),
		{
			name: 'xhttp_prom_stats',
			type: 'str',
			default: '',
			doc: 'Which statistics of the host are shown too: all, a group with a colon (script:), or none.',
		},
		{
			name: 'xhttp_prom_timeout',
			type: 'int',
			default: 60,
			doc: 'Minutes after which a series goes that was not changed.',
		},
		{ name: 'xhttp_prom_beginning', type: 'str', default: 'kamailio_', doc: 'What every name begins with.' },
		{
			name: 'xhttp_prom_tags',
			type: 'str',
			default: '',
			doc: 'Labels for every series, as they are to stand there: host="a", zone="b".',
		},
		{
			name: 'xhttp_prom_buf_size',
			type: 'int',
			default: 0,
			doc: 'The longest answer in bytes; 0 for any length. In Kamailio it is the size of a buffer.',
		},
		{
			name: 'xhttp_prom_pkg_stats',
			type: 'int',
			default: 0,
			doc: "Changes nothing: it is about Kamailio's memory.",
		},
	],
	functions: [
		fn(
			'check_uri',
			[],
			'int',
			`1 if the request is for ${PATH}, otherwise -1.`,
			(ctx) => (ctx.request.target === PATH ? 1 : -1),
			{ cfg: 'prom_check_uri' },
		),
		fn('dispatch', [], 'int', 'Replies with all metrics: 0, or -1 if the reply is refused.', dispatch, {
			sendsReply: true,
			cfg: 'prom_dispatch',
		}),
		...metricFunctions((ctx) => ctx.state(xhttpProm)),
	],
	rpc: [
		...metricsRpc(({ host }) => host.state(xhttpProm)),
		rpc('xhttp_prom.metric_list_print', '', 'All metrics with their values.', ({ host }) => {
			const { metrics, series, beginning, tags } = host.state(xhttpProm);
			return metricsText(series.all(metrics), { beginning, tags, now: host.clock.now() });
		}),
	],
	init: createState,
});
