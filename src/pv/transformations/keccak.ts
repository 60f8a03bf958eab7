/**
 * Keccak with its padding of before FIPS 202, which `{s.keccak}` gives and Node's crypto has not.
 *
 * @module
 */

/** Rotations and target places of the combined steps rho and pi, along their single cycle through 24 lanes. */
const ROTATIONS = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
const PLACES = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

/** The round constants' low and high halves: a shift register of 8 bits sets bits 2^j - 1 (FIPS 202, 3.2.5). */
const ROUNDS: readonly (readonly [number, number])[] = (() => {
	let register = 1;
	return Array.from({ length: 24 }, () => {
		const halves: [number, number] = [0, 0];
		for (let j = 0; j <= 6; j++) {
			const bit = 2 ** j - 1;
			if (register & 1) halves[bit >> 5]! |= 1 << (bit & 31);
			register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
		}
		return halves;
	});
})();

const columns = new Int32Array(10);
const row = new Int32Array(10);

/** Keccak-f[1600] over 25 lanes of 64 bits, each as its low and its high half. */
function permute(lanes: Int32Array): void {
	for (const [lowConstant, highConstant] of ROUNDS) {
		for (let i = 0; i < 10; i++)
			columns[i] = lanes[i]! ^ lanes[i + 10]! ^ lanes[i + 20]! ^ lanes[i + 30]! ^ lanes[i + 40]!;
		for (let x = 0; x < 10; x += 2) {
			const left = (x + 8) % 10;
			const right = (x + 2) % 10;
			const lowMix = columns[left]! ^ ((columns[right]! << 1) | (columns[right + 1]! >>> 31));
			const highMix = columns[left + 1]! ^ ((columns[right + 1]! << 1) | (columns[right]! >>> 31));
			for (let i = x; i < 50; i += 10) {
				lanes[i]! ^= lowMix;
				lanes[i + 1]! ^= highMix;
			}
		}
		let low = lanes[2]!;
		let high = lanes[3]!;
		for (let step = 0; step < 24; step++) {
			const place = 2 * PLACES[step]!;
			const shift = ROTATIONS[step]! & 31;
			const swapped = ROTATIONS[step]! > 31;
			const nextLow = lanes[place]!;
			const nextHigh = lanes[place + 1]!;
			lanes[place + (swapped ? 1 : 0)] = (low << shift) | (high >>> (32 - shift));
			lanes[place + (swapped ? 0 : 1)] = (high << shift) | (low >>> (32 - shift));
			low = nextLow;
			high = nextHigh;
		}
		for (let start = 0; start < 50; start += 10) {
			for (let i = 0; i < 10; i++) row[i] = lanes[start + i]!;
			for (let i = 0; i < 10; i++) lanes[start + i]! ^= ~row[(i + 2) % 10]! & row[(i + 4) % 10]!;
		}
		lanes[0]! ^= lowConstant;
		lanes[1]! ^= highConstant;
	}
}

/**
 * The Keccak digest of a byte string in lower-case hexadecimal.
 * @param bits the length of the digest: 256, 384 or 512
 */
export function keccak(bits: number): (value: string) => string {
	const rate = 200 - bits / 4;
	return (value) => {
		const padded = Buffer.alloc(value.length + rate - (value.length % rate));
		padded.write(value, 'latin1');
		padded[value.length]! ^= 0x01;
		padded[padded.length - 1]! ^= 0x80;
		const lanes = new Int32Array(50);
		for (let block = 0; block < padded.length; block += rate) {
			for (let i = 0; i < rate / 4; i++) lanes[i]! ^= padded.readInt32LE(block + 4 * i);
			permute(lanes);
		}
		const digest = Buffer.alloc(bits / 8);
		for (let i = 0; i < digest.length / 4; i++) digest.writeInt32LE(lanes[i]!, 4 * i);
		return digest.toString('hex');
	};
}
