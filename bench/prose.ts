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

- The kernel's part of a request, a \`read\` and a \`write\` on a connection, is larger than all that the host does. All sockets are read into
  the same memory, past Node's streams, which saved a sixth of a short request; the parser and the reply of the host take less than half a
  microsecond. To write past the streams too, by \`fs.writeSync\` on the socket, was tried and pays nothing.
- **Two children** on two cores cost more for a request than one does, as two processes of HAProxy do: each has half of the connections, finds
  nothing to do five to ten times as often, and goes to sleep (0.01 to 0.04 times for a request with one child, 0.14 with two). Neither the store nor the
  way connections are handed out has a part in that.
- **fengari** interprets Lua in JavaScript and computes ten times slower than Lua. What could be mended is
  ([why](rationale.md#why-are-fengaris-sources-changed-while-they-are-loaded)): popping values by \`delete\`, \`string.format\`, and memory that V8
  took for each short string that was read. What is left of a handler is the interpreter: its tables are Maps, its strings arrays. That is some
  microseconds more than HAProxy's Lua has for the whole. For handlers that compute or take texts apart, choose wasmoon.
- **isolated-vm** computes ten times faster than QuickJS and more, but an entry costs. One that does nothing takes 1.0 µs in a loop, 2.3 with a
  time limit, 2.9 with four arguments; in a server, where other code has run in between, four to five more than an empty handler of QuickJS
  (19.1 µs for a request, where that is 14.6). Each KSR call that goes to the host and back is one to three more. So functions that
  only log what nobody sees, that read the request, or that reply, do not go there (\`engines/isolated-vm/ahead.ts\`): the handler itself then is less than
  the entry. The time limit is a timer of isolated-vm's for each entry, in a heap that keeps each for as long as the limit is. Timers
  that end together spared its thread a waking for each. Nothing else in isolated-vm stops a script from outside of its thread and leaves the
  engine whole: \`dispose\` loses it, and with it the line where the script stood. HAProxy's whole request is less than this host's without a script
  and such an entry together, so it cannot be reached. V8 compiles
  hot functions on threads of its own and tells the isolate by an interrupt, which is lost where the isolate is not entered at that moment: short handlers
  were interpreted for ever. They are told again now (\`engines/isolated-vm/compiled-code.ts\`), which took an eighth off a short request.
  For handlers that mostly call KSR, choose QuickJS.
- **A counter that all children share** is a transaction of SQLite: two writes and five locks of a file (13 µs in a loop), where
  Kamailio's processes share their memory. An only child takes the locks once (8 µs; reading takes 0.7 in the place of 2.4). It cannot keep counters in its
  own memory, as they are to outlive it. Smaller pages make counters cheaper yet, and texts of a kilobyte and more twice as dear.
- **Texts above 128 KiB**: V8 takes memory for each of them from the kernel and gives it back. A copy of 200 kB takes twenty times as
  long as one of 100 kB, in an empty program too. From there on the cost grows as the size does.
- Nothing else grows faster than its input: neither keys of a hash table nor functions of a script or of KSR make a request dearer.
`;
