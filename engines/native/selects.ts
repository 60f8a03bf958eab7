/**
 * Selects: `@msg.header["Host"]`, the older way to read a message (core/select_core.c).
 *
 * @module
 */
import type { Select } from '../../src/config/kamailio/ast.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import { findHeader } from '../../src/pv/headers.ts';
import { PvSyntaxError } from '../../src/pv/syntax-error.ts';
import { words } from '../../src/words.ts';
import type { Compiler } from './compiler.ts';
import { constant, type Evaluator, text } from './evaluator.ts';

const FIXED: Readonly<Record<string, (ctx: RequestContext) => string>> = words({
	method: (ctx) => ctx.request.method,
	'src.ip': (ctx) => ctx.request.connection.remote.address,
	'src.port': (ctx) => String(ctx.request.connection.remote.port),
	'dst.ip': (ctx) => ctx.request.connection.local.address,
	'dst.port': (ctx) => String(ctx.request.connection.local.port),
	'rcv.ip': (ctx) => ctx.request.connection.local.address,
	'rcv.port': (ctx) => String(ctx.request.connection.local.port),
});

/** Compiles a select. Those about what HTTP does not have are empty. */
export function compileSelect(compiler: Compiler, { at, path, text: written }: Select): Evaluator {
	const fixed = FIXED[path.join('.')];
	if (fixed) return text((run) => fixed(run.ctx));
	const [first, second, name] = path;
	const header = first === 'msg' && second === 'header' ? name : first === 'hf_value' ? second : undefined;
	if (typeof header === 'string') {
		const wanted = header.replaceAll('_', '-');
		return text((run) => findHeader(run.ctx, wanted) ?? '');
	}
	if (first === 'cfg_get' && path.length === 3) {
		if (!compiler.hasSetting(String(second), String(name)))
			compiler.problems.error(
				at,
				`there is no setting ${second}.${name}`,
				`a line ${second}.${name} = VALUE declares it`,
				'unknown-variable',
			);
		const setting = compiler.variables.variable(`$sel(${path.join('.')})`);
		if (!(setting instanceof PvSyntaxError)) return text((run) => String(setting.get(run.ctx) ?? ''));
	}
	if (typeof first === 'string' && SIP.has(first)) return constant('');
	compiler.problems.error(at, `@${written} is not available`, 'use a variable: $hdr(Name), $rm, $hu');
	return constant('');
}

/** The selects of SIP's own header fields. */
const SIP = new Set(
	'f from t to v via m contact cseq rr record_route ruri next_hop event rpid refer_to replaces call_id expires'.split(
		' ',
	),
);
