/**
 * What was set from outside: `#!define` values, the environment and run-time parameters (core/pv_core.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { leadingInteger } from '../integers.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { PvValue, Variable } from '../variable.ts';
import { literalVariable } from './names.ts';

/**
 * An environment variable, as a byte string. One that the host has and scripts may not see is as one that it has not;
 * the log says how to give it.
 */
export function environment(ctx: RequestContext, name: string): string | undefined {
	const value = ctx.host.environment.get(name);
	if (value === undefined && process.env[name] !== undefined)
		ctx.report('warning', `the environment variable ${name} is not given to scripts; --env ${name} gives it`);
	return value;
}

const quoted = (text: string) => /^(["']).*\1$/s.test(text) && text.length > 1;

function defineVariable(
	name: string,
	doc: string,
	convert: (value: string | undefined) => PvValue,
	asText?: (value: string | undefined) => string | null,
): Variable {
	return literalVariable([name], doc, (define) => ({
		get: (ctx) => convert(ctx.host.defines.get(define)),
		...(asText && { text: (ctx: RequestContext) => asText(ctx.host.defines.get(define)) }),
	}));
}

function setDebug(ctx: RequestContext, value: PvValue): boolean {
	if (value === null) {
		ctx.report('warning', '$ccp(core.debug): a parameter cannot be unset');
		return true;
	}
	if (typeof value === 'string' && !/^[+-]?\d+$/.test(value)) {
		ctx.report('error', `$ccp(core.debug): "${value}" is no integer`);
		return false;
	}
	ctx.host.log.threshold = Number(value);
	return true;
}

/** `$ccp`: of Kamailio's run-time parameters there is the log level. */
const runTimeParameter = literalVariable(
	['ccp'],
	'A parameter that can be changed at run time: core.debug, the log threshold.',
	(name) => {
		if (name === 'core.debug') return { get: (ctx) => ctx.host.log.threshold, set: setDebug };
		if (!/^[^.]+\../.test(name)) throw new PvSyntaxError('write $ccp(group.name)', 0);
		const unknown = (ctx: RequestContext) =>
			ctx.report('error', `$ccp: there is no run-time parameter ${name}`);
		return {
			get(ctx): PvValue {
				unknown(ctx);
				return null;
			},
			set(ctx) {
				unknown(ctx);
				return false;
			},
		};
	},
);

/** Settings. */
export const settingVariables: readonly Variable[] = [
	defineVariable('def', 'The value of a #!define; null without one.', (value) => value ?? null),
	defineVariable(
		'defn',
		'The value of a #!define as an integer; 0 without one. In a text it stands as it was written.',
		(value) => leadingInteger(value ?? ''),
		(value) => value ?? '0',
	),
	defineVariable('defv', 'The value of a #!define without its quotes; null without one.', (value) =>
		value !== undefined && quoted(value) ? value.slice(1, -1) : (value ?? null),
	),
	defineVariable('defs', 'The value of a #!define in quotes; null without one.', (value) =>
		value === undefined || value.length < 2 || quoted(value) ? (value ?? null) : `"${value}"`,
	),
	literalVariable(['env'], 'An environment variable that --env gives; null without one.', (name) => ({
		get: (ctx) => environment(ctx, name) ?? null,
	})),
	literalVariable(
		['envn'],
		'An environment variable that --env gives, as an integer; null without one. In a text it stands as it is.',
		(name) => ({
			text: (ctx) => environment(ctx, name) ?? null,
			get(ctx) {
				const value = environment(ctx, name);
				return value === undefined ? null : leadingInteger(value);
			},
		}),
	),
	runTimeParameter,
];
