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

- The kernel's part of a request, a \`read\` and a \`write\` on a connection, is larger than all that the host does. What is left of
  Node's part is its streams; the parser and the reply of the host take less than half a microsecond.
- **fengari** interprets Lua in JavaScript and computes ten times slower than Lua. Its stack popped values by \`delete\`, which took a
  third of every handler and half of what computes, and \`string.format\` took as long as the rest of the REST handler; both are mended
  ([why](rationale.md#why-are-fengaris-sources-changed-while-they-are-loaded)). For handlers that compute or take texts apart, choose wasmoon.
- **isolated-vm** computes ten times faster than QuickJS and more, but an entry costs: its time limit is a timer that another
  thread keeps, which takes a third of the whole for a short handler, and each KSR function is a way from one V8 to another and back.
  Timers that end together, and shorter ones, were tried and change nothing. For handlers that mostly call KSR, choose QuickJS.
- **A counter that all children share** is a transaction of SQLite: two writes and five locks of a file, where Kamailio's processes
  share their memory. Smaller pages were tried: no difference that could be told from the noise.
- **Texts above 128 KiB**: V8 takes memory for each of them from the kernel and gives it back. A copy of 200 kB takes twenty times as
  long as one of 100 kB, in an empty program too. From there on the cost grows as the size does.
- Nothing else grows faster than its input: neither keys of a hash table nor functions of a script or of KSR make a request dearer.
`;
