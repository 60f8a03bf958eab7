/**
 * What the xhttp_prom module keeps of its parameters.
 *
 * @module
 */
import type { HostServices } from '../../kemi/context.ts';
import type { ParamValues } from '../../kemi/module.ts';
import { declaredMetrics, type Metric } from './declaration.ts';
import { SeriesStore } from './series.ts';

/** The module's state. */
export interface PromState {
	readonly metrics: ReadonlyMap<string, Metric>;
	readonly series: SeriesStore;
	/** Which of the host's statistics are shown: empty for none, `all`, or a group with a colon. */
	readonly statistics: string;
	/** What stands in front of every name. */
	readonly beginning: string;
	/** Labels of every series, as they are written. */
	readonly tags: string;
	/** The longest answer, in bytes. */
	readonly mostBytes: number;
}

/** @throws KemihostError `KH_MODPARAM` */
export function createState(params: ParamValues, { localStore }: HostServices): PromState {
	return {
		metrics: declaredMetrics(params),
		series: new SeriesStore(localStore.table('xhttp_prom'), params.int('xhttp_prom_timeout') * 60_000),
		statistics: params.str('xhttp_prom_stats') ?? '',
		beginning: params.str('xhttp_prom_beginning') ?? '',
		tags: params.str('xhttp_prom_tags') ?? '',
		mostBytes: params.int('xhttp_prom_buf_size'),
	};
}
