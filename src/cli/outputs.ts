import { writeFileSync } from "node:fs";
import type { Language } from "../base/index.ts";
import type { AuditResult, Severity } from "../findings/index.ts";
import {
  type AuditDocument,
  auditToCsv,
  auditToDocument,
  auditToGitlab,
  auditToHtml,
  auditToJunit,
  auditToMarkdown,
  auditToSarif,
  auditToText,
} from "../report/index.ts";
import { ruleLookup } from "./rules.ts";
import { terminalColumns, terminalPaint, writeOut } from "./terminal.ts";
import { titleOf } from "./titles.ts";
import { VERSION } from "./version.ts";

/** Formats of `sekisho audit --format`; `text` is another name of `table`. */
export const FORMATS = ["table", "text", "json", "sarif", "junit", "html", "markdown", "gitlab", "csv"] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];

/** Where one report goes. */
export interface Output {
  readonly format: Format;
  /** A file; `undefined`: standard output. */
  readonly file: string | undefined;
}

/** Reads the values of `-f`, each `FORMAT` or `FORMAT=FILE`. Returns a sentence when they make no sense. */
export function parseOutputs(values: readonly string[]): readonly Output[] | string {
  const outputs: Output[] = [];
  for (const value of values) {
    const equals = value.indexOf("=");
    const name = equals < 0 ? value : value.slice(0, equals);
    const file = equals < 0 ? undefined : value.slice(equals + 1);
    const format = FORMATS.find((known) => known === name);
    if (format === undefined || file === "") {
      return `--format takes ${FORMATS.join(", ")}, or one of them with a file: sarif=out.sarif`;
    }
    outputs.push({ format, file: file === "-" ? undefined : file });
  }
  return outputs.filter(({ file }) => file === undefined).length > 1
    ? "only one format goes to standard output; give the others a file: sarif=out.sarif"
    : outputs;
}

/** How reports are written. */
export interface OutputOptions {
  readonly language: Language;
  readonly all: boolean;
  readonly failOn: Severity | "never";
}

/** Writes every report. Resolves to what could not be written, in words; `undefined` when all was. */
export async function writeOutputs(
  outputs: readonly Output[],
  result: AuditResult,
  options: OutputOptions,
): Promise<string | undefined> {
  let document: AuditDocument | undefined;
  const documentOf = (): AuditDocument => {
    document ??= auditToDocument(result, VERSION, options.language);
    return document;
  };
  for (const { format, file } of outputs) {
    const text = render(format, result, documentOf, { ...options, toTerminal: file === undefined });
    if (file === undefined) {
      await writeOut(text);
      continue;
    }
    try {
      writeFileSync(file, text);
    } catch (error) {
      return `cannot write ${file}: ${(error as Error).message}`;
    }
  }
  return undefined;
}

function render(
  format: Format,
  result: AuditResult,
  documentOf: () => AuditDocument,
  { language, all, failOn, toTerminal }: OutputOptions & { readonly toTerminal: boolean },
): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(documentOf(), undefined, 2)}\n`;
    case "sarif":
      return auditToSarif(documentOf(), ruleLookup(language));
    case "junit":
      return auditToJunit(documentOf(), { failOn });
    case "html":
      return auditToHtml(documentOf(), { language, ruleOf: ruleLookup(language), time: now() });
    case "markdown":
      return auditToMarkdown(documentOf(), { language, ruleOf: ruleLookup(language) });
    case "gitlab":
      return auditToGitlab(documentOf());
    case "csv":
      return auditToCsv(documentOf());
    case "table":
    case "text":
      return auditToText(result, {
        language,
        columns: terminalColumns(),
        paint: toTerminal ? terminalPaint() : (text) => text,
        all,
        titleOf: titleOf(language),
      });
  }
}

/** Now, to the minute, in the reader's zone with its offset: a report is read elsewhere and later. */
function now(): string {
  const date = new Date();
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, "YYYY-MM-DDTHH:MM".length);
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(Math.abs(offset) / 60);
  return `${local.replace("T", " ")} UTC${offset < 0 ? "-" : "+"}${two(hours)}:${two(Math.abs(offset) % 60)}`;
}
