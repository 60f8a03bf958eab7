/**
 * What a file's name says of the language in it.
 *
 * @module
 */
import { basename, extname } from 'node:path';

/** `kamailio.cfg`, and its kin: `kamailio.cfg.sample`, `kamailio.cfg.dpkg-dist`. */
const CONFIGURATION = /\.cfg(?:\.[\w-]+)*$/i;

/** The ending that says the language: `.cfg` for a kamailio.cfg, whatever follows in its name; else the last one. */
export function endingOf(path: string): string {
	return CONFIGURATION.test(basename(path)) && !/\.(?:lua|[cm]?js|ts)$/i.test(path) ? '.cfg' : extname(path);
}
