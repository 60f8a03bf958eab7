/**
 * The algorithms that decide which requests of a pipe pass (modules/ratelimit, modules/pipelimit).
 *
 * @module
 */
import type { CpuFeedback } from './cpu.ts';

/** The names, as configurations write them. */
export const ALGORITHMS = ['NOP', 'RED', 'TAILDROP', 'FEEDBACK', 'NETWORK'] as const;

export type Algorithm = (typeof ALGORITHMS)[number];

/** The algorithm of a name in capitals or small letters; undefined for anything else. */
export function findAlgorithm(name: string): Algorithm | undefined {
	return ALGORITHMS.find((algorithm) => algorithm === name.toUpperCase());
}

/** What a decision is made of. */
export interface Traffic {
	/** Requests in this interval, this one included, and in the one before. */
	readonly count: number;
	readonly before: number;
	/** How many may pass in an interval; for FEEDBACK the wanted load in percent. */
	readonly limit: number;
}

/** How many times the limit an interval had. */
export function loadOf(count: number, limit: number): number {
	return limit > 0 ? Math.floor(count / limit) : 0;
}

/** Takes the numbers from 0 to 99 in an order that spreads them. */
const spread = (count: number) => (count * 61) % 100;

/** True if a request may pass. NOP lets all pass, and so does NETWORK: HTTP leaves nothing waiting in UDP sockets. */
export function passes(algorithm: Algorithm, { count, before, limit }: Traffic, cpu: CpuFeedback): boolean {
	switch (algorithm) {
		case 'TAILDROP':
			return count <= limit;
		case 'RED': {
			// one of so many passes as the interval before had more than its limit
			const load = loadOf(before, limit);
			return load === 0 || count % load === 0;
		}
		case 'FEEDBACK':
			return spread(count) >= cpu.dropRate(limit);
		case 'NETWORK':
		case 'NOP':
			return true;
	}
}
