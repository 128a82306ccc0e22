import { posix } from "node:path";
import type { ComposeOptions } from "./compose-options.ts";
import { parseEnvFile } from "./dotenv.ts";
import type { Environment, EnvironmentValue } from "./environment.ts";
import { ENV_FILE_CHARACTERS_MAX } from "./limits.ts";
import type { Sources } from "./lines.ts";
import { MESSAGES } from "./messages.ts";
import type { Problems } from "./problems.ts";

/** The variables of a project, and files of them that were wanted and could not be read. */
export interface ProjectEnvironment {
  readonly environment: Environment;
  readonly missing: readonly string[];
}

/** What docker compose substitutes: the caller's environment, then `--env-file`, or the `.env` of the directory. */
export function projectEnvironment(
  options: ComposeOptions,
  dotEnvUri: string,
  sources: Sources,
  problems: Problems,
): ProjectEnvironment {
  const own = Object.entries(options.environment ?? {}).flatMap(([name, text]): [string, EnvironmentValue][] =>
    text === undefined ? [] : [[name, { text }]],
  );
  const outer: Environment = { values: new Map(own), closed: options.environment !== undefined };
  const missing: string[] = [];
  if (options.envFiles === undefined) {
    const path = options.directory === undefined ? undefined : posix.join(options.directory, ".env");
    const text = path === undefined ? undefined : options.readFile?.(path);
    const files = path === undefined || text === undefined ? [] : [{ uri: dotEnvUri, text }];
    return { environment: withEnvFiles(outer, files, sources, problems), missing };
  }
  const files = options.envFiles.flatMap((uri) => {
    const text = options.readFile?.(posix.resolve(options.directory ?? "/", uri));
    if (text === undefined) {
      missing.push(uri);
    }
    return text === undefined ? [] : [{ uri, text }];
  });
  return { environment: withEnvFiles(outer, files, sources, problems), missing };
}

/** The variables of an environment and, below them, those of files; later files stand above earlier ones. */
export function withEnvFiles(
  outer: Environment,
  files: readonly { readonly uri: string; readonly text: string }[],
  sources: Sources,
  problems: Problems,
): Environment {
  const values = new Map<string, EnvironmentValue>();
  for (const { uri, text } of files) {
    const source = sources.addText(uri, text);
    if (text.length > ENV_FILE_CHARACTERS_MAX) {
      problems.add("error", source.base, "", MESSAGES.envFileTooLarge(ENV_FILE_CHARACTERS_MAX));
      continue;
    }
    const known = { values: new Map([...values, ...outer.values]), closed: outer.closed };
    const { entries, faults } = parseEnvFile(text, known);
    for (const offset of faults) {
      problems.add("error", source.base + offset, "", MESSAGES.badEnvLine());
    }
    for (const { key, value } of entries) {
      if (value !== undefined) {
        values.set(key, value);
      }
    }
  }
  return { values: new Map([...values, ...outer.values]), closed: outer.closed };
}
