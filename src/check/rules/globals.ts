/**
 * The global names that a script can use.
 *
 * @module
 */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Lua's own, of all versions from 5.1 on, with what the host adds. */
export const LUA_GLOBALS = words(`
	_ENV _G _VERSION assert collectgarbage coroutine debug dofile error gcinfo getfenv getmetatable io ipairs load loadfile
	loadstring math module next newproxy os package pairs pcall print rawequal rawget rawlen rawset require select
	setfenv setmetatable string table tonumber tostring type unpack utf8 xpcall bit32 KSR sr
`);

/** ECMAScript's own, with what the host adds. */
export const JAVASCRIPT_GLOBALS = words(`
	AbortController AbortSignal AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Blob Boolean DataView
	Date Error EvalError Event EventTarget Float32Array Float64Array FormData Function Headers Infinity Int16Array Int32Array
	Int8Array Intl Iterator JSON KSR Map Math NaN Number Object Promise Proxy RangeError ReadableStream ReferenceError
	Reflect RegExp Request Response Set String Symbol SyntaxError TextDecoder TextEncoder TypeError URIError URL
	URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet atob btoa clearInterval
	clearTimeout console crypto decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval fetch globalThis
	isFinite isNaN module exports parseFloat parseInt performance queueMicrotask require setInterval setTimeout
	structuredClone undefined unescape
`);
