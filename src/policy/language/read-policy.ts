import type { Language, LocalizedText } from "../../base/index.ts";
import { PRESETS } from "../presets/index.ts";
import { type ClientRules, clientRules } from "./client-rules.ts";
import { ExpressionError } from "./expression.ts";
import { POLICY_SCHEMA, type WrittenClient, type WrittenPolicy } from "./schema.ts";

/** A policy, ready to decide by. */
export interface Policy {
  readonly language: Language;
  readonly clients: ReadonlyMap<string, ClientRules>;
}

/** Something wrong in a policy file. */
export interface PolicyProblem {
  /** `clients.ci.mounts[0].path`. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: LocalizedText;
}

export type PolicyResult =
  | { readonly kind: "policy"; readonly policy: Policy }
  | { readonly kind: "problems"; readonly problems: readonly PolicyProblem[] };

/** Where a part of the document stands in its file. */
export type PlaceOf = (path: readonly PropertyKey[]) => { readonly line: number; readonly column: number } | undefined;

/** Problems of one file that are told at once. */
export const POLICY_PROBLEMS_MAX = 20;

/** Reads a policy out of a parsed YAML or JSON document. Never throws for what the document holds. */
export function readPolicy(document: unknown, placeOf: PlaceOf): PolicyResult {
  const parsed = POLICY_SCHEMA.safeParse(document);
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, POLICY_PROBLEMS_MAX).flatMap((issue) => {
      // A key that is not known is told at its own line, not at the section's.
      const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
      return paths.map((path) => problem(path, placeOf, { en: issue.message, ja: issue.message }));
    });
    return { kind: "problems", problems };
  }
  return resolve(parsed.data, placeOf);
}

function resolve(written: WrittenPolicy, placeOf: PlaceOf): PolicyResult {
  const language = written.language ?? "en";
  const clients = new Map<string, ClientRules>();
  const problems: PolicyProblem[] = [];
  for (const [name, client] of Object.entries(written.clients)) {
    const preset = client.preset === undefined ? undefined : presetNamed(client.preset);
    if (client.preset !== undefined && preset === undefined) {
      problems.push(problem(["clients", name, "preset"], placeOf, noPreset(client.preset)));
      continue;
    }
    try {
      clients.set(name, clientRules(name, { ...preset, ...client }, language));
    } catch (error) {
      if (!(error instanceof ExpressionError)) {
        throw error;
      }
      const index = (client.rules ?? []).findIndex((rule) => rule.name === error.rule);
      problems.push(
        problem(["clients", name, "rules", index, error.part], placeOf, { en: error.message, ja: error.message }),
      );
    }
  }
  return problems.length > 0 ? { kind: "problems", problems } : { kind: "policy", policy: { language, clients } };
}

const presetNamed = (name: string): WrittenClient | undefined => PRESETS.find((preset) => preset.id === name)?.client;

function noPreset(name: string): LocalizedText {
  const known = PRESETS.map((preset) => preset.id).join(", ");
  return {
    en: `there is no preset ${JSON.stringify(name)}; there are ${known}`,
    ja: `プリセット ${JSON.stringify(name)} はありません。あるのは ${known} です`,
  };
}

/** The policy of a preset alone, with one client of the preset's name. */
export function presetPolicy(id: string, language: Language): Policy | undefined {
  const preset = presetNamed(id);
  return preset && { language, clients: new Map([[id, clientRules(id, preset, language)]]) };
}

function problem(path: readonly PropertyKey[], placeOf: PlaceOf, message: LocalizedText): PolicyProblem {
  const place = placeOf(path);
  const written = path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`))
    .join("");
  return { path: written, message, ...(place === undefined ? {} : place) };
}
