/**
 * `ksr.lua`: a definition file of KSR for the Lua language server, in its annotations (`---@meta`).
 *
 * @module
 */
import type { KemiModule, Parameter } from '../kemi/module.ts';
import { STANDARD_MODULES } from '../modules/standard.ts';
import { exampleCode } from '../reference/example-code.ts';
import { parameterName, type TypedFunction, type TypedObject, typedObjects } from './typed-functions.ts';

/** Numbers will do where texts are wanted, as everywhere in Lua. */
const TYPES = { str: 'string|number', int: 'integer', long: 'integer' } as const;
const RETURNS = { int: 'integer', bool: 'boolean', none: 'false', xval: 'string|integer|nil' } as const;

const HEAD = `---@meta
-- The KSR object, for scripts that kemihost runs. Made by "kemihost types".
-- luacheck: ignore
`;

function parameter(param: Parameter): string {
	const type = TYPES[param.type];
	if (param.rest) return `---@param ... ${param.nullable ? `${type}|nil` : type}`;
	return `---@param ${parameterName(param.name)} ${param.nullable ? `${type}|nil` : type}`;
}

function method(
	owner: string,
	{ fn, doc, unavailable, givesTable, returns, example }: TypedFunction,
): string {
	const lines = doc.map((line) => `---${line}`);
	if (unavailable !== undefined) {
		lines.push('---@deprecated', `---@return ${RETURNS[returns]}`);
		return `${lines.join('\n')}\nfunction ${owner}.${fn.name}(...) end\n`;
	}
	if (example)
		lines.push(
			'---```lua',
			...exampleCode(example, 'lua', () => false)
				.split('\n')
				.map((line) => `---${line}`),
			'---```',
		);
	lines.push(...fn.params.map(parameter), `---@return ${givesTable ? 'table|nil' : RETURNS[returns]}`);
	const params = fn.params.map((param) => (param.rest ? '...' : parameterName(param.name))).join(', ');
	return `${lines.join('\n')}\nfunction ${owner}.${fn.name}(${params}) end\n`;
}

function toTable({ name, doc, functions }: TypedObject): string {
	const owner = name === '' ? 'KSR' : `KSR.${name}`;
	const head = `---${doc}\n---@class ${owner}\n${owner} = {}\n`;
	return [head, ...functions.map((fn) => method(owner, fn))].join('\n');
}

/**
 * The text of ksr.lua.
 * @param more modules of your own, beside those that ship
 */
export function luaTypes(more: readonly KemiModule[] = []): string {
	return [HEAD, ...typedObjects([...STANDARD_MODULES, ...more]).map(toTable)].join('\n');
}
