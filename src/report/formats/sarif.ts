import { quoteUntrusted } from "../../base/index.ts";
import type { Severity } from "../../findings/index.ts";
import type { AuditDocument } from "../audit-schema.ts";
import {
  type DocumentSuppressed,
  type DocumentWorkload,
  type Entry,
  entriesOf,
  subjectOf,
  suppressedEntriesOf,
} from "./entries.ts";
import { escapeMarkdown, uriReference } from "./escape.ts";
import type { RuleLookup, RuleText } from "./rule-text.ts";

/** Most characters of a message; GitHub shows the first thousand or so. */
const MESSAGE_CHARACTERS_MAX = 2_000;

/** SARIF's levels (SARIF 2.1.0, 3.27.10). */
const LEVEL: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/**
 * Scores by which GitHub sorts (its documentation on SARIF support: over 9.0 critical, 7.0 high, 4.0 medium, below low).
 */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
  info: "0.5",
};

/** A finding, and the exception that put it aside where there is one. */
type SarifEntry = Entry & { readonly suppressed?: DocumentSuppressed };

/** The SARIF 2.1.0 log of an audit. */
export function auditToSarif(document: AuditDocument, ruleOf: RuleLookup): string {
  const entries: readonly SarifEntry[] = [...entriesOf(document), ...suppressedEntriesOf(document)];
  const ids = [...new Set(entries.map(({ finding }) => finding.id))].sort();
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: document.tool.name,
            semanticVersion: document.tool.version,
            rules: ids.map((id) => rule(ruleOf(id) ?? ruleFromFinding(id, entries))),
          },
        },
        automationDetails: { id: "sekisho/audit/" },
        columnKind: "utf16CodeUnits",
        invocations: [invocation(document)],
        results: entries.map((entry) => result(entry, indexOf.get(entry.finding.id) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function invocation({ complete, errors }: AuditDocument): unknown {
  return {
    executionSuccessful: complete,
    ...(errors.length > 0 && {
      toolExecutionNotifications: errors.map(({ severity, message, location }) => ({
        level: severity === "error" ? "error" : "note",
        message: { text: quoteUntrusted(message, MESSAGE_CHARACTERS_MAX) },
        locations: [{ physicalLocation: physicalLocation(location) }],
      })),
    }),
  };
}

function ruleFromFinding(id: string, entries: readonly Entry[]): RuleText {
  const finding = entries.find((entry) => entry.finding.id === id)?.finding;
  return {
    id,
    severity: finding?.severity ?? "info",
    title: finding?.title ?? id,
    explanation: finding?.message ?? "",
    attack: [],
    aliases: finding?.aliases ?? {},
  };
}

function rule({ id, severity, title, explanation, attack, aliases }: RuleText): unknown {
  const others = Object.entries(aliases).flatMap(([catalogue, numbers]) =>
    numbers.map((number) => `${catalogue} ${number}`),
  );
  const attackLines = attack.length > 0 ? [`ATT&CK: ${attack.join(", ")}`] : [];
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: explanation || title },
    help: {
      text: [explanation || title, ...attackLines, ...others].join("\n"),
      markdown: [
        `**${escapeMarkdown(title)}**`,
        "",
        escapeMarkdown(explanation),
        "",
        ...attackLines.map((line) => `${escapeMarkdown(line)}\n`),
        ...others.map((other) => `- ${escapeMarkdown(other)}`),
      ].join("\n"),
    },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      "security-severity": SECURITY_SEVERITY[severity],
      precision: "high",
      tags: ["security", "container", ...attack.map((technique) => `external/attack/${technique.toLowerCase()}`)],
    },
  };
}

function result(entry: SarifEntry, ruleIndex: number): unknown {
  const { finding, workload } = entry;
  const flow = workload === undefined ? undefined : codeFlow(finding.id, workload);
  const certainty = finding.certainty === "yes" ? "" : " (possible)";
  const text = `${subjectOf(entry)}: ${finding.title}${certainty}. ${finding.message}`;
  return {
    ruleId: finding.id,
    ruleIndex,
    level: LEVEL[finding.severity],
    message: { text: quoteUntrusted(text, MESSAGE_CHARACTERS_MAX) },
    locations: [
      {
        physicalLocation: physicalLocation(finding.location),
        logicalLocations: [
          {
            name: subjectOf(entry),
            fullyQualifiedName: workload?.id ?? "host",
            kind: workload?.kind ?? "host",
          },
        ],
      },
    ],
    partialFingerprints: { "sekisho/v1": finding.fingerprint },
    ...(flow && { codeFlows: [flow] }),
    ...(entry.suppressed && { suppressions: [suppression(entry.suppressed)] }),
    properties: {
      "security-severity": SECURITY_SEVERITY[finding.severity],
      certainty: finding.certainty,
      ...(workload && { gains: workload.gains.map(({ gain }) => gain) }),
    },
  };
}

/** GitHub closes an alert whose result is suppressed. A comment in the file is `inSource`; a list elsewhere is `external`. */
function suppression({ by, reason, location, finding }: DocumentSuppressed): object {
  return {
    kind: by === "exception" && location.uri === finding.location.uri ? "inSource" : "external",
    justification: short(reason ?? by),
  };
}

function physicalLocation({ uri, line, column }: Entry["finding"]["location"]): object {
  return {
    artifactLocation: { uri: uriReference(uri) },
    ...(line !== undefined && { region: { startLine: line, ...(column !== undefined && { startColumn: column }) } }),
  };
}

/** The first escape path in which a technique takes part, as steps a reader can click through. */
function codeFlow(id: string, { paths }: DocumentWorkload): object | undefined {
  const path = paths.find(({ steps }) => steps.some(({ technique }) => technique === id));
  if (path === undefined) {
    return undefined;
  }
  const locations = path.steps.flatMap((step) => [
    ...step.because.map(({ fact, from }) => ({
      location: {
        physicalLocation: physicalLocation(from),
        message: { text: quoteUntrusted(fact, MESSAGE_CHARACTERS_MAX) },
      },
    })),
    ...(step.because.length === 0
      ? [
          {
            location: {
              message: { text: quoteUntrusted([...step.uses, step.technique].join(", "), MESSAGE_CHARACTERS_MAX) },
            },
          },
        ]
      : []),
  ]);
  return {
    message: { text: short(`${path.gain} (${path.steps.map(({ technique }) => technique).join(" → ")})`) },
    threadFlows: [{ locations }],
  };
}

const short = (text: string): string => quoteUntrusted(text, MESSAGE_CHARACTERS_MAX);
