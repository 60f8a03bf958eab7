/**
 * Module parameters for tests.
 *
 * @module
 */
import type { ModParam } from '../../src/kemi/params.ts';

/** Makes the parameters of one module: `const param = paramsOf('tls')`, then `param('certificate', 'cert.pem')`. */
export const paramsOf =
	(module: string) =>
	(name: string, value: string | number): ModParam => ({ module, name, value });
