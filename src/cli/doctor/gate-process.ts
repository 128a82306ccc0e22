import type { LocalizedText } from "../../base/index.ts";
import { readProcess } from "../../readers/procfs/index.ts";
import type { Diagnosis, DoctorInputs } from "./diagnosis.ts";

/** Processes that are looked at. */
const PROCESSES_MAX = 100_000;

const TITLE: LocalizedText = { en: "gates that run as root", ja: "root で動いているゲート" };

/** Words after `guard` that are no gate. */
const OTHER_COMMANDS: ReadonlySet<string> = new Set([
  "decide",
  "policy",
  "verify-log",
  "cert",
  "learn",
  "replay",
  "prove",
  "doctor",
]);

/** A gate needs the engine's socket and nothing else of root. */
export function gateProcesses({ source, local }: DoctorInputs): Diagnosis {
  const id = "gate-is-root";
  const names = local ? source.list("/proc") : undefined;
  if (typeof names !== "object") {
    return { id, status: "unknown", title: TITLE, found: [] };
  }
  let gates = 0;
  const found: LocalizedText[] = [];
  for (const pid of names.filter((name) => /^\d+$/.test(name)).slice(0, PROCESSES_MAX)) {
    const text = source.text(`/proc/${pid}/cmdline`);
    if (typeof text === "string" && isGate(text.split("\0"))) {
      gates += 1;
      if (readProcess(source, Number(pid))?.uids.effective === 0) {
        found.push({ en: `process ${pid}`, ja: `プロセス ${pid}` });
      }
    }
  }
  return {
    id,
    status: found.length > 0 ? "bad" : gates > 0 ? "ok" : "none",
    title: TITLE,
    found,
    ...(found.length > 0 && {
      advice: {
        en: "run the gate as a user of its own that is in the group of the engine's socket",
        ja: "エンジンのソケットのグループに属する専用ユーザーで動かしてください",
      },
    }),
  };
}

function isGate(words: readonly string[]): boolean {
  const guard = words.indexOf("guard");
  const program = words[guard - 1]?.split("/").at(-1) ?? "";
  return guard > 0 && /^(sekisho(\.js)?|main\.ts)$/.test(program) && !OTHER_COMMANDS.has(words[guard + 1] ?? "");
}
