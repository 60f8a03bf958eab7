/**
 * The list of reporters.
 *
 * @module
 */
import { junit } from './junit.ts';
import { pretty } from './pretty.ts';
import type { Reporter } from './reporter.ts';
import { tap } from './tap.ts';

/** What `--reporter` takes. */
export const REPORTERS = { pretty, tap, junit } as const satisfies Record<string, Reporter>;

/** The name of a reporter. */
export type ReporterName = keyof typeof REPORTERS;
