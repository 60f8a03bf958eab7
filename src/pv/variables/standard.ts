/**
 * The variables of the core and the pv module, and what else HTTP handlers read.
 *
 * @module
 */
import type { Variable } from '../variable.ts';
import { addressVariables } from './addresses.ts';
import { avpVariable } from './avp.ts';
import { branchVariables } from './branches.ts';
import { chargingVectorVariable } from './charging-vector.ts';
import { constantVariables } from './constants.ts';
import { credentialVariables } from './credentials.ts';
import { evaluatingVariables } from './evaluate.ts';
import { expiryVariable } from './expiry.ts';
import { allFlagVariables } from './flags.ts';
import { headerVariables } from './headers.ts';
import { processVariables } from './process.ts';
import { requestVariables } from './request.ts';
import { requestUriVariables } from './request-uri.ts';
import { scriptVariables } from './script-vars.ts';
import { settingVariables } from './settings.ts';
import { sipHeaderVariables } from './sip-headers.ts';
import { sipOnlyVariables } from './sip-only.ts';
import { socketVariables } from './sockets.ts';
import { timeVariables } from './time.ts';
import { xavpVariables } from './xavp.ts';

/** All of them. */
export const standardVariables: readonly Variable[] = [
	...requestVariables,
	...headerVariables,
	...addressVariables,
	...credentialVariables,
	...timeVariables,
	...scriptVariables,
	avpVariable,
	...xavpVariables,
	...evaluatingVariables,
	...allFlagVariables,
	...constantVariables,
	...settingVariables,
	...processVariables,
	...requestUriVariables,
	...sipHeaderVariables,
	chargingVectorVariable,
	expiryVariable,
	...branchVariables,
	...socketVariables,
	...sipOnlyVariables,
];
