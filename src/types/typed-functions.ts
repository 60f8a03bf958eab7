/**
 * The functions that the types for editors describe: every function of KSR by its sub-object. Those that need a
 * SIP server are included, so that a script that uses them is not marked as wrong everywhere.
 *
 * @module
 */
import { ExportTable } from '../kemi/exports.ts';
import type { KemiFunction, KemiModule, ReturnType } from '../kemi/module.ts';
import { type Entry, referenceOf } from '../reference/reference.ts';

/** A function as an editor is to know it. */
export interface TypedFunction {
	readonly fn: KemiFunction;
	/** Documentation, one paragraph each. */
	readonly doc: readonly string[];
	/** Why it is of no use here; undefined for what works. */
	readonly unavailable: string | undefined;
	/** True if it gives tables, not only texts and numbers. */
	readonly givesTable: boolean;
	/** What it gives. */
	readonly returns: ReturnType;
	readonly example: Entry['example'];
}

/** A sub-object of KSR. */
export interface TypedObject {
	/** Its name; empty for KSR itself. */
	readonly name: string;
	readonly doc: string;
	readonly functions: readonly TypedFunction[];
}

/** Words that are no names of parameters in one of the languages. */
const RESERVED = new Set(
	'and break case catch class const continue debugger default delete do else elseif end enum export extends false finally for function goto if import in instanceof local new nil not null or repeat return super switch then this throw true try typeof until var void while with yield'.split(
		' ',
	),
);

/** A parameter's name in any language. */
export function parameterName(name: string): string {
	return RESERVED.has(name) ? `${name}_` : name;
}

/** All sub-objects, KSR itself first. */
export function typedObjects(modules: readonly KemiModule[]): TypedObject[] {
	const entries = new Map(referenceOf(modules).map((entry) => [entry.names[0], entry]));
	const docs = new Map(modules.map((module) => [module.ksrName ?? module.name, module.doc]));
	const objects = Map.groupBy(new ExportTable(modules, () => {}).entries, ({ module }) => module);
	return [...objects]
		.map(([name, exported]) => ({
			name,
			doc: docs.get(name) ?? `Of Kamailio's module ${name}.`,
			functions: exported.map(({ path, declaration }): TypedFunction => {
				const entry = entries.get(path);
				return {
					fn: declaration,
					doc: entry ? [entry.doc, `Returns ${entry.returns}.`] : [declaration.doc],
					unavailable: declaration.unchecked ? declaration.doc : undefined,
					givesTable:
						entry?.example?.steps.some(
							({ code, gives }) => code.startsWith(`${path}(`) && /^[[{]/.test(gives ?? ''),
						) ?? false,
					returns: declaration.returns,
					example: entry?.example,
				};
			}),
		}))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}
