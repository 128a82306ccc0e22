import type { Language } from "../../base/index.ts";
import { gainKind } from "../../findings/index.ts";
import { auditWords, reportWords } from "../../text/index.ts";
import type { AuditDocument } from "../audit-schema.ts";
import { gateMark, planOf, severityGlyph, stateGlyph } from "../drawing/index.ts";
import { type DocumentWorkload, placeOf } from "../formats/entries.ts";
import { escapeXml } from "../formats/escape.ts";
import type { HtmlOptions } from "./html-options.ts";
import { type Told, workloadSection, workloadTable } from "./sections.ts";
import { REPORT_STYLES } from "./styles.ts";

/** Workloads with a section of their own; the table and the data block have all. */
export const HTML_SECTIONS_MAX = 50;

/** Sections whose pictures are open when the page is. */
const OPEN_PICTURES_MAX = 1;

/** Rows of the table of all workloads. */
export const HTML_ROWS_MAX = 2_000;

/** One self-contained page: the answer, the numbers, a section for each workload that has a way, the table, the data. */
export function auditToHtml(document: AuditDocument, options: HtmlOptions): string {
  const { language, ruleOf } = options;
  const words = reportWords(language);
  const all = tell(document);
  const sections = all.filter(({ worst }) => worst !== undefined).slice(0, HTML_SECTIONS_MAX);
  const linked = new Set(sections.map(({ id }) => id));
  const title = headline(document, all.length, language);
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    `<title>Sekisho: ${escapeXml(title)}</title><style>${REPORT_STYLES}</style></head><body><main class="doc">`,
    header(document, options),
    `<h1>${escapeXml(title)}</h1>`,
    numbers(all, language),
    `<p class="legend">${(["holds", "absent", "weakened", "open", "unknown"] as const).map((state) => `<span>${stateGlyph(state)}${words.wallStates[state]}</span>`).join("")}</p>`,
    incomplete(document, language),
    ...sections.map((told, index) => workloadSection(told, language, ruleOf, index < OPEN_PICTURES_MAX)),
    all.length === 0 ? "" : workloadTable(all.slice(0, HTML_ROWS_MAX), linked, language),
    ...document.workloads
      .filter(({ kind }) => kind === "image")
      .map((image) => findingList(image.name, image.findings, language)),
    findingList(words.host, document.host.findings, language),
    `<p class="tiny muted" style="margin-top:24px">sekisho ${escapeXml(document.tool.version)} · ${document.schema}</p></main>`,
    // Inside a data block only "</" could end it; JSON may write < as an escape anywhere.
    `<script type="application/json" id="sekisho-audit">${JSON.stringify(document).replaceAll("<", "\\u003c")}</script></body></html>\n`,
  ].join("\n");
}

function tell(document: AuditDocument): readonly Told[] {
  return document.workloads
    .filter(({ kind }) => kind !== "image")
    .map((workload, index) => ({
      workload,
      plan: planOf(workload, document.host.facts),
      worst: worstGain(workload),
      id: `w${index + 1}`,
    }))
    .sort((left, right) => rank(left) - rank(right));
}

/** The gain that the section is about: the worst over the host that is worth a section. */
function worstGain({ gains }: DocumentWorkload): DocumentWorkload["gains"][number] | undefined {
  const serious = gains.filter(({ gain }) => {
    const { overHost, severity } = gainKind(gain);
    return overHost && severity !== "low" && severity !== "info";
  });
  return (
    serious.find(({ gain }) => gain === "host-root") ??
    serious.find(({ certainty }) => certainty === "yes") ??
    serious[0]
  );
}

const rank = ({ worst }: Told): number =>
  worst === undefined ? 4 : (worst.gain === "host-root" ? 0 : 2) + (worst.certainty === "yes" ? 0 : 1);

function headline({ summary, complete }: AuditDocument, workloads: number, language: Language): string {
  const { hostRoot, hostRootPossible } = summary;
  return workloads === 0
    ? auditWords(language).nothing
    : auditWords(language).summary(hostRoot, hostRootPossible, workloads, complete);
}

function header({ complete, tool }: AuditDocument, { language, time }: HtmlOptions): string {
  const words = reportWords(language);
  const state = complete ? words.complete : words.notComplete;
  return `<header>${gateMark(22)}<b>Sekisho</b><span>${words.auditReport}</span><span class="push">${escapeXml(`${time} · ${tool.name} ${tool.version} · ${state}`)}</span></header>`;
}

/** Four numbers that add up to the number of workloads. */
function numbers(all: readonly Told[], language: Language): string {
  const words = reportWords(language);
  const count = (ranks: readonly number[]): number => all.filter((told) => ranks.includes(rank(told))).length;
  const [root, possible, lesser, none] = [count([0]), count([1]), count([2, 3]), count([4])];
  const cell = (value: number, label: string, ink: string): string =>
    `<div><b${value > 0 && ink !== "" ? ` class="${ink}"` : ""}>${value}</b><span>${label}</span></div>`;
  return `<div class="sum">${cell(root, words.reachRoot, "shu")}${cell(possible, words.reachPossible, "ki")}${cell(lesser, words.reachLesser, "")}${cell(none, words.none, "")}</div>`;
}

function incomplete({ errors, complete }: AuditDocument, language: Language): string {
  const serious = errors.filter(({ severity }) => severity === "error");
  if (complete && serious.length === 0) {
    return "";
  }
  const items = serious.map(
    ({ message, location }) => `<li class="mono tiny">${escapeXml(`${placeOf(location)}: ${message}`)}</li>`,
  );
  return `<section class="wk"><h2>${auditWords(language).incomplete}</h2><ul style="margin-top:8px">${items.join("")}</ul></section>`;
}

/** A list of findings under a heading: of the host, or of how an image is built. */
function findingList(name: string, findings: AuditDocument["host"]["findings"], language: Language): string {
  if (findings.length === 0) {
    return "";
  }
  const words = reportWords(language);
  const items = findings.map(({ severity, certainty, id, title, message, location }) => {
    const sureness = certainty === "yes" ? "" : ` · ${words.possible}`;
    const under = `${id} · ${words.severities[severity]}${sureness} · ${placeOf(location)}`;
    return `<li>${severityGlyph(severity)}<span>${escapeXml(title)}<small class="mono">${escapeXml(under)}</small><small>${escapeXml(message)}</small></span></li>`;
  });
  return `<section class="wk"><h2>${escapeXml(name)}</h2><ul class="pt" style="margin-top:8px">${items.join("")}</ul></section>`;
}
