/**
 * The process, the program and the machine.
 *
 * @module
 */
import { randomInt } from 'node:crypto';
import { arch, hostname, networkInterfaces, platform } from 'node:os';
import { bytesOf } from '../../bytes.ts';
import type { RequestContext } from '../../kemi/context.ts';
import { version } from '../../version.ts';
import type { PvValue, Variable } from '../variable.ts';
import { wordVariable } from './names.ts';
import { pvState } from './pv-state.ts';

/** `srid-START-PID-COUNT`, in hexadecimal (core/utils/sruid.c). */
function uniqueId(ctx: RequestContext): string {
	const parts = [ctx.host.startTime, process.pid, ++pvState(ctx).uniqueIdCount];
	return `srid-${parts.map((part) => part.toString(16)).join('-')}`;
}

/** The first address that other machines can reach. */
function machineAddress(): PvValue {
	const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
	return (
		addresses.find(({ internal, address }) => !internal && !address.startsWith('fe80:'))?.address ?? null
	);
}

function domain(): PvValue {
	const name = hostname();
	const dot = name.indexOf('.');
	return dot < 0 ? null : bytesOf(name.slice(dot + 1));
}

/** 1.2.3 as 1002003. */
function versionNumber(): number {
	const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
	return major * 1_000_000 + minor * 1000 + patch;
}

const currentVersion = () => version;

/** What does not depend on the request. */
export const processVariables: readonly Variable[] = [
	{ names: ['pp'], doc: 'The id of the process.', get: () => process.pid },
	{ names: ['sid'], doc: 'The id of the server among several: 0.', get: () => 0 },
	{ names: ['sruid'], doc: 'A new unique id each time.', get: uniqueId },
	{
		names: ['RANDOM'],
		doc: 'A random integer from 0 to 2147483647, a new one each time.',
		get: () => randomInt(0, 2 ** 31),
	},
	wordVariable(['HN'], 'The host name: n as it is, f whole, d the domain, i the address.', {
		n: () => bytesOf(hostname()),
		f: () => bytesOf(hostname()),
		d: domain,
		i: machineAddress,
	}),
	wordVariable(['version'], "The program's version: num, full, hash.", {
		num: currentVersion,
		full: () => `kemihost ${version} (${arch()}/${platform()})`,
		hash: () => 'unknown',
	}),
	wordVariable(['ksr'], "The program's version: ver as a text, verval as a number.", {
		ver: currentVersion,
		verval: versionNumber,
	}),
	wordVariable(
		['cfg'],
		'Where the native script is: line (0) and file, name, route (null), as in a KEMI script.',
		{
			line: () => 0,
			file: () => null,
			name: () => null,
			route: () => null,
		},
	),
	{
		names: ['rc', 'retcode', '?'],
		doc: 'What the last native function or route returned.',
		get: (ctx) => ctx.returnCode,
	},
];
