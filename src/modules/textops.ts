/**
 * KSR.textops: comparing and searching texts, looking at headers and body (modules/textops/textops.c).
 *
 * What edits a forwarded request changes nothing that a handler could see, in Kamailio as here; such functions are
 * there for their return values, which say what they found. `subst_uri` and `subst_user` rewrite SIP's request URI.
 *
 * @module
 */
import { defineModule } from '../kemi/module.ts';
import { bodyFunctions } from './textops/bodies.ts';
import { editFunctions } from './textops/edits.ts';
import { headerFunctions, nativeHeaderFunctions } from './textops/headers.ts';
import { searchFunctions } from './textops/search.ts';
import { stringFunctions } from './textops/strings.ts';

/** The functions on KSR.textops. */
export const textops = defineModule({
	name: 'textops',
	doc: 'Texts, headers and bodies.',
	depends: ['pv'],
	cfgFunctions: nativeHeaderFunctions,
	functions: [...stringFunctions, ...searchFunctions, ...headerFunctions, ...editFunctions, ...bodyFunctions],
});
