/**
 * ES modules: the script and the siblings it imports, compiled and linked.
 *
 * @module
 */
import type ivm from 'isolated-vm';
import { bytesOf } from '../../src/bytes.ts';
import { ScriptError } from '../../src/kemi/script-error.ts';
import type { ScriptFolder, ScriptSource } from '../../src/source/folder.ts';
import { keepRequests } from '../javascript/awaits.ts';
import { GUEST_FILE } from '../javascript/stack.ts';

/**
 * `evaluateSync` does not say whether a module still waits at its top level. A module around it does: its own body
 * runs last, and `done` cannot be read before.
 */
const AROUND = `import * as script from 'script';\nexport { script };\nexport const done = true;`;

/**
 * Compiles a module with all it imports, and links them. Nothing of it has run afterwards.
 * @returns the module to evaluate; its namespace holds `script` with the script's exports, and `done`
 * @throws ScriptError for an import that is not in the folder; what isolated-vm throws for other mistakes
 */
export function linkModule(
	isolate: ivm.Isolate,
	context: ivm.Context,
	folder: ScriptFolder,
	source: ScriptSource,
): ivm.Module {
	const sources = new Map<ivm.Module, ScriptSource>();
	const modules = new Map<string, ivm.Module>();
	const compile = (file: ScriptSource): ivm.Module => {
		const known = modules.get(file.name);
		if (known) return known;
		const module = isolate.compileModuleSync(keepRequests(file), { filename: file.name });
		sources.set(module, file);
		modules.set(file.name, module);
		return module;
	};
	const around = isolate.compileModuleSync(AROUND, { filename: GUEST_FILE });
	around.instantiateSync(context, (specifier, referrer) => {
		const importer = sources.get(referrer);
		if (!importer) return compile(source);
		const found = folder.importModule(specifier, importer.name);
		if (!found) throw missing(specifier, importer);
		return compile(found);
	});
	return around;
}

function missing(specifier: string, importer: ScriptSource): ScriptError {
	const line = importer.code.split('\n').findIndex((text) => text.includes(specifier)) + 1;
	return new ScriptError(bytesOf(`there is no module "${specifier}" to import`), {
		file: bytesOf(importer.name),
		line: line || undefined,
		loading: true,
		hint: /^\.{1,2}\//.test(specifier)
			? undefined
			: "modules are imported by a path that begins with './' or '../'",
	});
}
