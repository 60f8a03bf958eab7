/**
 * What docs/performance.md says beside the figures.
 *
 * @module
 */

/** How to read it. */
export const INTRODUCTION = `<!-- Written by "npm run bench -- --docs". Change bench/ and run it on a machine that has nothing else to do. -->
# Performance

What a request costs, beside other servers that do the same, and how that grows.

How to read it:

- **µs CPU** is the CPU time of all processes of a server, user and system, for a request: what a machine has to give. The
  clients (\`wrk\`, 16 connections that stay open) are not counted. About half of it is the kernel's, for a read and a write.
- Figures drift with the machine and the hour; **the columns with ÷ hold**: all servers of a table run at the same time and are
  loaded in turns, and the median of three rounds counts. ÷ Kamailio is against Kamailio with the same language.
- **requests/s** is of one child, where the client shares the machine with it. It says less than the CPU time.
- Handlers, configurations and the command are in [bench/](../bench/README.md).
`;

/** What was found. */
export const FINDINGS = `## What was found

- The kernel's part of a request, a \`read\` and a \`write\` on a connection, is larger than all that the host does.
- fengari computes by interpreting Lua in JavaScript, ten times slower than Lua; for handlers that compute, choose wasmoon.
- isolated-vm computes twenty times faster than all others, but each entry costs: its time limit is a timer of another thread
  for each entry, and each KSR function a way from one V8 to another. For handlers that mostly call KSR, choose QuickJS.
- A counter that all children share is a transaction of SQLite, where Kamailio has memory that is shared.
`;
