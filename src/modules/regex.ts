/**
 * KSR.regex: Perl-compatible regular expressions (modules/regex/regex_mod.c), matched in linear time.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiModule, type ParamValues, str } from '../kemi/module.ts';
import { type RpcCall, RpcFault, rpc, sameEverywhere } from '../kemi/rpc.ts';
import { PcreCache } from './regex/cache.ts';
import { loadGroups } from './regex/groups.ts';
import type { Pcre, PcreOptions } from './regex/pcre.ts';
import { beforeNul } from './textops/patterns.ts';

/** What the module keeps of its parameters. */
interface RegexState {
	/** Undefined without a file. */
	groups: readonly Pcre[] | undefined;
	/** Reads the file anew; undefined without one. Throws a KemihostError where it is not good. */
	readonly readGroups: (() => readonly Pcre[]) | undefined;
	readonly cache: PcreCache;
}

function init(params: ParamValues): RegexState {
	const file = params.str('file');
	// Kamailio reads the options only where it reads a file.
	const isSet = (name: string) => file !== null && params.int(name) !== 0;
	const options: PcreOptions = {
		ignoreCase: isSet('pcre_caseless'),
		multiline: isSet('pcre_multiline'),
		dotAll: isSet('pcre_dotall'),
		extended: isSet('pcre_extended'),
	};
	const limits = { groups: params.int('max_groups'), size: params.int('group_max_size') };
	const readGroups = file === null ? undefined : () => loadGroups(file, options, limits);
	return {
		groups: readGroups?.(),
		readGroups,
		cache: new PcreCache(options),
	};
}

/** `regex.reload`: the groups are as they were where the file is not good. */
function reload({ host }: RpcCall): undefined {
	const state = host.state(regex);
	if (!state.readGroups) throw new RpcFault(500, 'Group matching not enabled');
	try {
		state.groups = state.readGroups();
	} catch (error) {
		if (!(error instanceof KemihostError)) throw error;
		host.log.log('error', `regex.reload: ${error.message}`);
		throw new RpcFault(500, 'Failed to reload');
	}
	return undefined;
}

function match(ctx: RequestContext, text: string, expression: string): 1 | -1 | -4 {
	const compiled = ctx.state(regex).cache.get(beforeNul(expression));
	if (typeof compiled === 'string') {
		ctx.report('error', `KSR.regex.pcre_match: ${compiled}`);
		return -4;
	}
	return compiled.test(text) ? 1 : -1;
}

function matchGroup(ctx: RequestContext, text: string, index: number): 1 | -1 | -2 | -4 {
	const { groups } = ctx.state(regex);
	if (!groups) {
		ctx.report(
			'error',
			'KSR.regex.pcre_match_group: there are no groups; modparam("regex", "file", …) names them',
		);
		return -2;
	}
	const group = index < 0 ? undefined : groups[index];
	if (!group) {
		ctx.report('error', `KSR.regex.pcre_match_group: there is no group ${index} among ${groups.length}`);
		return -4;
	}
	return group.test(text) ? 1 : -1;
}

const option = (name: string, doc: string) =>
	({ name, type: 'int', default: 0, doc: `1 ${doc}; it has effect only where file is set.` }) as const;

/** The functions on KSR.regex. */
export const regex: KemiModule<RegexState> = defineModule<RegexState>({
	name: 'regex',
	doc: 'Perl-compatible regular expressions.',
	params: [
		{ name: 'file', type: 'str', default: null, doc: 'The file with the groups of pcre_match_group.' },
		{ name: 'max_groups', type: 'int', default: 20, doc: 'The most groups that the file can have.' },
		{ name: 'group_max_size', type: 'int', default: 8192, doc: 'The most bytes that a group can have.' },
		option('pcre_caseless', 'matches without regard to case'),
		option('pcre_multiline', 'lets ^ and $ match at line ends'),
		option('pcre_dotall', 'lets a dot match line ends'),
		option('pcre_extended', 'leaves white space and comments in expressions out'),
	],
	init,
	rpc: [rpc('regex.reload', '', 'Reads the file of groups again, in every child.', reload, sameEverywhere)],
	functions: [
		fn(
			'pcre_match',
			[str('text'), str('expression')],
			'int',
			'1 if a Perl-compatible regular expression matches in a text, -1 if not, -4 if it is wrong or cannot be matched in linear time.',
			(ctx, text, expression) => match(ctx, text, expression),
			{ cfg: 'pcre_match' },
		),
		fn(
			'pcre_match_group',
			[str('text'), int('group')],
			'int',
			'1 if an expression of a group of the file matches in a text, -1 if none does, -2 without a file, -4 without such a group.',
			(ctx, text, group) => matchGroup(ctx, text, group),
			{ cfg: 'pcre_match_group' },
		),
	],
});
