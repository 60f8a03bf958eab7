// Replies with JSON.

/** Sends a value as the reply. */
export function reply(code, reason, value) {
	KSR.xhttp.xhttp_reply(code, reason, "application/json", `${JSON.stringify(value)}\n`);
}
