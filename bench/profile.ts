/**
 * Where the time goes: a flame graph of kemihost under load.
 *
 * @module
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CpuProfile, flameGraph } from './flame.ts';
import { measure } from './load.ts';
import { SERVERS, start } from './servers.ts';
import { startUpstream } from './upstream.ts';
import { benchFile, type Workload } from './workloads.ts';

/**
 * Loads an engine without children and writes `bench/results/ENGINE-WORKLOAD.svg`, beside the profile itself.
 * @returns the path of the graph
 */
export async function profile(engine: string, workload: Workload, seconds: number): Promise<string> {
	const kind = SERVERS.find(({ name }) => name === engine);
	if (!kind) throw new Error(`there is no ${engine}`);
	const folder = benchFile('results');
	mkdirSync(folder, { recursive: true });
	const name = `${engine.replace(/\W/g, '-')}-${workload.name}.cpuprofile`;
	const profiled = {
		...kind,
		command: (options: Parameters<typeof kind.command>[0]) => {
			const [node = '', ...rest] = kind.command({ ...options, children: 0 });
			return [node, '--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}`, ...rest];
		},
	};
	const upstream = await startUpstream(50);
	const server = await start(profiled, { workload, children: 0, upstream: upstream.url });
	await measure(workload, server.port, server.pid, seconds);
	await server.stop();
	upstream.close();
	if (!readdirSync(folder).includes(name)) throw new Error('no profile was written');
	const data = JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile;
	const path = join(folder, name.replace(/cpuprofile$/, 'svg'));
	writeFileSync(path, flameGraph(data, `${engine}: ${workload.doc}`));
	return path;
}
