import type { ClientRules } from "../policy/index.ts";

/** An ordinary create request: where atoms are put in. */
export interface Base {
  readonly body: Readonly<Record<string, unknown>> & { readonly HostConfig: Readonly<Record<string, unknown>> };
  readonly name: string;
}

/** Ordinary requests that are tried until some are allowed. */
export const BASES_TRIED_MAX = 2_000;

/** Texts of expressions that are put into requests. */
const TEXTS_MAX = 40;

/** Texts that the expressions of a policy compare with: what a request must say to be an exception. */
export function textsOf(rules: ClientRules): readonly string[] {
  const expressions = rules.rules.flatMap(({ require, permit }) => [require?.text ?? "", permit?.text ?? ""]);
  const found = expressions.flatMap((text) =>
    [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1] ?? match[2] ?? ""),
  );
  // Names of verbs and routes say which request is meant, not what is in it.
  return [...new Set(found)].filter((text) => text !== "" && !/^[a-z]+\.[a-z-]+$/.test(text)).slice(0, TEXTS_MAX);
}

/** An example of what a pattern matches. */
const instance = (pattern: string): string => pattern.replace(/\*+/g, "a");

const ID = "0".repeat(64);

/** Ordinary requests, the plainest first: the images that the policy names, users, limits, and words of its expressions. */
export function basesFor(rules: ClientRules, texts: readonly string[]): readonly Base[] {
  const names = ["busybox", ...rules.imageUse.patterns.map(instance), ...texts];
  const images = [
    ...new Set(names.flatMap((name) => (rules.digestRequired ? [`${name}@sha256:${ID}`, name] : [name]))),
  ];
  const { memoryBytes = 1 << 26, cpus = 1, pids = 64 } = rules.limits;
  const limited = { Memory: memoryBytes, NanoCpus: Math.round(cpus * 1e9), PidsLimit: pids };
  const variants: readonly (Omit<Base, "body"> & { readonly part: Base["body"] })[] = [
    { name: "", part: { HostConfig: {} } },
    { name: "", part: { HostConfig: limited } },
    { name: "", part: { User: "1000:1000", HostConfig: {} } },
    { name: "", part: { User: "1000:1000", HostConfig: limited } },
    ...texts.flatMap((text) => [
      ...["true", ...texts].map((value) => ({ name: "", part: { Labels: { [text]: value }, HostConfig: {} } })),
      { name: text, part: { HostConfig: {} } },
      { name: "", part: { User: text, HostConfig: {} } },
      { name: "", part: { Hostname: text, HostConfig: {} } },
      { name: "", part: { Env: [`${text}=1`], HostConfig: {} } },
    ]),
  ];
  return images
    .flatMap((Image) => variants.map(({ name, part }): Base => ({ name, body: { Image, Cmd: ["sh"], ...part } })))
    .slice(0, BASES_TRIED_MAX);
}
