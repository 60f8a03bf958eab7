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
- **fengari** interprets Lua in JavaScript and computes six times slower than Kamailio's Lua. What slowed it down beyond that was not Lua but
  the form in which V8 kept its objects: fields that began as NaN and held floating-point numbers from then on, exports that had become hash
  tables, arrays with holes, short strings whose memory came from the system. Changes to a dozen expressions while its files are loaded
  ([why](rationale.md#why-are-fengaris-sources-changed-while-they-are-loaded)) took two fifths off the time that it computes, and a fifth off a handler's.
  Short calls of \`string.match\` and its kin, and of \`string.format\`, are done without the functions in Lua around them
  (\`engines/fengari/at-once.ts\`), which took another fifth off a handler that takes texts apart. For handlers that compute, choose wasmoon.
- **isolated-vm** computes ten times faster than QuickJS and more, but entering it costs. An entry that does nothing takes 1.0 µs in a loop, 2.3 with a
  time limit, 2.9 with four arguments, and more in a server, where other code has run in between. Each KSR call that goes to the host and
  back takes one to three more. So functions that only log what nobody sees, that read the request, or that reply, do not go there
  (\`engines/isolated-vm/ahead.ts\`). V8 compiles hot functions on other threads and tells the isolate by an interrupt, which was lost whenever the
  isolate was not entered at that moment: short handlers stayed in V8's interpreter for ever. Their code is put in place now
  (\`engines/isolated-vm/compiled-code.ts\`), which took an eighth off a short request. What remains is the entry, and its time limit: a timer of
  isolated-vm's own, in a heap that keeps each timer for as long as the limit is (a tenth of the request). Entering once for all requests
  that have come at the same time was tried: it saves another eighth in one child under full load, and nothing with two, where few come at
  the same time. For handlers that mostly call KSR, choose QuickJS.
- **A counter that all children share** is a transaction of SQLite: two writes and five locks of a file (13 µs in a loop), where
  Kamailio's processes share their memory. An only child takes the locks once (8 µs; reading takes 0.7 in the place of 2.4). It cannot keep counters in its
  own memory, as they are to outlive it. Smaller pages make counters cheaper yet, and texts of a kilobyte and more twice as dear.
- **Texts above 128 KiB**: V8 takes memory for each of them from the kernel and gives it back. A copy of 200 kB takes twenty times as
  long as one of 100 kB, in an empty program too. From there on the cost grows as the size does.
- Nothing else grows faster than its input: neither keys of a hash table nor functions of a script or of KSR make a request dearer.
`;
