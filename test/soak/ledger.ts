/**
 * What became of each request of a soak.
 *
 * @module
 */

/** A reply as the soak sees it. */
export interface Answer {
	readonly status: number;
	readonly text: string;
	/** The host has no room just now, and says when to come again. */
	readonly turnedAway: boolean;
}

/** How long after a connection was lost its child may be reported as ended, and the other way round, in milliseconds. */
const NEIGHBOURHOOD = 3000;

/** Counts what was asked and answered. */
export class Ledger {
	sent = 0;
	right = 0;
	turnedAway = 0;
	/** Requests whose connection was lost with its child. */
	lost = 0;
	/** The first wrong answers, in words; all of them are counted. */
	readonly examples: string[] = [];
	wrong = 0;
	/** Requests that the CPU limit stopped although they do not ask for much: on a busy machine time passes all the same. */
	limited = 0;
	/** Requests that the log says were stopped, and those that got such an answer: `GET /path`. */
	readonly #stopped: string[] = [];
	#suspects: { at: number; what: string }[] = [];
	/** When children ended. */
	readonly #ends: number[] = [];
	/** Lost connections that no ended child explains yet. */
	#open: { from: number; to: number; what: string }[] = [];

	/** A request was answered as it should be. */
	good(): void {
		this.right++;
	}

	/** A request was answered by 503 with Retry-After. */
	refused(): void {
		this.turnedAway++;
	}

	/** A request was answered wrongly. */
	bad(what: string): void {
		this.wrong++;
		if (this.examples.length < 10) this.examples.push(what);
	}

	/** A request got 503, as one that was stopped by a limit. The log has to say so too. */
	unavailable(what: string): void {
		this.#suspects.push({ at: Date.now(), what });
	}

	/** The log says that a request was stopped by the CPU limit. */
	stoppedByLimit(what: string): void {
		this.#stopped.push(what);
		if (this.#stopped.length > 1000) this.#stopped.shift();
	}

	/** The connection of a request was lost, which was underway from then until now. */
	connectionLost(from: number, what: string): void {
		this.#open.push({ from, to: Date.now(), what });
	}

	/** A child has ended. */
	childEnded(): void {
		this.#ends.push(Date.now());
	}

	get restarts(): number {
		return this.#ends.length;
	}

	/** Finds for each lost connection the child that it was lost with, and for each 503 its line in the log. What has none
	 * is a wrong answer. */
	settle(final = false): void {
		const now = Date.now();
		this.#suspects = this.#suspects.filter(({ at, what }) => {
			const found = this.#stopped.indexOf(what);
			if (found >= 0) {
				this.#stopped.splice(found, 1);
				this.limited++;
			} else if (final || now > at + NEIGHBOURHOOD)
				this.bad(`${what} gave 503, and the log does not say why`);
			else return true;
			return false;
		});
		this.#open = this.#open.filter(({ from, to, what }) => {
			if (this.#ends.some((end) => end > from - NEIGHBOURHOOD && end < to + NEIGHBOURHOOD)) this.lost++;
			else if (final || now > to + NEIGHBOURHOOD)
				this.bad(`${what}: the connection was lost, and no child was`);
			else return true;
			return false;
		});
	}
}
