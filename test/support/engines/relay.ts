/**
 * Passes bytes between two addresses, as they are. A program of its own, because a process lives in one network namespace:
 *
 *     node relay.ts FROM TO READY
 *
 * FROM and TO are `unix:PATH` or `tcp:PORT`, the latter on 127.0.0.1. The file READY appears when connections are
 * accepted; it holds the address, which tells the port that the kernel chose for `tcp:0`.
 */
import { renameSync, writeFileSync } from "node:fs";
import { connect, createServer, type NetConnectOpts, type Socket } from "node:net";
import { EngineTestError } from "./engine-test-error.ts";
import { RELAY_CONNECTIONS_MAX } from "./limits.ts";

function parseAddress(text: string | undefined): NetConnectOpts {
  const [, kind, value = ""] = /^(unix|tcp):(.+)$/.exec(text ?? "") ?? [];
  if (kind === undefined) {
    throw new EngineTestError("COMMAND_FAILED", `${text} is not an address: write unix:PATH or tcp:PORT`);
  }
  return kind === "unix" ? { path: value } : { host: "127.0.0.1", port: Number(value) };
}

/** Each side may end its half first: the Docker CLI does, when the input of an attached container is over. */
function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.once("error", () => to.destroy());
    from.once("close", () => to.destroySoon());
  }
}

const [from, to, ready = ""] = process.argv.slice(2);
const target = parseAddress(to);
const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  join(client, connect({ ...target, allowHalfOpen: true, noDelay: true }));
});
server.maxConnections = RELAY_CONNECTIONS_MAX;
server.listen(parseAddress(from), () => {
  writeFileSync(`${ready}.new`, JSON.stringify(server.address()));
  renameSync(`${ready}.new`, ready);
});
