import { existsSync } from "node:fs";
import { isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import { PROFILES } from "../../audit/index.ts";
import { type FindingException, SEVERITIES } from "../../findings/index.ts";
import { ReadError } from "../../readers/index.ts";
import { readInput } from "../inputs/files.ts";

/** The configuration file that is read where none is named. */
export const CONFIG_FILE = "sekisho.yaml";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day: YYYY-MM-DD");
const text = z.string().min(1).max(1_000);

const exception = z.strictObject({
  rule: text.describe("A rule's id, an alias of it (cis-docker-1.6.0:5.4), or a pattern with *"),
  path: text.optional().describe("Pattern of the file, for example deploy/**/compose.yaml"),
  workload: text.optional().describe("Pattern of the workload's name or id; host for findings of the host"),
  reason: text.describe("Why this may stay"),
  owner: text.optional().describe("Who answers for it"),
  expires: day.optional().describe("Last day on which it holds"),
});

const audit = z.strictObject({
  format: z
    .union([text, z.array(text)])
    .optional()
    .describe("As -f on the command line"),
  failOn: z.enum([...SEVERITIES, "never"]).optional(),
  severity: z.enum(SEVERITIES).optional(),
  profile: z.enum(PROFILES).optional(),
  podSecurityVersion: text.optional(),
  rules: z.array(text).max(1_000).optional(),
  skipRules: z.array(text).max(1_000).optional(),
  hostFacts: text.optional(),
  baseline: text.optional(),
  exceptions: z.array(exception).max(10_000).optional(),
});

/** `sekisho.yaml`: a section for each command. Sections of commands that read their own part are left to them. */
export const configFile = z.looseObject({
  lang: z.enum(["en", "ja"]).optional(),
  audit: audit.optional(),
});

/** JSON Schema (draft 2020-12) of the configuration file. */
export const configJsonSchema = (): unknown => z.toJSONSchema(configFile);

/** The audit's part of the configuration file. */
export interface AuditConfig {
  readonly lang?: "en" | "ja";
  readonly settings: Omit<z.infer<typeof audit>, "exceptions">;
  readonly exceptions: readonly FindingException[];
}

const NOTHING: AuditConfig = { settings: {}, exceptions: [] };

/**
 * Reads the named configuration file, or `sekisho.yaml` of the working directory where there is one.
 * @throws {ReadError} with the line of the first mistake.
 */
export function readConfig(named: string | undefined): AuditConfig {
  const uri = named ?? CONFIG_FILE;
  if (named === undefined && !existsSync(uri)) {
    return NOTHING;
  }
  return parseConfig(readInput(uri), uri);
}

/** Reads the text of a configuration file. @throws {ReadError} with the line of the first mistake. */
export function parseConfig(source: string, uri: string): AuditConfig {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false, schema: "core" });
  const placeAt = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { uri, line, column: col };
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new ReadError(
      "BAD_SYNTAX",
      { en: broken.message, ja: `YAML の誤り: ${broken.message}` },
      placeAt(broken.pos[0]),
    );
  }
  const offsetOf = (path: readonly PropertyKey[]): number =>
    offsetAt(document.contents, path, document.getIn.bind(document));
  const parsed = configFile.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])];
    const message = `${path.map(String).join(".") || "the document"}: ${issue?.message ?? "not valid"}`;
    throw new ReadError("WRONG_TYPE", { en: message, ja: `設定の誤り: ${message}` }, placeAt(offsetOf(path)));
  }
  const { lang, audit: section } = parsed.data;
  const { exceptions = [], ...settings } = section ?? {};
  return {
    ...(lang && { lang }),
    settings,
    exceptions: exceptions.map((entry, index) => ({
      ...withoutUndefined(entry),
      place: placeAt(offsetOf(["audit", "exceptions", index])),
    })),
  };
}

type Exception = z.infer<typeof exception>;

function withoutUndefined({
  rule,
  path,
  workload,
  reason,
  owner,
  expires,
}: Exception): Omit<FindingException, "place"> {
  return {
    rule,
    reason,
    ...(path !== undefined && { path }),
    ...(workload !== undefined && { workload }),
    ...(owner !== undefined && { owner }),
    ...(expires !== undefined && { expires }),
  };
}

/** Where a path of the document stands: its key, or the nearest part above it that is there. */
function offsetAt(
  contents: Node | null,
  path: readonly PropertyKey[],
  getIn: (path: readonly unknown[], keepScalar: true) => unknown,
): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? contents : getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => (isScalar(key) ? key.value : key) === last);
      const start = (pair?.key as Node | undefined)?.range?.[0];
      if (start !== undefined) {
        return start;
      }
    }
    const start = (getIn(path.slice(0, length), true) as Node | undefined)?.range?.[0];
    if (start !== undefined) {
      return start;
    }
  }
  return contents?.range?.[0] ?? 0;
}
