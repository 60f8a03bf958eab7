/**
 * The libraries that come with the host and that scripts can `require`, and what to tell a script that requires
 * one that does not.
 *
 * A file of the same name in the script's folder takes precedence. A library is compiled when it is first
 * required.
 *
 * @module
 */

import { words } from '../../src/words.ts';
import { BASE64 } from './libraries/base64.ts';
import { CJSON } from './libraries/cjson.ts';

/**
 * Each library's source by the name that `require` is given: a chunk that gets the host functions and gives a table
 * of functions by module name, each of which makes that module.
 */
export const LIBRARIES: Readonly<Record<string, string>> = {
	base64: BASE64,
	cjson: CJSON,
	'cjson.safe': CJSON,
};

const COPY = 'it is written in Lua: copy its files into the folder of the script';
const NO_FILES =
	'a script has no files and no processes; keep data in an htable, and read settings with KSR.pv';
const NO_SOCKETS =
	'a script opens no sockets itself; for HTTP there are the modules http_client and http_async_client';
const NO_DATABASE = 'for databases there is the module sqlops';

/** By the first part of a module's name: what to do instead. */
const HINTS: Readonly<Record<string, string>> = {
	bit: 'use the operators & | ~ << >> of this Lua',
	bit32: 'use the operators & | ~ << >> of this Lua',
	copas: NO_SOCKETS,
	crypto: 'for digests there are {s.md5}, {s.sha256} and the module crypto',
	curl: NO_SOCKETS,
	dkjson: `${COPY}, or use cjson, which is there`,
	ffi: 'a script calls no libraries in C',
	http: NO_SOCKETS,
	inspect: COPY,
	io: NO_FILES,
	json: `${COPY}, or use cjson, which is there`,
	lcurl: NO_SOCKETS,
	lfs: NO_FILES,
	lpeg: 'it is written in C; LuLPeg is the same in Lua: copy it into the folder of the script',
	lsqlite3: NO_DATABASE,
	ltn12: COPY,
	luacurl: NO_SOCKETS,
	luasql: NO_DATABASE,
	luaunit: `${COPY}, or write tests for "kemihost test"`,
	lua_cjson: 'its name is "cjson"',
	['lua-cjson']: 'its name is "cjson"',
	md5: 'for digests there are {s.md5}, {s.sha256} and the module crypto',
	mime: 'for base64 there is the library "base64"',
	openssl: 'for digests there are {s.md5}, {s.sha256} and the module crypto',
	pl: COPY,
	posix: NO_FILES,
	rapidjson: 'use cjson, which is there',
	redis: 'for Redis there is the module ndb_redis',
	serpent: COPY,
	sha1: 'for digests there are {s.md5}, {s.sha256} and the module crypto',
	sha2: COPY,
	socket: NO_SOCKETS,
	ssl: NO_SOCKETS,
	uuid: 'there is KSR.uuid',
	zlib: 'the host does not compress',
};
/** Where more of the name decides. */
const NAMED: Readonly<Record<string, string>> = words({
	'socket.url': `${COPY}; for escapes there are {s.escape.param} and {s.unescape.param}`,
});

/** What may help whoever requires a module that is not there. */
export function libraryHint(name: string): string | undefined {
	const [first = ''] = name.split('.');
	return NAMED[name] ?? (Object.hasOwn(HINTS, first) ? HINTS[first] : undefined);
}
