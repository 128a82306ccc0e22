import { writeFileSync } from "node:fs";
import { z } from "zod";
import type { Baseline } from "../../audit/index.ts";
import type { Finding } from "../../findings/index.ts";
import { ReadError } from "../../readers/index.ts";
import { readInput } from "../inputs/files.ts";

/** Most findings of a baseline. */
export const BASELINE_FINDINGS_MAX = 1_000_000;

const baselineFile = z.object({
  schema: z.literal("sekisho.baseline/v1"),
  findings: z
    .array(z.object({ fingerprint: z.string(), rule: z.string(), file: z.string() }))
    .max(BASELINE_FINDINGS_MAX),
});

/** Reads a baseline. @throws {ReadError} when it is none. */
export function readBaseline(uri: string): Baseline {
  const source = readInput(uri);
  let document: unknown;
  try {
    document = JSON.parse(source);
  } catch (error) {
    const message = (error as Error).message;
    throw new ReadError("BAD_SYNTAX", { en: message, ja: `JSON の誤り: ${message}` }, { uri });
  }
  const parsed = baselineFile.safeParse(document);
  if (!parsed.success) {
    const message = "this is no baseline: write one with --write-baseline";
    const ja = "ベースラインではありません。--write-baseline で作れます";
    throw new ReadError("NOT_THIS_INPUT", { en: message, ja }, { uri });
  }
  return { uri, fingerprints: new Set(parsed.data.findings.map(({ fingerprint }) => fingerprint)) };
}

/** Writes a baseline: sorted and without times or lines, so that it changes only when the findings do. */
export function writeBaseline(file: string, findings: readonly Finding[]): void {
  const entries = findings
    .map(({ fingerprint, id, location }) => ({ fingerprint, rule: id, file: location.uri }))
    .sort((left, right) => (`${left.file} ${left.rule}` < `${right.file} ${right.rule}` ? -1 : 1));
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`);
  writeFileSync(file, `{\n  "schema": "sekisho.baseline/v1",\n  "findings": [\n${lines.join(",\n")}\n  ]\n}\n`);
}
