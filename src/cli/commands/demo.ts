import { auditWorkload, type WorkloadAudit } from "../../audit/index.ts";
import type { Language } from "../../base/index.ts";
import { UNKNOWN_HOST } from "../../facts/index.ts";
import { type EscapePath, type Fix, gainKind } from "../../findings/index.ts";
import { readCreateRequest } from "../../readers/index.ts";
import { applyEdits } from "../../remedies/index.ts";
import { type Paint, pasteLines, wrap } from "../../report/index.ts";
import { DEMO_ATTACK, DEMO_CREATE, type DemoStep } from "../demo-attack.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { terminalColumns, terminalPaint, writeOut } from "../terminal.ts";
import { titleOf } from "../titles.ts";

const WORDS = {
  en: {
    intro:
      "Sekisho, the checkpoint. This is the attack that it was built against; nothing is run, every request is only audited.",
    step: "Step",
    verdict: (ways: number) => `Verdict: whoever sends this becomes root on the host, in ${ways} ways, for certain.`,
    exec: "The body looks harmless, so it is judged by the container that it runs in:",
    fix: "The least to change:",
    after: "After it, audited again:",
    clean: "no path to the host known",
    next: ["Your own containers:  sekisho audit", "A Compose file:       sekisho audit compose.yaml"],
  },
  ja: {
    intro:
      "関所(Sekisho)。これは関所を作るきっかけになった攻撃である。何も実行せず、それぞれの要求を監査するだけである。",
    step: "手順",
    verdict: (ways: number) => `判定: これを送る者は確実にホストの root になる(${ways}\u00a0通り)。`,
    exec: "本文は無害に見える。そこで、実行されるコンテナによって判断する:",
    fix: "最小の変更:",
    after: "変更後にもう一度監査した結果:",
    clean: "ホストへ至る経路は知られていない",
    next: ["自分のコンテナ:      sekisho audit", "Compose ファイル:    sekisho audit compose.yaml"],
  },
} as const;

/** `sekisho demo`. Needs no engine: it audits the requests of a recorded attack. Resolves to the exit status. */
export async function runDemo(options: { readonly lang?: string }): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const teller = new Teller(language, terminalPaint(), Math.min(terminalColumns(), 100));
  teller.say(WORDS[language].intro);
  const created = auditBody(DEMO_CREATE);
  DEMO_ATTACK.forEach((step, index) => {
    teller.step(step, index + 1, created);
  });
  teller.remedy(created);
  await writeOut(`${teller.lines.join("\n")}\n`);
  return EXIT.clean;
}

/** Audits a create body on an ordinary host, with the real reader and the real analyser. */
export function auditBody(body: unknown): WorkloadAudit {
  const { workloads } = readCreateRequest({ text: JSON.stringify(body), uri: "request" });
  const workload = workloads[0];
  if (workload === undefined) {
    throw new TypeError("the demonstration's own request cannot be read");
  }
  return auditWorkload(workload, UNKNOWN_HOST, true);
}

/** JSON on one line with a space where it may be broken. */
const spacedJson = (value: unknown): string => JSON.stringify(value, undefined, 1).replace(/\n */g, " ");

class Teller {
  readonly lines: string[] = [];
  readonly #language: Language;
  readonly #paint: Paint;
  readonly #columns: number;

  constructor(language: Language, paint: Paint, columns: number) {
    this.#language = language;
    this.#paint = paint;
    this.#columns = columns;
  }

  say(text: string, indent = 0, ink: Parameters<Paint>[1] = "plain"): void {
    for (const line of wrap(text, this.#columns - indent)) {
      this.lines.push(" ".repeat(indent) + this.#paint(line, ink));
    }
  }

  step(step: DemoStep, number: number, created: WorkloadAudit): void {
    const words = WORDS[this.#language];
    this.lines.push("");
    this.say(`${words.step} ${number}  ${step.title[this.#language]}`, 0, "strong");
    this.say(step.story[this.#language], 2);
    this.lines.push("");
    this.say(`${step.method} ${step.path}`, 4, "faint");
    this.say(spacedJson(step.body), 4, "faint");
    this.lines.push("");
    const toRoot = created.paths.filter((path) => path.gain === "host-root" && path.certainty === "yes");
    if (step.audited === "create") {
      this.say(words.verdict(toRoot.length), 2, "open");
    } else {
      this.say(words.exec, 2);
    }
    // The later steps write a file of the host: the path that they take is the one through the bind.
    const through =
      toRoot.find((path) => path.steps.some((entry) => entry.technique.startsWith("bind-root"))) ?? toRoot[0];
    const shown = step.audited === "create" ? toRoot[0] : through;
    if (shown !== undefined) {
      this.#path(shown);
    }
  }

  #path(path: EscapePath): void {
    const title = titleOf(this.#language);
    for (const [index, step] of path.steps.entries()) {
      this.say(`${index + 1} ${title(step.technique)} [${step.technique}]`, 4, "open");
      for (const { fact, from } of step.because.filter(({ presumed }) => presumed !== true)) {
        this.say(`${fact}  ${from.field ?? ""}`, 8, "faint");
      }
    }
    this.say(`→ ${gainKind(path.gain).title[this.#language]}  ${path.attack.join(" ")}`, 4, "open");
  }

  remedy(created: WorkloadAudit): void {
    const words = WORDS[this.#language];
    const fix = created.fixes.find(({ kind }) => kind === "closing");
    this.lines.push("");
    if (fix !== undefined) {
      this.say(words.fix, 0, "strong");
      this.#fix(fix);
      const subject = { workload: created.workload, host: created.host };
      const edited = applyEdits(
        subject,
        fix.changes.map(({ edit }) => edit),
      );
      const after = auditWorkload(edited.workload, edited.host, false);
      const root = after.gains.some(({ gain }) => gain === "host-root");
      this.say(`${words.after} ${root ? after.gains.map(({ gain }) => gain).join(", ") : words.clean}`, 0, "act");
    }
    this.lines.push("");
    for (const line of words.next) {
      this.say(line);
    }
  }

  #fix(fix: Fix): void {
    for (const change of fix.changes) {
      this.say(change.summary[this.#language], 2, "act");
      for (const line of pasteLines(change, "run-line", this.#language)) {
        this.say(`${line.sign} ${line.text}`, 6, line.sign === "-" ? "open" : "act");
      }
    }
  }
}
