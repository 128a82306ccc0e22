import { existsSync } from "node:fs";
import type { Language } from "../../base/index.ts";
import { EngineError } from "../../engine/index.ts";
import { deriveContainerFacts, formatExpression, type HostFacts, type Workload } from "../../facts/index.ts";
import { NODE_SOURCE, readProcess } from "../../readers/procfs/index.ts";
import { isolationToText, type ObservedNamespaces, wrap } from "../../report/index.ts";
import { type Example, TECHNIQUES, type Technique } from "../../techniques/index.ts";
import { collect } from "../collect.ts";
import { EXIT } from "../exit-status.ts";
import { INPUT_KINDS, type InputKind } from "../inputs/detect.ts";
import { languageOf } from "../language.ts";
import { terminalColumns, terminalPaint, writeOut } from "../terminal.ts";
import { failed } from "./audit.ts";

/** Options of `sekisho explain`. */
export interface ExplainOptions {
  readonly as?: string;
  readonly host?: string;
  readonly hostFacts?: string;
  readonly lang?: string;
}

/** `sekisho explain SUBJECT`: a technique's page, a file's containers, or a container of the engine. */
export async function runExplain(subject: string, options: ExplainOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const technique = TECHNIQUES.find(({ id }) => id === subject);
  if (technique !== undefined) {
    await writeOut(techniquePage(technique, language));
    return EXIT.clean;
  }
  if (options.as !== undefined && !INPUT_KINDS.includes(options.as as InputKind)) {
    process.stderr.write(`sekisho explain: --as takes one of ${INPUT_KINDS.join(", ")}\n`);
    return EXIT.usage;
  }
  try {
    const isFile = subject === "-" || existsSync(subject);
    const collected = await collect({
      targets: isFile ? [subject] : [],
      runLine: [],
      as: options.as as InputKind | undefined,
      hostFacts: options.hostFacts,
      engineHost: options.host,
    });
    const chosen = isFile ? collected.workloads : collected.workloads.filter((workload) => isNamed(workload, subject));
    if (chosen.length === 0) {
      process.stderr.write(`sekisho explain: no technique, file or container is called ${JSON.stringify(subject)}\n`);
      return EXIT.usage;
    }
    const screens = chosen.map((workload) => isolationOf(workload, collected.host, language, collected.live));
    await writeOut(screens.join("\n"));
    return collected.unreadable ? EXIT.usage : collected.complete ? EXIT.clean : EXIT.incomplete;
  } catch (error) {
    if (error instanceof EngineError && !existsSync(subject)) {
      process.stderr.write(
        `sekisho explain: ${JSON.stringify(subject)} is no technique and no file, and no engine can be asked:\n`,
      );
    }
    return failed(error, language);
  }
}

function isNamed(workload: Workload, subject: string): boolean {
  const id = workload.id.split("#").at(-1) ?? "";
  const observed = "observed" in workload ? (workload.observed as { readonly id?: string }).id : undefined;
  return workload.name === subject || id === subject || (subject.length >= 4 && observed?.startsWith(subject) === true);
}

function isolationOf(workload: Workload, host: HostFacts, language: Language, live: boolean): string {
  const observed = live ? observe(workload) : undefined;
  return isolationToText(deriveContainerFacts(workload, host), host, {
    language,
    columns: terminalColumns(),
    paint: terminalPaint(),
    ...(observed && { observed }),
  });
}

/** Namespace links of a running container beside our own, where this is its host and /proc may be read. */
function observe(workload: Workload): ObservedNamespaces | undefined {
  const pid = "observed" in workload ? (workload.observed as { readonly pid?: number }).pid : undefined;
  const container = pid === undefined ? undefined : readProcess(NODE_SOURCE, pid);
  const host = readProcess(NODE_SOURCE, 1) ?? readProcess(NODE_SOURCE, process.pid);
  return container === undefined || host === undefined
    ? undefined
    : { host: host.namespaces, container: container.namespaces };
}

/** A technique's page for a terminal. */
export function techniquePage(technique: Technique, language: Language): string {
  const columns = Math.min(terminalColumns(), 100);
  const paint = terminalPaint();
  const words = language === "ja" ? JA : EN;
  const lines = [
    paint(technique.title[language], "strong"),
    `${technique.id}  ${technique.severity}  ${technique.attack.join(" ")}  ${words[technique.basis]}`,
    "",
  ];
  lines.push(...wrap(technique.explanation[language], columns), "");
  lines.push(
    paint(words.needs, "strong"),
    ...wrap(formatExpression(technique.needs), columns - 2).map((line) => `  ${line}`),
    "",
  );
  lines.push(
    paint(words.gains, "strong"),
    `  ${technique.gains.length === 0 ? words.nothing : technique.gains.join(", ")}`,
    "",
  );
  for (const [title, examples] of [
    [words.open, technique.examples.open],
    [words.possible, technique.examples.possible ?? []],
    [words.closed, technique.examples.closed],
  ] as const) {
    if (examples.length > 0) {
      lines.push(paint(title, "strong"));
      for (const example of examples) {
        lines.push(...exampleLines(example, columns));
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/** An example, and below it the host that it is meant for. */
function exampleLines(example: Example, columns: number): string[] {
  const { line, host } = typeof example === "string" ? { line: example, host: undefined } : example;
  const [first = "", ...rest] = wrap(line, columns - 4);
  const facts = host === undefined ? [] : wrap(`--host-facts ${JSON.stringify(host)}`, columns - 4);
  return [`  ${first}`, ...[...rest, ...facts].map((text) => `    ${text}`)];
}

const EN = {
  measured: "measured in a real container",
  "read-in-source": "read in the source of the kernel or the engine",
  documented: "documented by others",
  reasoned: "concluded from measured and documented facts",
  needs: "Needs",
  gains: "Gains",
  nothing: "nothing (hygiene)",
  open: "Open",
  possible: "Possible",
  closed: "Closed",
};

const JA: typeof EN = {
  measured: "実際のコンテナで測定",
  "read-in-source": "カーネルまたはエンジンのソースで確認",
  documented: "公開資料による",
  reasoned: "測定と資料からの結論",
  needs: "前提",
  gains: "得るもの",
  nothing: "なし(衛生上の指摘)",
  open: "開いている例",
  possible: "可能性がある例",
  closed: "閉じている例",
};
