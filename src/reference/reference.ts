/**
 * The reference: everything that scripts can call, read and set, as entries that can be looked up, shown in a terminal
 * and written as pages. All of it comes from the modules' own tables and the examples.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import type { KemiFunction, KemiModule, ReturnType } from '../kemi/module.ts';
import { packageRoot } from '../package-root.ts';
import type { Transformation } from '../pv/transformation.ts';
import { type Example, readExamples } from './example-file.ts';

/** One function, variable or transformation. */
export interface Entry {
	readonly kind: 'function' | 'variable' | 'transformation';
	/** `KSR.hdr.get`, `$hu`, `{s.len}`, in kamailio.cfg `xlog`; a variable's or function's other names come behind. */
	readonly names: readonly [string, ...string[]];
	/** The module that brings it, as kamailio.cfg names it. */
	readonly module: KemiModule;
	/** As it is written: `KSR.hdr.get(name: str) → xval`. */
	readonly signature: string;
	readonly doc: string;
	/** What comes back, and how failing shows; empty where the documentation of the whole kind says it. */
	readonly returns: string;
	readonly example: Example | undefined;
	readonly fn: KemiFunction | undefined;
}

/** What a function of each type gives. */
const RETURNS: Readonly<Record<ReturnType, string>> = {
	int: 'an integer; where it fails a negative one, -1 as a rule, and an error in the log',
	bool: 'true or false; false if it fails',
	none: 'nothing (false in the script)',
	xval: 'a string, a number or null (nil in Lua); null if there is nothing',
};

/** The sub-object of KSR that holds a module's functions, as scripts write it. */
export function ownerOf(module: KemiModule): string {
	const name = module.ksrName ?? module.name;
	return name ? `KSR.${name}` : 'KSR';
}

function functionEntry(
	module: KemiModule,
	fn: KemiFunction,
	path = `${ownerOf(module)}.${fn.name}`,
): Omit<Entry, 'example'> {
	const params = fn.params.map(
		(p) => `${p.name}: ${p.type}${p.nullable ? ' or null' : ''}${p.rest ? '…' : ''}`,
	);
	const returns = RETURNS[fn.returns];
	return {
		kind: 'function',
		names: [path],
		module,
		signature: `${path}(${params.join(', ')}) → ${fn.returns}`,
		doc: fn.doc,
		returns: fn.waits ? `${returns}. The handler waits; in JavaScript write await` : returns,
		fn,
	};
}

function variableEntry(
	module: KemiModule,
	names: readonly string[],
	doc: string,
	readOnly: boolean,
): Omit<Entry, 'example'> {
	const [first = '', ...others] = names.map((name) => `$${name}`);
	return {
		kind: 'variable',
		names: [first, ...others],
		module,
		signature: [first, ...others].join(' '),
		doc,
		returns: readOnly ? 'Read-only.' : '',
		fn: undefined,
	};
}

function transformationEntry(
	module: KemiModule,
	{ name, params, doc }: Transformation,
): Omit<Entry, 'example'> {
	return {
		kind: 'transformation',
		names: [`{${name}}`],
		module,
		signature: `{${[name, ...params].join(',')}}`,
		doc,
		returns: '',
		fn: undefined,
	};
}

/** The text of a module's example file; empty where it has none. */
export function exampleText(module: KemiModule): string {
	const file = new URL(`docs/examples/${module.name}.txt`, packageRoot);
	return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The functions that only Kamailio's own language has, or has in another form: `xlog("text")`. */
export function cfgEntriesOf(modules: readonly KemiModule[]): Entry[] {
	return modules.flatMap((module) =>
		(module.cfgFunctions ?? []).map((fn) => ({ ...functionEntry(module, fn, fn.name), example: undefined })),
	);
}

/** All entries of some modules, in the order of their tables. */
export function referenceOf(modules: readonly KemiModule[]): Entry[] {
	return modules.flatMap((module) => {
		const examples = readExamples(exampleText(module));
		const exampleOf = (names: readonly string[]) =>
			examples.find((example) => example.names.some((name) => names.includes(name)));
		return [
			...(module.functions ?? []).map((fn) => functionEntry(module, fn)),
			...(module.variables ?? []).map((v) =>
				variableEntry(module, v.names, v.doc, v.bind === undefined && v.set === undefined),
			),
			...(module.transformations ?? []).map((t) => transformationEntry(module, t)),
		].map((entry) => ({ ...entry, example: exampleOf(entry.names) }));
	});
}
