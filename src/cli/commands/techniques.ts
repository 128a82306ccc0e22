import { formatExpression } from "../../facts/index.ts";
import { compareSeverity } from "../../findings/index.ts";
import { padEnd } from "../../report/index.ts";
import { type Example, TECHNIQUES, type Technique } from "../../techniques/index.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { writeOut } from "../terminal.ts";

/** `sekisho techniques`. Resolves to the exit status. */
export async function runTechniques(options: { readonly format: string; readonly lang?: string }): Promise<number> {
  const language = languageOf(options.lang, process.env);
  if (options.format === "json") {
    await writeOut(
      `${JSON.stringify({ schema: "sekisho.techniques/v1", techniques: TECHNIQUES.map(techniqueToJson) }, undefined, 2)}\n`,
    );
    return EXIT.clean;
  }
  if (options.format !== "text") {
    process.stderr.write("sekisho techniques: --format takes text or json\n");
    return EXIT.usage;
  }
  const sorted = [...TECHNIQUES].sort(
    (left, right) => compareSeverity(left.severity, right.severity) || (left.id < right.id ? -1 : 1),
  );
  const lines = sorted.map(({ id, severity, title }) => `${padEnd(severity, 9)}${padEnd(id, 34)}${title[language]}`);
  await writeOut(`${lines.join("\n")}\n`);
  return EXIT.clean;
}

/** A technique as data: its precondition as text. */
export function techniqueToJson(technique: Technique): Record<string, unknown> {
  const { needs, examples, aliases, ...rest } = technique;
  const lines = (list: readonly Example[] | undefined) =>
    (list ?? []).map((example) => (typeof example === "string" ? { line: example } : example));
  return {
    ...rest,
    needs: formatExpression(needs),
    aliases: aliases ?? {},
    examples: { open: lines(examples.open), possible: lines(examples.possible), closed: lines(examples.closed) },
  };
}
