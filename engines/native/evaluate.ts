/**
 * An expression of Kamailio's language that no file holds: what somebody asks for who debugs a route block.
 *
 * @module
 */
import { readConfig } from '../../src/config/kamailio/read.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { PvValue } from '../../src/pv/variable.ts';
import { CpuTime } from '../cpu-time.ts';
import { compileProgram } from './program.ts';
import { Run, type RunLimits } from './run.ts';

/** Where the value is put; nobody else has a variable of this name. */
const RESULT = '$var(kemihost_expression)';

/** An event that the language knows. */
const EVENT = 'xhttp:request';

/** For one expression. */
const CPU_MS = 1000;

/**
 * Evaluates an expression for a request.
 * @param text a byte string
 * @throws KemihostError for what does not compile, Error for what would have to wait
 */
export function evaluateExpression(text: string, ctx: RequestContext): PvValue {
	const { exports: functions, variables } = ctx.host;
	const source = Buffer.from(`event_route[${EVENT}] { ${RESULT} = (${text}\n); }\n`, 'latin1');
	const { config, problems } = readConfig('expression', { readFile: () => source });
	const { events } = compileProgram(
		config,
		{
			functions,
			variables,
			loaded: undefined,
			flags: new Map(),
			wait(_run, { path }, promise) {
				promise.catch(() => undefined);
				throw new Error(`${path} has to wait, which an expression cannot`);
			},
		},
		problems,
	);
	problems.throwIfAny();
	const time = new CpuTime(CPU_MS);
	const limits: RunLimits = { cpuMs: CPU_MS, time, loops: 1, depth: 16 };
	const result = variables.variable(RESULT);
	if (!('get' in result)) throw result;
	const { returnCode } = ctx;
	time.enter();
	try {
		events.get(EVENT)?.body(new Run(ctx, limits, 'expression'));
		return result.get(ctx);
	} finally {
		time.leave();
		result.set?.(ctx, null);
		ctx.returnCode = returnCode;
	}
}
