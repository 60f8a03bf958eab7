/**
 * The transformations of the pv module.
 *
 * @module
 */
import type { Transformation } from '../transformation.ts';
import { lineTransformations } from './line.ts';
import { nameAddressTransformations } from './name-address.ts';
import { paramTransformations } from './param.ts';
import { reTransformations } from './re.ts';
import { cuttingTransformations } from './s-cut.ts';
import { encodingTransformations } from './s-encode.ts';
import { escapingTransformations } from './s-escape.ts';
import { hashTransformations } from './s-hash.ts';
import { numberTransformations } from './s-number.ts';
import { replacingTransformations } from './s-replace.ts';
import { spaceTransformations } from './s-space.ts';
import { timeTransformations } from './s-time.ts';
import { socketTransformations } from './socket.ts';
import { uriTransformations } from './uri.ts';
import { valueTransformations } from './value.ts';

/** All of them. */
export const standardTransformations: readonly Transformation[] = [
	...numberTransformations,
	...cuttingTransformations,
	...replacingTransformations,
	...spaceTransformations,
	...encodingTransformations,
	...escapingTransformations,
	...hashTransformations,
	...timeTransformations,
	...paramTransformations,
	...lineTransformations,
	...valueTransformations,
	...uriTransformations,
	...nameAddressTransformations,
	// in Kamailio the corex module brings this class
	...socketTransformations,
	// in Kamailio the textops module brings this class
	...reTransformations,
];
