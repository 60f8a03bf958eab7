import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { test } from 'node:test';
import { ROOT } from '../../tools/command.ts';

interface Factory {
	createDebugAdapterDescriptor(session: unknown): unknown;
}

test('the extension for Visual Studio Code starts kemihost debug in the folder of the workspace', () => {
	let factory: Factory | undefined;
	const vscode = {
		DebugAdapterExecutable: class {
			readonly given: unknown[];
			constructor(...given: unknown[]) {
				this.given = given;
			}
		},
		debug: {
			registerDebugAdapterDescriptorFactory: (type: string, made: Factory) => {
				assert.equal(type, 'kemihost');
				factory = made;
				return { dispose() {} };
			},
		},
	};
	const module = { exports: {} as { activate?: (context: { subscriptions: unknown[] }) => void } };
	const code = readFileSync(`${ROOT}editors/vscode/extension.js`, 'utf8');
	new Function('require', 'exports', 'module', code)(
		(name: string) => (name === 'vscode' ? vscode : Module.createRequire(ROOT)(name)),
		module.exports,
		module,
	);
	const context = { subscriptions: [] as unknown[] };
	module.exports.activate?.(context);
	assert.equal(context.subscriptions.length, 1);
	const workspaceFolder = { uri: { fsPath: '/home/ann/hello' } };
	const made = factory as Factory | undefined;
	const descriptor = (configuration: object) =>
		(
			made?.createDebugAdapterDescriptor({ configuration, workspaceFolder }) as
				| { given: unknown[] }
				| undefined
		)?.given;
	assert.deepEqual(descriptor({}), ['npx', ['kemihost', 'debug'], { cwd: '/home/ann/hello' }]);
	assert.deepEqual(descriptor({ command: ['node', 'kemihost.js'] }), [
		'node',
		['kemihost.js', 'debug'],
		{ cwd: '/home/ann/hello' },
	]);
});

test('what docs/debug.md writes into launch.json is what the extension declares and init writes', () => {
	const document = readFileSync(`${ROOT}docs/debug.md`, 'utf8');
	const [, json = '{}'] = /```json\n(.*?)```/s.exec(document) ?? [];
	const [launch] = (JSON.parse(json) as { configurations: Record<string, unknown>[] }).configurations;
	const manifest = JSON.parse(readFileSync(`${ROOT}editors/vscode/package.json`, 'utf8')) as {
		contributes: {
			debuggers: { type: string; configurationAttributes: { launch: { properties: object } } }[];
		};
	};
	const [declared] = manifest.contributes.debuggers;
	const known = [
		'type',
		'request',
		'name',
		...Object.keys(declared?.configurationAttributes.launch.properties ?? {}),
	];
	assert.equal(launch?.['type'], declared?.type);
	assert.deepEqual(
		Object.keys(launch ?? {}).filter((key) => !known.includes(key)),
		[],
	);
});
