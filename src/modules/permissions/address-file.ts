/**
 * The file that lists addresses (modules/permissions/address.c).
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { type AddressEntry, AddressError, AddressGroups } from './addresses.ts';

const LINE = /^\s*(\d*)(?!\d)\s*(\S+)(?:\s+(\d+))?(?:\s+(\d+))?(?:\s+(\S+))?/;

/**
 * Reads a file: group, address or name, mask, port, tag; `#` begins a comment. What stands behind the address may be
 * left out.
 * @throws AddressError, whose message names the line, or says why the file cannot be read
 */
export function readAddressFile(path: string, maxNetworks: number): AddressGroups {
	const text = readText(path);
	let line = '';
	let number = 0;
	const entries = function* (): Generator<AddressEntry> {
		for (line of text.split('\n')) {
			number++;
			const [content = ''] = line.split('#');
			if (content.trim() === '') continue;
			const [all, group = '', place = '', mask = '0', port = '0', tag] = LINE.exec(content) ?? [];
			if (all === undefined) throw new AddressError('names no address');
			yield { group: Number(group), place, bits: Number(mask), port: Number(port), tag };
		}
	};
	try {
		return new AddressGroups(entries(), maxNetworks);
	} catch (error) {
		if (!(error instanceof AddressError)) throw error;
		throw new AddressError(`line ${number} ${error.message}: ${line.trim()}`);
	}
}

function readText(path: string): string {
	try {
		return readFileSync(path, 'latin1');
	} catch (error) {
		throw new AddressError((error as Error).message);
	}
}
