/**
 * The WebAssembly build of QuickJS, used through its C functions.
 *
 * The stock API of quickjs-emscripten costs 22 µs for a small handler where these functions cost 2, so it is not
 * used at all. They are internals of the package: its version is pinned, and what is expected of them is checked
 * when an engine is built (here and in `values.ts`). Pointers are plain numbers; a function whose name says New, Call,
 * Get or Dup gives a JSValue in memory of its own, which `_QTS_FreeValuePointer` frees.
 *
 * @module
 */
import { RELEASE_SYNC } from 'quickjs-emscripten';
import type { Heap } from './heap.ts';

/** What QuickJS calls in the host. The first argument is of no use in this build. */
export interface Callbacks {
	/** A function made by `_QTS_NewFunction` is called. Gives an owned JSValue, or 0 for undefined. */
	callFunction(
		asyncify: undefined,
		context: number,
		self: number,
		argc: number,
		argv: number,
		id: number,
	): number;
	/** Asked from time to time while script code runs. 1 ends it with an error that it cannot catch. */
	shouldInterrupt(asyncify: undefined, runtime: number): 0 | 1;
	/** The name of an imported module. Gives an allocated C string. */
	normalizeModule(
		asyncify: undefined,
		runtime: number,
		context: number,
		importer: string,
		specifier: string,
	): number;
	/** The source of a module by its name. Gives an allocated C string, or 0 behind `_QTS_Throw`. */
	loadModuleSource(asyncify: undefined, runtime: number, context: number, name: string): number;
	/** A function made by `_QTS_NewFunction` is gone. */
	freeHostRef(asyncify: undefined, runtime: number, id: number): void;
}

/** The C functions that are used, with the names of their parameters. */
const FUNCTIONS = {
	_malloc: ['size'],
	_free: ['pointer'],
	_QTS_NewRuntime: [],
	_QTS_NewContext: ['runtime', 'intrinsics'],
	_QTS_RuntimeSetMaxStackSize: ['runtime', 'bytes'],
	_QTS_RuntimeEnableInterruptHandler: ['runtime'],
	_QTS_RuntimeEnableModuleLoader: ['runtime', 'normalize'],
	_QTS_RuntimeComputeMemoryUsage: ['runtime', 'context'],
	_QTS_IsJobPending: ['runtime'],
	_QTS_ExecutePendingJob: ['runtime', 'most', 'contextOut'],
	_QTS_FreeValuePointerRuntime: ['runtime', 'value'],
	_QTS_FreeValuePointer: ['context', 'value'],
	_QTS_FreeCString: ['context', 'text'],
	_QTS_DupValuePointer: ['context', 'value'],
	_QTS_Eval: ['context', 'code', 'length', 'file', 'detectModule', 'flags'],
	_QTS_Call: ['context', 'callee', 'self', 'argc', 'argv'],
	_QTS_Throw: ['context', 'error'],
	_QTS_ResolveException: ['context', 'value'],
	_QTS_GetGlobalObject: ['context'],
	_QTS_GetProp: ['context', 'object', 'name'],
	_QTS_SetProp: ['context', 'object', 'name', 'value'],
	_QTS_GetUndefined: [],
	_QTS_GetNull: [],
	_QTS_GetTrue: [],
	_QTS_GetFalse: [],
	_QTS_GetString: ['context', 'value'],
	_QTS_GetFloat64: ['context', 'value'],
	_QTS_GetArrayBuffer: ['context', 'value'],
	_QTS_GetArrayBufferLength: ['context', 'value'],
	_QTS_NewArrayBuffer: ['context', 'buffer', 'length'],
	_QTS_NewString: ['context', 'text'],
	_QTS_NewFloat64: ['context', 'number'],
	_QTS_NewObject: ['context'],
	_QTS_NewFunction: ['context', 'name', 'length', 'constructor', 'id'],
	_QTS_PromiseState: ['context', 'value'],
	_QTS_PromiseResult: ['context', 'promise'],
} as const;

/** As many numbers as there are names. */
type Numbers<Names extends readonly string[]> = { [Index in keyof Names]: number };

/** An instance of the build: its functions, and the place where it looks for what it calls. */
export type Quickjs = {
	readonly [Name in keyof typeof FUNCTIONS]: (...args: Numbers<(typeof FUNCTIONS)[Name]>) => number;
} & { callbacks: Callbacks };

/** The error for a build that is not the one this code was written for. */
export function unexpectedBuild(what: string): Error {
	return new Error(`this is not the build of quickjs-emscripten that kemihost was written for: ${what}`);
}

/**
 * An instance of the build with memory of its own. Its `callbacks` are to be set before anything else.
 * @throws Error if the package's internals are not as expected
 */
export async function instantiate(heap: Heap): Promise<Quickjs> {
	const imported = await RELEASE_SYNC.importModuleLoader();
	const loader = (typeof imported === 'function' ? imported : imported.default) as unknown as (
		options: object,
	) => Promise<Quickjs>;
	const silent = () => undefined;
	const quickjs = await loader({ wasmMemory: heap.memory, print: silent, printErr: silent });
	for (const [name, parameters] of Object.entries(FUNCTIONS))
		if (quickjs[name as keyof typeof FUNCTIONS]?.length !== parameters.length)
			throw unexpectedBuild(`it has no ${name}(${parameters.join(', ')})`);
	return quickjs;
}
