/**
 * `npm test`: types, lint, tests, build, and the package. The last line counts what passed and what failed.
 *
 * @module
 */
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { build } from './build.ts';
import { ROOT, runCommand } from './command.ts';
import { packCheck } from './pack-check.ts';

let passed = 0;
let failed = 0;

async function step(name: string, work: () => Promise<boolean>): Promise<void> {
	console.log(`\n── ${name}`);
	let ok = false;
	try {
		ok = await work();
	} catch (error) {
		console.error((error as Error).message);
	}
	if (ok) passed++;
	else {
		failed++;
		console.error(`✖ ${name} failed`);
	}
}

/** Milliseconds for one file: the corpus of one engine takes minutes on a busy machine, and what hangs is not to outlast the rest. */
const LONGEST_FILE = 480_000;

/** Runs all test files; counts tests, not files or suites. */
async function unitTests(): Promise<void> {
	console.log('\n── tests');
	const files = globSync('test/**/*.test.ts', { cwd: ROOT }).map((file) => ROOT + file);
	// Most tests start processes, and those compile the same files: once is enough.
	process.env['NODE_COMPILE_CACHE'] ??= `${ROOT}node_modules/.cache/compile`;
	const stream = run({ files, concurrency: availableParallelism(), timeout: LONGEST_FILE });
	stream.on('test:pass', ({ details, skip }) => {
		if (details.type !== 'suite' && !skip) passed++;
	});
	stream.on('test:fail', ({ details }) => {
		if (details.type !== 'suite') failed++;
	});
	const took: { file: string; seconds: number }[] = [];
	stream.on('test:summary', ({ file, duration_ms }) => {
		if (file !== undefined) took.push({ file: relative(ROOT, file), seconds: duration_ms / 1000 });
	});
	const ended = new Promise((resolve) => stream.once('end', resolve));
	stream.compose(new spec()).pipe(process.stdout);
	await ended;
	console.log('\nthe slowest files:');
	for (const { file, seconds } of took.sort((a, b) => b.seconds - a.seconds).slice(0, 10))
		console.log(`${seconds.toFixed(1).padStart(8)} s  ${file}`);
}

await step('types', async () => (await runCommand('npx', ['--no', '--', 'tsc', '--noEmit'])) === 0);
await step(
	'lint',
	async () => (await runCommand('npx', ['--no', '--', 'biome', 'check', '--error-on-warnings'])) === 0,
);
await unitTests();
await step('build', async () => (await build()) === 0);
await step('package', async () => {
	await packCheck();
	return true;
});
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
