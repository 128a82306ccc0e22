import type { Language } from "../../base/index.ts";
import { EngineError } from "../../engine/index.ts";
import { PRESETS } from "../../policy/index.ts";
import { mergeHostFacts } from "../../readers/host-facts/index.ts";
import { findContainer, NODE_SOURCE } from "../../readers/procfs/index.ts";
import { connect } from "../collect.ts";
import type { Diagnosis, DoctorInputs } from "../doctor/diagnosis.ts";
import { diagnose } from "../doctor/doctor.ts";
import { EXIT } from "../exit-status.ts";
import { engineLayers } from "../host-layers.ts";
import { readLive } from "../inputs/live.ts";
import { languageOf } from "../language.ts";
import { loadPolicy, PolicyFileError } from "../policy-file.ts";
import { writeOut } from "../terminal.ts";

/** Options of `sekisho guard doctor`, as commander hands them over. */
export interface DoctorOptions {
  readonly upstream?: string;
  readonly policy?: string;
  readonly gate?: readonly string[];
  readonly format: string;
  readonly lang?: string;
}

/**
 * `sekisho guard doctor`. 0: no way past the gate was found; 1: there is one; 2: wrong usage; 3: something could not be
 * looked at, such as the engine.
 */
export async function runGuardDoctor(options: DoctorOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  if (options.format !== "text" && options.format !== "json") {
    process.stderr.write("sekisho guard doctor: --format takes text or json\n");
    return EXIT.usage;
  }
  let policy: DoctorInputs["policy"];
  try {
    const { policy: file } = options;
    const isFile = file !== undefined && !PRESETS.some(({ id }) => id === file);
    policy = isFile ? { file, rules: loadPolicy(file, language) } : undefined;
  } catch (error) {
    if (!(error instanceof PolicyFileError)) {
      throw error;
    }
    process.stderr.write(`sekisho guard doctor: ${error.message}\n`);
    return EXIT.usage;
  }
  const asked = await askEngine(options.upstream);
  if ("problem" in asked) {
    process.stderr.write(`sekisho guard doctor: ${asked.problem}\n`);
  }
  const local = findContainer(NODE_SOURCE) === undefined && !("remote" in asked && asked.remote);
  const results = diagnose({
    source: NODE_SOURCE,
    local,
    gates: new Set(options.gate ?? []),
    ...("engine" in asked && { engine: asked.engine }),
    ...(policy !== undefined && { policy }),
  });
  await writeOut(
    options.format === "json"
      ? `${JSON.stringify({ schema: "sekisho.guard-doctor/v1", results }, undefined, 2)}\n`
      : results.map((result) => resultText(result, language)).join(""),
  );
  if (results.some(({ status }) => status === "bad")) {
    return EXIT.findings;
  }
  return results.some(({ status }) => status === "unknown") ? EXIT.incomplete : EXIT.clean;
}

type Asked =
  | { readonly engine: NonNullable<DoctorInputs["engine"]>; readonly remote: boolean }
  | { readonly problem: string };

async function askEngine(upstream: string | undefined): Promise<Asked> {
  let client: ReturnType<typeof connect> | undefined;
  try {
    client = connect(upstream);
    const { endpoint } = client;
    const { layers, daemon } = await engineLayers(client);
    const { workloads, complete } = await readLive(client, { local: endpoint.kind === "unix" });
    const socketPath = endpoint.kind === "unix" ? { socketPath: endpoint.socketPath } : {};
    const engine = { daemon, host: mergeHostFacts(...layers), workloads, complete, ...socketPath };
    return { engine, remote: endpoint.kind !== "unix" };
  } catch (error) {
    if (error instanceof EngineError) {
      return { problem: error.message };
    }
    throw error;
  } finally {
    client?.close();
  }
}

const STATUS_WORDS = {
  ok: { en: "ok", ja: "問題なし" },
  bad: { en: "BAD", ja: "要対処" },
  unknown: { en: "unknown", ja: "不明" },
  none: { en: "nothing to look at", ja: "対象なし" },
} as const;

function resultText({ status, title, found, advice }: Diagnosis, language: Language): string {
  const lines = [
    `${STATUS_WORDS[status][language]}: ${title[language]}`,
    ...found.map((line) => `  - ${line[language]}`),
    ...(advice === undefined ? [] : [`  ${language === "ja" ? "対処" : "do"}: ${advice[language]}`]),
  ];
  return `${lines.join("\n")}\n`;
}
