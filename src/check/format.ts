/**
 * Prints findings for people, for programs, and for GitHub.
 *
 * @module
 */
import { relative } from 'node:path';
import { excerpt } from '../source/excerpt.ts';
import type { Finding } from './rule.ts';

/** What `--format` takes. */
export const CHECK_FORMATS = ['pretty', 'json', 'github'] as const;
/** One of the formats. */
export type CheckFormat = (typeof CHECK_FORMATS)[number];

const shown = (file: string) => relative(process.cwd(), file) || file;

function pretty({ file, at, rule, message, hint, source }: Finding): string {
	const place = `${shown(file)}:${at.line}:${at.column}`;
	const head = `${place}: ${rule.severity}: ${message} [${rule.code} ${rule.name}]\n`;
	return `${head}${excerpt(source, at)}${hint ? `  hint: ${hint}\n` : ''}`;
}

/** GitHub's notation for what it shows beside a line; `%`, line ends, and in properties `:` and `,` are escaped. */
function github({ file, at, rule, message, hint }: Finding): string {
	const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
	const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
	const text = data(hint ? `${message} (${hint})` : message);
	return `::${rule.severity} file=${property(shown(file))},line=${at.line},col=${at.column},title=${property(`${rule.code} ${rule.name}`)}::${text}\n`;
}

function plain({ file, at, rule, message, hint }: Finding) {
	const { code, name, severity } = rule;
	return { file: shown(file), ...at, severity, code, rule: name, message, ...(hint ? { hint } : {}) };
}

/** All findings in a format. */
export function formatFindings(findings: readonly Finding[], format: CheckFormat): string {
	if (format === 'json') return `${JSON.stringify(findings.map(plain), null, 2)}\n`;
	return findings.map(format === 'github' ? github : pretty).join('');
}
