/**
 * `ksr.d.ts`: types of KSR for scripts in JavaScript and TypeScript.
 *
 * @module
 */
import type { KemiModule, Parameter } from '../kemi/module.ts';
import { STANDARD_MODULES } from '../modules/standard.ts';
import { exampleCode } from '../reference/example-code.ts';
import { parameterName, type TypedFunction, type TypedObject, typedObjects } from './typed-functions.ts';

const TYPES = { str: 'KsrText', int: 'number', long: 'number' } as const;
const RETURNS = { int: 'number', bool: 'boolean', none: 'void', xval: 'KsrValue' } as const;

const HEAD = `// Types of the KSR object, for scripts that kemihost runs. Made by "kemihost types".

/** A text, or bytes. */
type KsrText = string | Uint8Array | ArrayBuffer;
/** What a variable or a function gives: null if there is nothing. */
type KsrValue = string | number | null;
/** What the few functions give that give lists and tables. */
type KsrTable = string | number | boolean | null | KsrTable[] | { [name: string]: KsrTable };
`;

function parameter(param: Parameter): string {
	const type = param.nullable ? `${TYPES[param.type]} | null | undefined` : TYPES[param.type];
	const name = parameterName(param.name);
	if (!param.rest) return `${name}: ${type}`;
	return `...${name}: ${param.nullable ? `(${type})` : type}[]`;
}

/** A comment of documentation, indented by so many tabs. */
function comment(lines: readonly string[], tabs: string): string {
	const text = lines.join('\n').replaceAll('*/', '* /').split('\n');
	if (text.length === 1) return `${tabs}/** ${text[0]} */\n`;
	return `${tabs}/**\n${text.map((line) => `${tabs} * ${line}`.trimEnd()).join('\n')}\n${tabs} */\n`;
}

function method({ fn, doc, unavailable, givesTable, returns, example }: TypedFunction): string {
	if (unavailable !== undefined)
		return `\t/** @deprecated ${unavailable} */\n\t${fn.name}(...args: unknown[]): ${RETURNS[returns]};\n`;
	const result = givesTable ? 'KsrTable' : RETURNS[returns];
	const lines = [...doc];
	if (example)
		lines.push('@example', ...exampleCode(example, 'javascript', () => fn.waits === true).split('\n'));
	const params = fn.params.map(parameter).join(', ');
	return `${comment(lines, '\t')}\t${fn.name}(${params}): ${fn.waits ? `Promise<${result}>` : result};\n`;
}

const interfaceName = (name: string) => (name === '' ? 'Ksr' : `Ksr_${name.replace(/\W/g, '_')}`);

function toInterface({ name, doc, functions }: TypedObject, members: string): string {
	return `${comment([doc], '')}interface ${interfaceName(name)} {\n${members}${functions.map(method).join('')}}\n`;
}

/**
 * The text of ksr.d.ts.
 * @param more modules of your own, beside those that ship
 */
export function typescriptTypes(more: readonly KemiModule[] = []): string {
	const objects = typedObjects([...STANDARD_MODULES, ...more]);
	const members = objects
		.filter(({ name }) => name !== '')
		.map(({ name, doc }) => `${comment([doc], '\t')}\treadonly ${name}: ${interfaceName(name)};\n`);
	const interfaces = objects.map((object) => toInterface(object, object.name === '' ? members.join('') : ''));
	return `${HEAD}
${interfaces.join('\n')}
/** What Kamailio's modules and kemihost give to scripts. */
declare const KSR: Ksr;
`;
}
