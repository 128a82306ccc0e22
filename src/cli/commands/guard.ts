import { unwatchFile, watchFile } from "node:fs";
import type { Language } from "../../base/index.ts";
import { EngineError } from "../../engine/index.ts";
import { GateConfigError, openGate, parseListenAddress, type RunningGate } from "../../guard/index.ts";
import { ReadError } from "../../readers/index.ts";
import { EXIT } from "../exit-status.ts";
import {
  type DeciderSources,
  deciderOf,
  hostLayersOf,
  type ListenOptions,
  listenersOf,
  policyOf,
  upstreamOf,
} from "../guard-setup.ts";
import { languageOf } from "../language.ts";
import { PolicyFileError } from "../policy-file.ts";

/** Options of `sekisho guard`, as commander hands them over. */
export interface GuardOptions extends ListenOptions {
  readonly policy?: string;
  readonly upstream?: string;
  readonly mode?: string;
  readonly log?: string;
  readonly durable?: boolean;
  readonly metrics?: string;
  readonly hostFacts?: string;
  readonly lang?: string;
}

/** How often the policy file is looked at for changes, milliseconds. */
const LOOK_EVERY_MS = 2_000;

const WORDS = {
  policy: {
    en: "--policy FILE or --policy PRESET is needed: sekisho guard policy list",
    ja: "--policy にファイルかプリセットを指定してください。プリセットの一覧: sekisho guard policy list",
  },
  mode: { en: "--mode takes enforce or shadow", ja: "--mode には enforce か shadow を指定してください" },
} as const;

/** `sekisho guard`. Resolves to the exit status, when SIGTERM or SIGINT has ended it. */
export async function runGuard(options: GuardOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const talk = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const { policy, mode } = options;
  if (policy === undefined || (mode !== undefined && mode !== "enforce" && mode !== "shadow")) {
    talk(`sekisho guard: ${WORDS[policy === undefined ? "policy" : "mode"][language]}`);
    return EXIT.usage;
  }
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
  let gate: RunningGate;
  try {
    gate = await open(options, { policy, language, ...(mode !== undefined && { mode }) }, talk);
  } catch (error) {
    const told = problemText(error, language);
    if (told === undefined) {
      throw error;
    }
    talk(`sekisho guard: ${told}`);
    return EXIT.usage;
  }
  const forget = reloadOnChange(policy, gate);
  for (const uri of gate.uris) {
    talk(`listening on ${uri}`);
  }
  await stopped;
  forget();
  await gate.stop();
  return EXIT.clean;
}

async function open(
  options: GuardOptions,
  wanted: Pick<DeciderSources, "policy" | "language" | "mode">,
  talk: (line: string) => void,
): Promise<RunningGate> {
  const upstream = upstreamOf(options.upstream);
  const sources: DeciderSources = {
    ...wanted,
    endpoint: upstream,
    layers: hostLayersOf(upstream, options.hostFacts),
  };
  const first = policyOf(sources);
  const looksOn = [...first.clients.values()].some((rules) => rules.mode === "shadow");
  return await openGate({
    listeners: listenersOf(first, options),
    upstream,
    loadDecider: async (engine) => deciderOf(policyOf(sources), sources, engine),
    mode: looksOn ? "shadow" : "enforce",
    language: first.language,
    ...(options.log !== undefined && { log: { path: options.log, durable: options.durable === true } }),
    ...(options.metrics !== undefined && { admin: parseListenAddress(options.metrics) }),
    talk,
  });
}

/** Reads the policy again on SIGHUP and when its file changes; SIGUSR2 opens the log again. Returns what ends that. */
function reloadOnChange(policy: string, gate: RunningGate): () => void {
  const reload = (): void => {
    void gate.reload();
  };
  const reopen = (): void => {
    void gate.reopenLog();
  };
  process.on("SIGHUP", reload);
  process.on("SIGUSR2", reopen);
  watchFile(policy, { interval: LOOK_EVERY_MS, persistent: false }, (now, before) => {
    if (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino) {
      reload();
    }
  });
  return () => {
    process.off("SIGHUP", reload);
    process.off("SIGUSR2", reopen);
    unwatchFile(policy);
  };
}

/** What to tell the user of a setting that cannot be used; `undefined`: the error is a fault of ours. */
export function problemText(error: unknown, language: Language): string | undefined {
  if (error instanceof GateConfigError) {
    return error.text[language];
  }
  if (error instanceof PolicyFileError || error instanceof EngineError || error instanceof ReadError) {
    return error.message;
  }
  return error instanceof Error && "syscall" in error ? error.message : undefined;
}
