/**
 * KSR.corex: more of the core (modules/corex/corex_mod.c): flags beyond those of KSR.setflag, branches, and files of one folder.
 * What the module does with sockets and Via headers is left out.
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiFunction, type KemiModule, str, variable } from '../kemi/module.ts';
import { findHeader } from '../pv/headers.ts';
import { requestUri, requestUser } from '../pv/variables/request-uri.ts';
import { branchFunctions } from './corex/branches.ts';
import { FileRefused, type FilesFolder, openFolder, readWhole, writeWhole } from './corex/files.ts';
import { corexRpc } from './corex/rpc.ts';
import { outputVariable } from './output-variable.ts';

/** The request's extended flags. */
const xflags = requestLocal(() => new Set<number>());

/** The flags are 0 to 63. */
const FLAGS = 64;

function flagFunction(
	name: string,
	doc: string,
	run: (flags: Set<number>, flag: number) => boolean,
): KemiFunction {
	const found = (ctx: RequestContext, flag: number) =>
		flag >= 0 && flag < FLAGS && run(ctx.get(xflags), flag) ? 1 : -1;
	return fn(name, [int('flag')], 'int', doc, found, { cfg: name });
}

/** Runs what may be refused; undefined after an error line. */
function attempt<T>(ctx: RequestContext, what: string, run: (folder: FilesFolder) => T): T | undefined {
	try {
		return run(ctx.state(corex).folder);
	} catch (error) {
		if (!(error instanceof FileRefused)) throw error;
		ctx.report('error', `KSR.corex.${what}: ${error.message}`);
		return undefined;
	}
}

const read = (ctx: RequestContext, file: string) =>
	attempt(ctx, `file_read "${file}"`, (folder) => readWhole(folder, file));

function write(ctx: RequestContext, file: string, content: string): number {
	const done = attempt(ctx, `file_write "${file}"`, (folder) => {
		writeWhole(folder, file, content);
		return true;
	});
	return done ? 1 : -1;
}

function hasRequestUser(ctx: RequestContext): number {
	if (requestUri(ctx) === null) return ctx.refuse('KSR.corex.has_ruri_user: the target is no SIP URI');
	return requestUser(ctx) ? 1 : -1;
}

/** The functions on KSR.corex. */
export const corex: KemiModule<{ folder: FilesFolder }> = defineModule<{ folder: FilesFolder }>({
	name: 'corex',
	doc: 'More flags, and files of one folder.',
	params: [
		{
			name: 'files_folder',
			type: 'str',
			default: null,
			doc: 'The folder whose files file_read and file_write may read and write; without it they refuse. Kamailio has no such parameter.',
		},
	],
	init: (params) => ({ folder: openFolder(params.str('files_folder')) }),
	rpc: corexRpc,
	functions: [
		flagFunction(
			'setxflag',
			'Sets an extended flag of the request, 0 to 63: 1, or -1 for another number.',
			(flags, flag) => {
				flags.add(flag);
				return true;
			},
		),
		flagFunction(
			'resetxflag',
			'Clears an extended flag of the request, 0 to 63: 1, or -1 for another number.',
			(flags, flag) => {
				flags.delete(flag);
				return true;
			},
		),
		flagFunction('isxflagset', '1 if an extended flag of the request is set, -1 if not.', (flags, flag) =>
			flags.has(flag),
		),
		fn(
			'has_user_agent',
			[],
			'int',
			'1 if the request has a User-Agent header that is not empty, -1 if not.',
			(ctx) => (findHeader(ctx, 'User-Agent') ? 1 : -1),
			{ cfg: 'has_user_agent' },
		),
		fn(
			'has_ruri_user',
			[],
			'int',
			'1 if $ru has a user, -1 if not: the target of an HTTP request is no SIP URI, until a script sets $ru.',
			hasRequestUser,
			{ cfg: 'has_ruri_user' },
		),
		fn(
			'is_faked_msg',
			[],
			'int',
			'1 if the request was made up for an event, such as a timer; -1 if a client has sent it.',
			(ctx) => (ctx.event === undefined ? -1 : 1),
			{ cfg: 'is_faked_msg' },
		),
		fn(
			'is_socket_name',
			[str('name')],
			'int',
			'-1: addresses to listen on have no names, see $Rn.',
			() => -1,
			{ cfg: 'is_socket_name' },
		),
		fn(
			'file_read',
			[str('file')],
			'xval',
			'A file of the folder that the parameter files_folder names; an empty string after an error line if it cannot be read.',
			(ctx, file) => read(ctx, file) ?? '',
		),
		fn(
			'file_write',
			[str('file'), str('content')],
			'int',
			'Writes a file of the folder that the parameter files_folder names, in place of what was in it: 1, or -1 if it cannot be written.',
			write,
			{ cfg: 'file_write' },
		),
		...branchFunctions,
	],
	cfgFunctions: [
		fn(
			'file_read',
			[str('file'), variable('variable')],
			'int',
			'Puts a file of the folder that the parameter files_folder names into a variable: 1, or -1 if it cannot be read.',
			(ctx, file, name) => {
				const variable = outputVariable(ctx, 'file_read', name);
				const content = variable && read(ctx, file);
				if (content === undefined) return -1;
				variable?.set(ctx, content);
				return 1;
			},
		),
	],
});
