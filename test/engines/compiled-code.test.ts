import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import ivm from 'isolated-vm';
import { CompiledCode } from '../../engines/isolated-vm/compiled-code.ts';

/** Bits of V8's `%GetOptimizationStatus`. */
const OPTIMIZED = 1 << 4;
const BEING_COMPILED = 1 << 10;

test('what V8 compiles between two entries of the isolate is put in place', () => {
	const isolate = new ivm.Isolate();
	const context = isolate.createContextSync();
	const run = (code: string) => {
		setFlagsFromString('--allow-natives-syntax');
		const script = isolate.compileScriptSync(code);
		setFlagsFromString('--no-allow-natives-syntax');
		return () => script.runSync(context) as number;
	};
	/** Calls a new function until V8 compiles it. Gives what reads its status. */
	function heat(name: string): () => number {
		run(`function ${name}(n) { return n + 1 }`)();
		const status = run(`%GetOptimizationStatus(${name})`);
		const call = run(`${name}(1)`);
		while ((status() & (OPTIMIZED | BEING_COMPILED)) === 0) call();
		return status;
	}
	// Now and then V8 is done before an entry is over.
	let status = heat('handler');
	for (let i = 0; (status() & BEING_COMPILED) === 0; i++) status = heat(`handler${i}`);

	const compiled = new CompiledCode(isolate, context);
	compiled.install();
	assert.notEqual(status() & OPTIMIZED, 0);

	assert.throws(() => isolate.compileScriptSync('%DebugPrint(1)'), SyntaxError, 'scripts cannot use it');
	isolate.dispose();
	compiled.install();
});
