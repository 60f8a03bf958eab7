/**
 * The modules that ship, in the order they are loaded.
 *
 * @module
 */
import type { KemiModule } from '../kemi/module.ts';
import { core } from './core.ts';
import { hdr } from './hdr.ts';
import { kemix } from './kemix.ts';
import { pv } from './pv.ts';
import { pvx } from './pvx.ts';
import { sl } from './sl.ts';
import { x } from './x.ts';
import { xhttp } from './xhttp.ts';
import { xlog } from './xlog.ts';

/** All of them. */
export const STANDARD_MODULES: readonly KemiModule[] = [core, x, pv, hdr, sl, xhttp, xlog, kemix, pvx];
