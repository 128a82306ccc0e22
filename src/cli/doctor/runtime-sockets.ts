import type { LocalizedText } from "../../base/index.ts";
import { type Diagnosis, type DoctorInputs, plain, RUNTIME_SOCKETS } from "./diagnosis.ts";

/** Users whose own sockets are looked at. */
const USERS_MAX = 1_000;

const TITLE: LocalizedText = {
  en: "sockets of engines and runtimes that others than root can open",
  ja: "root 以外が開けるエンジンやランタイムのソケット",
};

/** Sockets of every runtime that may run here, with who can open them. */
export function runtimeSockets({ source, local, engine }: DoctorInputs): Diagnosis {
  const id = "runtime-socket-open";
  if (!local) {
    return { id, status: "unknown", title: TITLE, found: [] };
  }
  const users = source.list("/run/user");
  const own = typeof users === "object" ? users.slice(0, USERS_MAX) : [];
  const paths = [
    ...RUNTIME_SOCKETS,
    ...(engine?.socketPath === undefined ? [] : [plain(engine.socketPath)]),
    ...own.flatMap((uid) => [`/run/user/${uid}/docker.sock`, `/run/user/${uid}/podman/podman.sock`]),
  ];
  let hidden = false;
  const found: LocalizedText[] = [];
  for (const path of new Set(paths)) {
    const status = source.status(path);
    hidden ||= status === undefined;
    if (typeof status !== "object" || status.kind !== "socket") {
      continue;
    }
    // To write to a socket is to connect to it (unix(7)).
    if ((status.mode & 0o002) !== 0) {
      found.push({ en: `${path}: everybody`, ja: `${path}: 誰でも開けます` });
    } else if ((status.mode & 0o020) !== 0 && status.gid !== 0) {
      found.push({ en: `${path}: group ${status.gid}`, ja: `${path}: グループ ${status.gid} が開けます` });
    }
  }
  return {
    id,
    status: found.length > 0 ? "bad" : hidden ? "unknown" : "ok",
    title: TITLE,
    found,
    ...(found.length > 0 && {
      advice: {
        en: "keep clients of the gate out of these groups, and sockets closed to everybody: whoever opens one is past the gate",
        ja: "ゲートのクライアントをこれらのグループに入れず、ソケットを全員に開かないでください。開ける者はゲートを通りません",
      },
    }),
  };
}
