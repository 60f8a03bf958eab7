/**
 * Digest credentials as an `Authorization` header holds them (RFC 7616; core/parser/digest/digest_parser.c).
 *
 * @module
 */

const FIELD = /\s*([!#$%&'*+\-.^_`|~\w]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))\s*(?:,|$)/sy;

/**
 * The parameters of digest credentials by their names in lower case; quoted values without their quotes, otherwise as
 * they stand there.
 * @returns `other` for another scheme (Basic, Bearer), undefined if they do not parse
 */
export function parseDigest(header: string): ReadonlyMap<string, string> | 'other' | undefined {
	const scheme = /^\s*digest(?:[ \t\r\n,]\s*|$)/i.exec(header);
	if (!scheme) return 'other';
	const fields = new Map<string, string>();
	for (FIELD.lastIndex = scheme[0].length; FIELD.lastIndex < header.length; ) {
		const match = FIELD.exec(header);
		if (!match) return undefined;
		fields.set((match[1] as string).toLowerCase(), match[2] ?? match[3] ?? '');
	}
	return fields.size === 0 || header.trimEnd().endsWith(',') ? undefined : fields;
}

/** A user name's parts: `bob@example.org` and `sip:bob@example.org` have the domain example.org. */
export function splitUser(whole: string): { user: string; domain: string } {
	const name = whole.replace(/^sips?:/i, '');
	const at = name.indexOf('@');
	return at > 0 ? { user: name.slice(0, at), domain: name.slice(at + 1) } : { user: name, domain: '' };
}
