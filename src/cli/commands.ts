/**
 * The commands there are.
 *
 * @module
 */
import { apiCommand } from './api.ts';
import { checkCommand } from './check.ts';
import type { Command } from './command.ts';
import { completionCommand } from './completion.ts';
import { initCommand } from './init.ts';
import { recordCommand } from './record.ts';
import { replayCommand } from './replay.ts';
import { requestCommand } from './request.ts';
import { rpcCommand } from './rpc.ts';
import { runCommand } from './run.ts';
import { testCommand } from './test.ts';
import { typesCommand } from './types.ts';

/** In the order in which `--help` lists them. */
export const COMMANDS: readonly Command[] = [
	runCommand,
	rpcCommand,
	requestCommand,
	testCommand,
	checkCommand,
	recordCommand,
	replayCommand,
	apiCommand,
	typesCommand,
	initCommand,
	completionCommand(() => COMMANDS),
] as unknown as readonly Command[];
