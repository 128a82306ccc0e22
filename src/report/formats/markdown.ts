import type { Language } from "../../base/index.ts";
import { gainKind, SEVERITIES } from "../../findings/index.ts";
import { auditWords, reportWords } from "../../text/index.ts";
import type { AuditDocument } from "../audit-schema.ts";
import { type DocumentWorkload, placeOf } from "./entries.ts";
import { escapeMarkdown, markdownCode } from "./escape.ts";
import type { RuleLookup } from "./rule-text.ts";

/** Workloads that are told in full; the others stand in the table. A comment of a merge request has room for about 65,000 characters. */
export const SECTIONS_MAX = 25;

/** Findings of one section. */
const FINDINGS_MAX = 40;

/** What a Markdown report needs besides the document. */
export interface MarkdownOptions {
  readonly language: Language;
  readonly ruleOf: RuleLookup;
}

/** A report for merge requests and job summaries: the answer, a table of the workloads, then each that reaches its host. */
export function auditToMarkdown(document: AuditDocument, options: MarkdownOptions): string {
  const words = reportWords(options.language);
  const { summary, complete } = document;
  const containers = document.workloads.filter(({ kind }) => kind !== "image");
  const images = document.workloads.filter(({ kind }) => kind === "image");
  const sentence = auditWords(options.language).summary(
    summary.hostRoot,
    summary.hostRootPossible,
    containers.length,
    complete,
  );
  const ranked = [...containers].sort((left, right) => rank(left) - rank(right));
  const told = ranked.filter((workload) => worstGain(workload) !== undefined).slice(0, SECTIONS_MAX);
  return [
    `## ${escapeMarkdown(sentence)}`,
    ...counts(document, options.language),
    ...table(ranked, options),
    ...told.flatMap((workload) => section(workload, options)),
    ...images.flatMap(({ name, findings }) => findingSection(name, findings, options)),
    ...findingSection(words.host, document.host.findings, options),
    ...problems(document, options.language),
    `<sub>${escapeMarkdown(`${words.writtenBy} ${document.tool.name} ${document.tool.version}`)}</sub>`,
    "",
  ].join("\n");
}

const worstGain = ({ gains }: DocumentWorkload) =>
  gains.find(({ gain }) => gainKind(gain).overHost && ["critical", "high"].includes(gainKind(gain).severity));

function rank(workload: DocumentWorkload): number {
  const worst = worstGain(workload);
  if (worst === undefined) {
    return 4;
  }
  return (worst.gain === "host-root" ? 0 : 2) + (worst.certainty === "yes" ? 0 : 1);
}

function counts({ summary }: AuditDocument, language: Language): readonly string[] {
  const words = reportWords(language);
  const parts = SEVERITIES.flatMap((severity) => {
    const count = summary.bySeverity[severity] ?? 0;
    return count > 0 ? [`${words.severities[severity]} ${count}`] : [];
  });
  return parts.length > 0 ? ["", parts.join(" · "), ""] : [""];
}

function table(workloads: readonly DocumentWorkload[], { language }: MarkdownOptions): readonly string[] {
  if (workloads.length === 0) {
    return [];
  }
  const words = reportWords(language);
  return [
    `| ${words.workload} | ${words.place} | ${words.gain} | ${words.firstFix} |`,
    "| --- | --- | --- | --- |",
    ...workloads.map((workload) => {
      const worst = worstGain(workload);
      const gain = worst === undefined ? words.none : gainText(worst, language);
      const fix = workload.fixes[0]?.changes.map(({ edit }) => markdownCode(edit)).join("<br>") ?? "";
      return `| ${escapeMarkdown(workload.name)} | ${markdownCode(placeOf(workload.source))} | ${gain} | ${worst ? fix : ""} |`;
    }),
    "",
  ];
}

function gainText({ gain, certainty }: DocumentWorkload["gains"][number], language: Language): string {
  const words = reportWords(language);
  const title = escapeMarkdown(gainKind(gain).title[language]);
  return certainty === "yes" ? `**${title}**` : `${title} (${words.possible})`;
}

function section(workload: DocumentWorkload, { language, ruleOf }: MarkdownOptions): readonly string[] {
  const words = reportWords(language);
  const worst = worstGain(workload);
  const path = workload.paths.find(({ gain, certainty }) => gain === worst?.gain && certainty === worst.certainty);
  const fix = workload.fixes[0];
  return [
    `### ${escapeMarkdown(workload.name)}`,
    "",
    ...(path?.steps.map(({ technique, because }, index) => {
      const facts = because.map(({ fact, from }) => `${markdownCode(fact)} ${markdownCode(placeOf(from))}`);
      const title = ruleOf(technique)?.title ?? technique;
      return `${index + 1}. ${escapeMarkdown(title)} (${markdownCode(technique)})${facts.length > 0 ? `: ${facts.join(", ")}` : ""}`;
    }) ?? []),
    "",
    ...(fix
      ? [
          `${words.firstFix}:`,
          "",
          ...fix.changes.map(({ summary, edit }) => `- ${escapeMarkdown(summary)} (${markdownCode(edit)})`),
          "",
        ]
      : []),
    "<details>",
    `<summary>${escapeMarkdown(words.findings(workload.findings.length))}</summary>`,
    "",
    ...workload.findings.slice(0, FINDINGS_MAX).map((finding) => findingLine(finding, language)),
    ...more(workload.findings.length - FINDINGS_MAX, language),
    "",
    "</details>",
    "",
  ];
}

const more = (count: number, language: Language): readonly string[] =>
  count > 0 ? [`- ${escapeMarkdown(reportWords(language).more(count))}`] : [];

function findingSection(
  name: string,
  findings: DocumentWorkload["findings"],
  { language }: MarkdownOptions,
): readonly string[] {
  return findings.length === 0
    ? []
    : [
        `### ${escapeMarkdown(name)}`,
        "",
        ...findings.slice(0, FINDINGS_MAX).map((finding) => findingLine(finding, language)),
        ...more(findings.length - FINDINGS_MAX, language),
        "",
      ];
}

function findingLine(
  { severity, certainty, id, title, location }: DocumentWorkload["findings"][number],
  language: Language,
): string {
  const words = reportWords(language);
  const sureness = certainty === "yes" ? "" : ` (${words.possible})`;
  return `- ${words.severities[severity]}${sureness}: ${escapeMarkdown(title)} (${markdownCode(id)}, ${markdownCode(placeOf(location))})`;
}

function problems({ errors }: AuditDocument, language: Language): readonly string[] {
  const serious = errors.filter(({ severity }) => severity === "error");
  return serious.length === 0
    ? []
    : [
        `### ${auditWords(language).incomplete}`,
        "",
        ...serious.map(({ message, location }) => `- ${markdownCode(placeOf(location))}: ${escapeMarkdown(message)}`),
        "",
      ];
}
