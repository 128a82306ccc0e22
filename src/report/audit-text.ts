import { type Language, quoteUntrusted } from "../base/index.ts";
import type { Place } from "../facts/index.ts";
import {
  type AuditResult,
  type EscapePath,
  type Evidence,
  type Finding,
  type Fix,
  type Gain,
  gainKind,
  gainRank,
  type HostControl,
  type PodSecurity,
  type WorkloadResult,
} from "../findings/index.ts";
import { type AuditWords, auditWords } from "../text/index.ts";
import { summaryOf } from "./audit-json.ts";
import { pasteLines } from "./paste.ts";
import type { Ink, Paint } from "./terminal/paint.ts";
import { displayWidth, padEnd, wrap } from "./terminal/width.ts";

/** How a terminal report is written. */
export interface TextOptions {
  readonly language: Language;
  /** Columns of the terminal. */
  readonly columns: number;
  readonly paint: Paint;
  /** Every path, fix and finding, not only the first. */
  readonly all: boolean;
  /** Titles of techniques and checks, by id. */
  readonly titleOf: (id: string) => string;
}

/** Most characters of a name that somebody else chose. */
const NAME_CHARACTERS_MAX = 80;

/** Most gains that a fix is said to close without `--all`. */
const CLOSED_MAX = 4;

/** Most lines of problems that are shown without `--all`. */
const PROBLEMS_MAX = 12;

/** The report of an audit for a terminal: answer, path, fix for each container, the worst first. */
export function auditToText(result: AuditResult, options: TextOptions): string {
  const words = auditWords(options.language);
  const writer = new Writer(options, words);
  for (const workload of [...result.workloads].sort(byGain)) {
    writer.workload(workload);
  }
  writer.host(result);
  writer.problems(result);
  writer.presumptions(result);
  writer.summary(result);
  return `${writer.lines.join("\n")}\n`;
}

const rankOf = ({ gains }: WorkloadResult): number => {
  const first = gains[0];
  return first === undefined ? 1_000 : headline(gains) === undefined ? 500 : Number(first.certainty === "possible");
};

const byGain = (left: WorkloadResult, right: WorkloadResult): number => rankOf(left) - rankOf(right);

/** The gain that the verdict is about: the worst certain one of those over the host, else the worst possible one. */
function headline(gains: readonly Gain[]): Gain | undefined {
  const serious = gains.filter(
    ({ gain }) => gainKind(gain).overHost && ["critical", "high"].includes(gainKind(gain).severity),
  );
  return (
    serious.find(({ gain }) => gain === "host-root") ??
    serious.find(({ certainty }) => certainty === "yes") ??
    serious[0]
  );
}

class Writer {
  readonly lines: string[] = [];
  readonly #options: TextOptions;
  readonly #words: AuditWords;
  readonly #podsSaid = new Set<PodSecurity>();

  constructor(options: TextOptions, words: AuditWords) {
    this.#options = options;
    this.#words = words;
  }

  /** Adds text in ink, wrapped; lines after the first stand under the text of the first. */
  #add(indent: number, lead: string, text: string, ink: Ink = "plain"): void {
    const leadWidth = displayWidth(lead);
    const room = Math.max(this.#options.columns - indent - leadWidth, 16);
    const [first = "", ...rest] = wrap(text, room);
    this.lines.push(" ".repeat(indent) + this.#options.paint(lead, ink) + this.#options.paint(first, ink));
    for (const line of rest) {
      this.lines.push(" ".repeat(indent + leadWidth) + this.#options.paint(line, ink));
    }
  }

  /** An image that is only built, not run here: what was found, no verdict about a host. */
  #image(workload: WorkloadResult): void {
    this.#add(0, "○ ", quoteUntrusted(workload.name, NAME_CHARACTERS_MAX), "plain");
    this.#add(2, "", this.#words.imageFindings(workload.findings.length));
    const shown = this.#options.all
      ? workload.findings
      : workload.findings.filter(({ severity }) => severity !== "info");
    for (const finding of shown) {
      this.#finding(finding);
    }
    if (shown.length < workload.findings.length) {
      this.#add(2, "", this.#words.moreFindings(workload.findings.length - shown.length), "faint");
    }
    this.lines.push("");
  }

  workload(workload: WorkloadResult): void {
    if (workload.kind === "image") {
      this.#image(workload);
      return;
    }
    const { language } = this.#options;
    const worst = headline(workload.gains);
    const ways = workload.paths.filter((path) => path.gain === worst?.gain && path.certainty === worst.certainty);
    const certain = worst?.certainty === "yes";
    const [mark, ink]: [string, Ink] =
      worst === undefined ? ["○", "plain"] : certain ? ["◆", "open"] : ["◇", "weakened"];
    const name = quoteUntrusted(workload.name, NAME_CHARACTERS_MAX);
    this.#add(0, `${mark} `, `${name}  ${placeText(workload.source)}`, ink);
    this.#add(2, "", this.#verdict(workload, worst, ways.length), ink);
    if (workload.refusal !== undefined) {
      this.#add(2, `${this.#words.refusal}: `, workload.refusal[language], "weakened");
    }
    this.#podSecurity(workload);
    if (worst !== undefined || this.#options.all) {
      this.#paths(workload, worst);
      this.#fixes(workload);
      this.#findings(workload, worst);
    }
    for (const [field, reason] of workload.unresolved) {
      this.#add(2, `${this.#words.unresolved}: `, `${field}: ${reason}`, "weakened");
    }
    this.lines.push("");
  }

  /** Once for each pod: its containers share the verdict. */
  #podSecurity({ podSecurity }: WorkloadResult): void {
    if (podSecurity === undefined || this.#podsSaid.has(podSecurity)) {
      return;
    }
    this.#podsSaid.add(podSecurity);
    const levels = (["baseline", "restricted"] as const).map((level) => {
      const { allowed, violations } = podSecurity[level];
      const controls = violations.map(({ control }) => control).join(", ");
      return allowed ? `${level}: ${this.#words.podAllowed}` : `${level}: ${this.#words.podRefused} (${controls})`;
    });
    const ink: Ink = podSecurity.baseline.allowed ? "plain" : "weakened";
    this.#add(2, `${this.#words.podSecurity} ${podSecurity.version}: `, levels.join("; "), ink);
  }

  #verdict({ gains }: WorkloadResult, worst: Gain | undefined, ways: number): string {
    const { language } = this.#options;
    if (worst !== undefined) {
      return this.#words.reaches(
        beforeParticle(gainKind(worst.gain).title[language], language),
        ways,
        worst.certainty === "yes",
      );
    }
    const lesser = gains
      .filter(({ gain }) => gainKind(gain).severity === "medium")
      .map(({ gain }) => gainKind(gain).title[language]);
    return lesser.length > 0 ? this.#words.onlyLesser(lesser.join(", ")) : this.#words.noPath;
  }

  #paths(workload: WorkloadResult, worst: Gain | undefined): void {
    const paths = this.#options.all
      ? workload.paths
      : workload.paths.filter((path) => path.gain === worst?.gain).slice(0, 1);
    paths.forEach((path, index) => {
      this.#path(path, index === 0 ? `${this.#words.path}: ` : "→ ");
    });
  }

  #path(path: EscapePath, lead: string): void {
    const { language, titleOf } = this.#options;
    const certainty = path.certainty === "yes" ? this.#words.certainly : this.#words.possibly;
    this.#add(
      2,
      lead,
      `${gainKind(path.gain).title[language]}${language === "ja" ? "、" : ", "}${certainty}  ${path.attack.join(" ")}`,
      "strong",
    );
    path.steps.forEach((step, index) => {
      this.#add(4, `${index + 1} `, `${titleOf(step.technique)} [${step.technique}]`);
      for (const evidence of step.because.filter(worthShowing)) {
        this.#evidence(evidence);
      }
    });
    if (path.decidedBy.length > 0) {
      this.#add(4, `${this.#words.decidedBy}: `, path.decidedBy.join(", "), "weakened");
    }
  }

  #evidence(evidence: Evidence): void {
    const state = evidence.presumed
      ? ` (${this.#words.presumed})`
      : evidence.known === "unknown"
        ? ` (${this.#words.unknown})`
        : "";
    const fact = `${evidence.fact}${state}`;
    const column = padEnd(fact, 30);
    this.#add(6, "", `${column}  ${placeText(evidence.from)}`, evidence.known === "unknown" ? "weakened" : "faint");
  }

  #fixes(workload: WorkloadResult): void {
    const { all, language } = this.#options;
    if (workload.goal !== undefined && workload.fixes.length === 0) {
      this.#add(2, "", this.#words.noFix, "weakened");
    }
    const shown = all
      ? workload.fixes
      : workload.fixes.filter((fix, index) => index === 0 || fix.kind === "replacement");
    shown.forEach((fix, index) => {
      this.#fix(fix, workload, index + 1);
    });
    if (!all && workload.fixes.length > shown.length) {
      this.#add(2, "", this.#words.otherFixes(workload.fixes.length - shown.length), "faint");
    }
    for (const refused of all ? workload.refused.slice(0, 4) : []) {
      this.#add(
        2,
        `${this.#words.refused}: `,
        `${refused.changes.map((change) => change.edit).join(", ")}: ${refused.reason[language]}`,
        "faint",
      );
    }
  }

  /** The first fix is the least; the others of its kind only have their number. */
  #fix(fix: Fix, workload: WorkloadResult, number: number): void {
    const { all, language } = this.#options;
    const title = { closing: this.#words.fix, partial: this.#words.partialFix, replacement: this.#words.replacement }[
      fix.kind
    ];
    this.#add(
      2,
      number > 1 && fix.kind === "closing" ? `${number} ` : `${title}: `,
      fix.changes.map((change) => change.summary[language]).join(language === "ja" ? "、" : "; "),
      "act",
    );
    for (const change of fix.changes) {
      for (const line of pasteLines(change, workload.kind, language)) {
        this.#add(6, `${line.sign} `, line.text, line.sign === "-" ? "open" : "act");
      }
    }
    const closed = fix.closes
      .filter((gain) => ["critical", "high"].includes(gainKind(gain).severity))
      .sort((left, right) => gainRank(left) - gainRank(right));
    if (closed.length > 0) {
      const named = all ? closed : closed.slice(0, CLOSED_MAX);
      const rest = closed.length > named.length ? `, +${closed.length - named.length}` : "";
      this.#add(4, `${this.#words.closes}: `, `${named.join(", ")}${rest}`, "faint");
    }
    if (fix.note !== undefined) {
      this.#add(4, "", fix.note[language], "weakened");
    }
  }

  #findings(workload: WorkloadResult, worst: Gain | undefined): void {
    const { all } = this.#options;
    if (!all) {
      const others = workload.paths.filter((path) => path.gain === worst?.gain).length - 1;
      this.#add(2, "", this.#words.more(Math.max(others, 0), workload.findings.length), "faint");
      return;
    }
    this.#add(2, "", this.#words.findings, "strong");
    for (const finding of workload.findings) {
      this.#finding(finding);
    }
  }

  #finding({ severity, certainty, title, id, location }: Finding): void {
    const sureness = certainty === "yes" ? "" : ` (${this.#words.possibly})`;
    const text = `${title[this.#options.language]}${sureness} [${id}]  ${placeText(location)}`;
    this.#add(4, `${padEnd(severity, 9)}`, text);
  }

  /** Findings of the host and its daemon; the lesser ones only with `--all`. */
  host({ hostFindings, hostControls = [] }: AuditResult): void {
    if (hostFindings.length === 0) {
      return;
    }
    const shown = this.#options.all
      ? hostFindings
      : hostFindings.filter(
          ({ severity, certainty }) => certainty === "yes" && severity !== "info" && severity !== "low",
        );
    const count = (status: HostControl["status"]) => hostControls.filter((control) => control.status === status).length;
    this.#add(0, "○ ", this.#words.host(hostFindings.length), "plain");
    if (hostControls.length > 0) {
      this.#add(2, "", this.#words.controls(count("pass"), count("fail"), count("unknown"), count("not-applicable")));
    }
    for (const finding of shown) {
      this.#finding(finding);
    }
    if (shown.length < hostFindings.length) {
      this.#add(2, "", this.#words.moreFindings(hostFindings.length - shown.length), "faint");
    }
    this.lines.push("");
  }

  problems({ problems, complete }: AuditResult): void {
    if (problems.length === 0) {
      return;
    }
    if (!complete) {
      this.#add(0, "", this.#words.incomplete, "open");
    }
    const shown = this.#options.all ? problems : problems.slice(0, PROBLEMS_MAX);
    for (const problem of shown) {
      const text = `${placeText(problem.place)}: ${quoteUntrusted(problem.message[this.#options.language], 400)}`;
      this.#add(2, problem.severity === "error" ? "! " : "- ", text, problem.severity === "error" ? "open" : "plain");
    }
    if (problems.length > shown.length) {
      this.#add(2, "", `… +${problems.length - shown.length}`, "faint");
    }
    this.lines.push("");
  }

  presumptions({ workloads }: AuditResult): void {
    const facts = new Set(
      workloads.flatMap(({ paths }) =>
        paths
          .filter((path) => path.gain === "host-root")
          .flatMap((path) =>
            path.steps.flatMap((step) =>
              step.because.filter(({ presumed }) => presumed === true).map(({ fact }) => fact),
            ),
          ),
      ),
    );
    if (facts.size > 0 && this.#options.all) {
      this.#add(0, "", this.#words.presumptions, "faint");
      this.#add(2, "", [...facts].join(", "), "faint");
      this.lines.push("");
    }
  }

  summary(result: AuditResult): void {
    if (result.workloads.length === 0) {
      this.#add(0, "", this.#words.nothing);
      return;
    }
    const containers = result.workloads.filter(({ kind }) => kind !== "image");
    if (containers.length === 0) {
      this.#putAside(result);
      return;
    }
    const { hostRoot, hostRootPossible, workloads } = summaryOf({ ...result, workloads: containers });
    const ink: Ink = hostRoot > 0 ? "open" : hostRootPossible > 0 ? "weakened" : "strong";
    this.#add(0, "", this.#words.summary(hostRoot, hostRootPossible, workloads, result.complete), ink);
    this.#putAside(result);
  }

  #putAside({ workloads, hostSuppressed }: AuditResult): void {
    const aside = [...(hostSuppressed ?? []), ...workloads.flatMap(({ suppressed }) => suppressed ?? [])];
    const known = aside.filter(({ baseline }) => baseline).length;
    if (aside.length > 0) {
      this.#add(0, "", this.#words.putAside(aside.length - known, known));
    }
  }
}

/** Between a Latin letter and the Japanese word after it stands a space: `root に`. */
const beforeParticle = (text: string, language: Language): string =>
  language === "ja" && /[\w)]$/.test(text) ? `${text} ` : text;

/** Presumed facts and facts that always hold say nothing in a short proof. */
const worthShowing = (evidence: Evidence): boolean =>
  evidence.presumed !== true &&
  evidence.fact !== "mount.anyhostfs" &&
  !(evidence.fact.startsWith("lsm.") && evidence.known === "yes") &&
  !evidence.fact.startsWith("not ");

/** `file:line:column field`, as editors and terminals know how to follow. */
export function placeText({ uri, line, column, field }: Place): string {
  const where = line === undefined ? uri : column === undefined ? `${uri}:${line}` : `${uri}:${line}:${column}`;
  return quoteUntrusted(field === undefined ? where : `${where} ${field}`, 200);
}
