/**
 * KSR.jwt and KSR.jwt3: tokens in JSON (modules/jwt, modules/jwt3). They are built from Kamailio's documentation and what
 * libjwt does: Debian's 5.6.3 has neither.
 *
 * @module
 */
import { defineModule, type KemiModule } from '../kemi/module.ts';
import { type JwtState, jwtFunctions, jwtVariable } from './jwt/functions.ts';

/** The functions on KSR.jwt. */
export const jwt: KemiModule<JwtState> = defineModule<JwtState>({
	name: 'jwt',
	doc: 'JSON Web Tokens.',
	params: [
		{
			name: 'key_mode',
			type: 'int',
			default: 0,
			doc: '1 if key files are read once and kept, 0 if each call reads them.',
		},
	],
	init: (params) => ({ files: params.int('key_mode') === 1 ? new Map() : undefined, leeway: 0 }),
	functions: jwtFunctions('jwt', (ctx) => ctx.state(jwt)),
	variables: [jwtVariable('jwt')],
});

/** The functions on KSR.jwt3. */
export const jwt3: KemiModule<JwtState> = defineModule<JwtState>({
	name: 'jwt3',
	doc: 'JSON Web Tokens, by the names of the newer module. Sets of keys come from files; they are not fetched.',
	params: [
		{
			name: 'leeway_sec',
			type: 'int',
			default: -1,
			doc: 'By how many seconds clocks may differ for exp and nbf; -1 if these do not matter, as in Kamailio.',
		},
	],
	init: (params) => ({ files: undefined, leeway: params.int('leeway_sec') }),
	functions: jwtFunctions('jwt3', (ctx) => ctx.state(jwt3)),
	variables: [jwtVariable('jwt3')],
});
