import { chmodSync, chownSync, lstatSync, readFileSync, unlinkSync } from "node:fs";
import { connect, type Server } from "node:net";
import { quoteUntrusted } from "../../base/index.ts";
import { GateConfigError } from "../gate-error.ts";
import type { SocketPermissions } from "./listener.ts";

/** Mode of a socket unless another one is asked for. */
export const SOCKET_MODE_DEFAULT = 0o600;

/** How long a socket that is there already may take to say whether somebody listens. */
const PROBE_MS_MAX = 1_000;

const NAME_CHARACTERS_MAX = 64;

/**
 * Listens on a unix socket. It is made with no permission at all and opened when owner and mode are right, so nobody
 * slips in between. A socket that a dead process left behind is removed; one that somebody listens on is not.
 */
export async function listenOnSocket(server: Server, path: string, permissions: SocketPermissions): Promise<void> {
  const uid = permissions.owner === undefined ? -1 : idOf(permissions.owner, "/etc/passwd");
  const gid = permissions.group === undefined ? -1 : idOf(permissions.group, "/etc/group");
  await removeStale(path);
  const before = process.umask(0o777);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (cause) {
    throw cannotListen(path, cause);
  } finally {
    process.umask(before);
  }
  try {
    if (uid !== -1 || gid !== -1) {
      chownSync(path, uid, gid);
    }
    chmodSync(path, permissions.mode ?? SOCKET_MODE_DEFAULT);
  } catch (cause) {
    server.close();
    throw cannotListen(path, cause);
  }
}

async function removeStale(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    return;
  }
  if (!found.isSocket()) {
    throw new GateConfigError({
      en: `${quoted(path)} is there already and is no socket`,
      ja: `${quoted(path)} は既に存在し、ソケットではありません。`,
    });
  }
  if (await answers(path)) {
    throw new GateConfigError({
      en: `somebody listens on ${quoted(path)} already`,
      ja: `${quoted(path)} では既に別のプロセスが待ち受けています。`,
    });
  }
  unlinkSync(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PROBE_MS_MAX, () => finish(true));
    socket.once("connect", () => finish(true));
    socket.once("error", (error: NodeJS.ErrnoException) => finish(error.code !== "ECONNREFUSED"));
  });
}

/** The number of a user or a group, by its name in a file of colon-separated lines. */
function idOf(name: string, file: string): number {
  if (/^\d{1,9}$/.test(name)) {
    return Number(name);
  }
  const line = readFileSync(file, "utf8")
    .split("\n")
    .map((text) => text.split(":"))
    .find(([entry]) => entry === name);
  if (line?.[2] === undefined) {
    throw new GateConfigError({
      en: `${file} knows no ${JSON.stringify(quoteUntrusted(name, NAME_CHARACTERS_MAX))}`,
      ja: `${file} に ${JSON.stringify(quoteUntrusted(name, NAME_CHARACTERS_MAX))} がありません。`,
    });
  }
  return Number(line[2]);
}

function cannotListen(path: string, cause: unknown): GateConfigError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new GateConfigError(
    { en: `cannot listen on ${quoted(path)}: ${why}`, ja: `${quoted(path)} で待ち受けできません: ${why}` },
    { cause },
  );
}

const quoted = (path: string): string => quoteUntrusted(path, 200);
