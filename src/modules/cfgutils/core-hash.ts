/**
 * Kamailio's hash of its core (core/hashes.h), for one or two texts.
 *
 * @module
 */

/**
 * Adds a text to a hash: four bytes at a time, the last one to three as one number. The bytes are signed, as on every
 * machine but ARM.
 */
function addText(hash: number, text: string): number {
	const byte = (at: number) => (text.charCodeAt(at) << 24) >> 24;
	const mixed = (word: number) => word ^ (word >>> 3);
	let sum = hash;
	const whole = text.length & ~3;
	for (let at = 0; at < whole; at += 4)
		sum = (sum + mixed((byte(at) << 24) + (byte(at + 1) << 16) + (byte(at + 2) << 8) + byte(at + 3))) | 0;
	let rest = 0;
	for (let at = whole; at < text.length; at++) rest = (rest << 8) + byte(at);
	return (sum + mixed(rest)) | 0;
}

/**
 * The hash.
 * @param second may be empty, which is the same as none
 * @returns an integer of 32 bits with a sign
 */
export function coreHash(first: string, second: string): number {
	let hash = addText(0, first);
	if (second) hash = addText(hash, second);
	return (hash + (hash >>> 11) + (hash >>> 13) + (hash >>> 23)) | 0;
}
