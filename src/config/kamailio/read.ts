/**
 * Reads a kamailio.cfg: takes its path and gives its syntax tree, or all errors in it.
 *
 * @module
 */
import type { ConfigFile, Position } from './ast.ts';
import { Defines } from './defines.ts';
import { ConfigFiles, type ReadFile } from './files.ts';
import { fillInHint } from './fill-in.ts';
import { CfgParser } from './parser.ts';
import { Problems } from './problem.ts';
import { Scanner } from './scanner.ts';
import { reportSyntaxErrors } from './syntax-errors.ts';

/** What is defined before the first line, as in the Kamailio that kemihost follows, and a name of its own. */
const DEFINED: readonly (readonly [string, string])[] = [
	['KAMAILIO_5', ''],
	['KAMAILIO_5_6', ''],
	['KAMAILIO_5_6_3', ''],
	['KAMAILIO_VERSION', '5006003'],
	['KEMIHOST', ''],
];

/** How a configuration is read. */
export interface ReadOptions {
	/** `-A NAME=VALUE`: byte strings. */
	readonly defines?: Iterable<readonly [string, string]>;
	/** `--subst`, `--substdef`, `--substdefs`, as the directives of these names take them. */
	readonly substitutions?: readonly {
		readonly how: 'subst' | 'substdef' | 'substdefs';
		readonly text: string;
	}[];
	/** Reads a file; by default from the disk. */
	readonly readFile?: ReadFile;
}

/** A configuration that was read. */
export interface ReadConfig {
	readonly config: ConfigFile;
	/** Where later checks note what they find. */
	readonly problems: Problems;
	/** All files it is made of, by path. */
	readonly files: readonly string[];
	/** Where conditions leave them in: their text without its marks, and where it begins. Byte strings. */
	readonly comments: readonly { readonly at: Position; readonly text: string }[];
}

let parser: CfgParser | undefined;

/**
 * Reads a configuration with all it includes.
 * @throws ConfigError, which holds everything that is wrong; KemihostError `KH_CFG` where the file cannot be read
 */
export function readConfig(path: string, options: ReadOptions = {}): ReadConfig {
	const files = new ConfigFiles(options.readFile);
	const problems = new Problems(files.all);
	const defines = definesOf(options);
	const scanner = new Scanner(files, defines, problems);
	const tokens = scanner.scan(path);
	parser ??= new CfgParser();
	const { settings, routes } = parser.read(tokens, problems);
	reportSyntaxErrors(parser.errors, tokens, problems, path);
	problems.explain((problem, line) => fillInHint(problem, line, defines, scanner.missing));
	problems.throwIfAny();
	const config = { path, settings, routes, defines: new Map(defines.values) };
	return { config, problems, files: [...files.all.keys()], comments: scanner.comments };
}

/**
 * The text of a configuration after preprocessing, as `--cfg-print` shows it: with what it includes, without what its
 * conditions leave out. Defines and substitutions are not applied, as in Kamailio.
 * @throws ConfigError, KemihostError as `readConfig`, but for what only the parser sees
 */
export function printConfig(path: string, options: ReadOptions = {}): string {
	const files = new ConfigFiles(options.readFile);
	const problems = new Problems(files.all);
	const parts: string[] = [];
	new Scanner(files, definesOf(options), problems, (text) => parts.push(text)).scan(path);
	problems.throwIfAny();
	return parts.join('');
}

/**
 * The table of defines as it is before the first line.
 * @throws KemihostError `KH_USAGE` for a substitution that is none
 */
export function definesOf({ defines = [], substitutions = [] }: ReadOptions): Defines {
	const table = new Defines([...DEFINED, ...defines]);
	for (const { how, text } of substitutions) {
		if (how === 'subst') table.addSubstitution(text);
		else table.addSubstitutionAndDefine(text, how === 'substdefs');
	}
	return table;
}
