/**
 * Masks what a recording must not contain: secrets are replaced before anything is written.
 *
 * @module
 */
import { createHmac, randomBytes } from 'node:crypto';
import { type Fields, fromBody, type Recorded, toBody } from './recording.ts';

/** Header fields that hold secrets by their names. */
const SECRET_FIELD =
	/^(authorization|proxy-authorization|cookie|set-cookie)$|token|secret|passw|api-?key|signature/i;
/** `name=value` and `"name": "value"` with such names, in targets and bodies. */
const SECRET_PAIR =
	/((?:^|[?&;\s"'{,])["']?[\w.-]*(?:token|secret|passw(?:or)?d|api_?-?key|signature)[\w.-]*["']?\s*[=:]\s*["']?)([^"'&;\s,}]+)/gi;

/** Replaces secrets by words that are the same for the same secret within one recording. */
export class Mask {
	readonly #key = randomBytes(16);
	readonly #patterns: readonly RegExp[];

	/** @param patterns more texts to replace: of each the first group, or all of it */
	constructor(patterns: readonly RegExp[] = []) {
		this.#patterns = patterns.map(
			(pattern) => new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`),
		);
	}

	/** A line without its secrets. */
	apply(recorded: Recorded): Recorded {
		const { request, reply } = recorded;
		const body = (part: Recorded['request'] | Recorded['reply']) =>
			'base64' in part
				? { base64: part.base64 }
				: toBody(Buffer.from(this.#text(fromBody(part).toString('utf8'))));
		const { method, status, reason } = { ...request, ...reply };
		return {
			...recorded,
			request: {
				method,
				target: this.#text(request.target),
				headers: this.#fields(request.headers),
				...body(request),
			},
			reply: { status, reason, headers: this.#fields(reply.headers), ...body(reply) },
		};
	}

	#fields(fields: Fields): Fields {
		return fields.map(
			([name, value]) => [name, SECRET_FIELD.test(name) ? this.#word(value) : this.#text(value)] as const,
		);
	}

	#text(text: string): string {
		let result = text.replace(SECRET_PAIR, (_, name: string, secret: string) => name + this.#word(secret));
		for (const pattern of this.#patterns)
			result = result.replace(pattern, (whole: string, group: unknown) =>
				typeof group === 'string' ? whole.replace(group, this.#word(group)) : this.#word(whole),
			);
		return result;
	}

	#word(secret: string): string {
		return `masked-${createHmac('sha256', this.#key).update(secret).digest('hex').slice(0, 12)}`;
	}
}
