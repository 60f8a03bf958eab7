/**
 * Compiles a single expression that is not part of a file: one that a person enters while debugging a route block.
 *
 * @module
 */
import { readConfig } from '../../src/config/kamailio/read.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { Exported } from '../../src/kemi/exports.ts';
import { PvSyntaxError } from '../../src/pv/syntax-error.ts';
import type { PvValue } from '../../src/pv/variable.ts';
import type { CompilerOptions } from './compiler.ts';
import { compileProgram } from './program.ts';
import { Run, type RunLimits } from './run.ts';

/** Where the value is put; nobody else has a variable of this name. */
const RESULT = '$var(kemihost_expression)';

/** An event that the language knows. */
const EVENT = 'xhttp:request';

/**
 * Evaluates an expression for a request.
 * @param text a byte string
 * @param options as of the file that the expression could stand in
 * @throws KemihostError for what does not compile, Error for what would have to wait
 */
export function evaluateExpression(
	text: string,
	ctx: RequestContext,
	options: CompilerOptions,
	limits: RunLimits,
): PvValue {
	const source = Buffer.from(`event_route[${EVENT}] { ${RESULT} = (${text}\n); }\n`, 'latin1');
	const { config, problems } = readConfig('expression', { readFile: () => source });
	const { events } = compileProgram(config, { ...options, probe: undefined, wait: refuse }, problems);
	problems.throwIfAny();
	const result = options.variables.variable(RESULT);
	if (result instanceof PvSyntaxError) throw result;
	const { returnCode } = ctx;
	limits.time.enter();
	try {
		events.get(EVENT)?.body(new Run(ctx, limits, 'expression'));
		return result.get(ctx);
	} finally {
		limits.time.leave();
		result.set?.(ctx, null);
		ctx.returnCode = returnCode;
	}
}

function refuse(_run: Run, { path }: Exported, promise: Promise<unknown>): never {
	promise.catch(() => undefined);
	throw new Error(`${path} has to wait, which an expression cannot`);
}
