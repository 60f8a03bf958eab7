/**
 * Makes JavaScript functions callable by address from Lua. A WebAssembly table only holds WebAssembly functions,
 * so a tiny module imports the JavaScript functions and exports them again in that form.
 *
 * @module
 */

/** What WebAssembly offers, as far as it is used here; the types of Node do not have it. */
interface WebAssemblyApi {
	compile(bytes: Uint8Array): Promise<CompiledModule>;
	Module: new (bytes: Uint8Array) => CompiledModule;
	Instance: new (
		module: CompiledModule,
		imports: Record<string, Record<string, (...args: number[]) => unknown>>,
	) => { readonly exports: Record<string, unknown> };
}

/** A compiled file; only WebAssembly looks inside. */
export interface CompiledModule {
	readonly compiled?: never;
}

export const { compile, Instance, Module } = (globalThis as unknown as { WebAssembly: WebAssemblyApi })
	.WebAssembly;

const I32 = 0x7f;
const FUNCTION = 0;
const FUNCTION_TYPE = 0x60;
const name = (text: string) => [text.length, ...Buffer.from(text)];

/** A section of a module: its number, its length (below 128) and its content. */
const section = (id: number, ...content: number[]) => [id, content.length, ...content];

/** A type of function: so many parameters and results, all of 32 bits. */
const type = (params: number, results: number) => [
	FUNCTION_TYPE,
	...[params, ...Array<number>(params).fill(I32)],
	...[results, ...Array<number>(results).fill(I32)],
];

/** The functions, as Lua's header files declare them: lua_CFunction, lua_Hook, lua_Alloc and lua_KFunction. */
export interface Callbacks {
	call(L: number): number;
	hook(L: number, info: number): void;
	allocate(data: number, block: number, oldSize: number, size: number): number;
	goOn(L: number, status: number, context: number): number;
}

/**
 * In the text format:
 * ```wat
 * (module
 *   (import "host" "call" (func $call (param i32) (result i32)))
 *   (import "host" "hook" (func $hook (param i32 i32)))
 *   (import "host" "allocate" (func $allocate (param i32 i32 i32 i32) (result i32)))
 *   (import "host" "goOn" (func $goOn (param i32 i32 i32) (result i32)))
 *   (export "call" (func $call))
 *   (export "hook" (func $hook))
 *   (export "allocate" (func $allocate))
 *   (export "goOn" (func $goOn)))
 * ```
 */
const NAMES = ['call', 'hook', 'allocate', 'goOn'] as const;
const ADAPTER = new Uint8Array([
	...[0x00, ...Buffer.from('asm'), 1, 0, 0, 0],
	...section(1, 4, ...type(1, 1), ...type(2, 0), ...type(4, 1), ...type(3, 1)),
	...section(2, 4, ...NAMES.flatMap((text, i) => [...name('host'), ...name(text), FUNCTION, i])),
	...section(7, 4, ...NAMES.flatMap((text, i) => [...name(text), FUNCTION, i])),
]);

/** The same functions, in the form that a table of WebAssembly takes. */
export function adapt(callbacks: Callbacks): Record<keyof Callbacks, unknown> {
	const { call, hook, allocate, goOn } = callbacks;
	const imports = { call, hook, allocate, goOn } as Record<keyof Callbacks, (...args: number[]) => unknown>;
	return new Instance(new Module(ADAPTER), { host: imports }).exports as Record<keyof Callbacks, unknown>;
}
