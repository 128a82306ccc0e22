/** What is read of a Dockerfile: enough to tell what a build would do. */
export interface DockerfileReading {
  readonly bases: readonly string[];
  /** Scripts of RUN, CMD and ENTRYPOINT, with the line that they begin on. */
  readonly scripts: readonly {
    readonly line: number;
    readonly instruction: string;
    readonly script?: string;
    readonly argv?: readonly string[];
  }[];
  /** Addresses that ADD fetches. */
  readonly added: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
}

/** Most lines of a Dockerfile that are read. */
export const DOCKERFILE_LINES_MAX = 5_000;

/** Reads a Dockerfile leniently: it is evidence, not something to build. */
export function readDockerfile(text: string): DockerfileReading {
  const bases: string[] = [];
  const scripts: DockerfileReading["scripts"][number][] = [];
  const added: string[] = [];
  const environment = new Map<string, string>();
  for (const { line, instruction, rest } of instructionsOf(text)) {
    switch (instruction) {
      case "FROM":
        bases.push(rest.replace(/^--\S+\s+/, "").split(/\s+/)[0] ?? "");
        break;
      case "RUN":
      case "CMD":
      case "ENTRYPOINT":
      case "SHELL":
      case "HEALTHCHECK": {
        const command = rest.replace(/^(?:--\S+\s+)*(?:CMD\s+)?/, "");
        const argv = execForm(command);
        scripts.push({ line, instruction, ...(argv === undefined ? { script: command } : { argv }) });
        break;
      }
      case "ADD":
        added.push(...rest.split(/\s+/).filter((word) => /^(?:https?|git|ftp):/.test(word)));
        break;
      case "ENV":
      case "ARG":
        for (const [, name = "", quoted, plain] of rest.matchAll(/([A-Za-z_]\w*)(?:=|\s+)(?:"([^"]*)"|(\S*))/g)) {
          environment.set(name, quoted ?? plain ?? "");
        }
        break;
    }
  }
  return { bases, scripts, added, environment };
}

function instructionsOf(text: string) {
  const found: { line: number; instruction: string; rest: string }[] = [];
  const lines = text.split(/\r?\n/).slice(0, DOCKERFILE_LINES_MAX);
  for (let at = 0; at < lines.length; at += 1) {
    const start = at;
    let joined = (lines[at] ?? "").trim();
    if (joined === "" || joined.startsWith("#")) {
      continue;
    }
    while (joined.endsWith("\\") && at + 1 < lines.length) {
      at += 1;
      const next = (lines[at] ?? "").trim();
      joined = next.startsWith("#") ? joined : `${joined.slice(0, -1)} ${next}`;
    }
    const hereDocument = /^(?:RUN|COPY)\b.*<<-?["']?(\w+)["']?\s*$/i.exec(joined)?.[1];
    if (hereDocument !== undefined) {
      const from = at + 1;
      const end = lines.findIndex((line, index) => index >= from && line.trim() === hereDocument);
      const stop = end < 0 ? lines.length : end;
      joined = joined.replace(/<<-?.*$/, lines.slice(from, stop).join("\n"));
      at = stop;
    }
    const [, instruction = "", rest = ""] = /^([A-Za-z]+)\s+([\s\S]*)$/.exec(joined) ?? [];
    found.push({ line: start + 1, instruction: instruction.toUpperCase(), rest });
  }
  return found;
}

function execForm(text: string): readonly string[] | undefined {
  if (!text.startsWith("[")) {
    return undefined;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
