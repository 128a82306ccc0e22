import { compareSeverity } from "../../findings/index.ts";
import { padEnd } from "../../report/index.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { rulesIn } from "../rules.ts";
import { writeOut } from "../terminal.ts";

/** `sekisho rules`. Resolves to the exit status. */
export async function runRules(options: { readonly format: string; readonly lang?: string }): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const rules = [...rulesIn(language)].sort(
    (left, right) => compareSeverity(left.severity, right.severity) || (left.id < right.id ? -1 : 1),
  );
  if (options.format === "json") {
    await writeOut(`${JSON.stringify({ schema: "sekisho.rules/v1", rules }, undefined, 2)}\n`);
    return EXIT.clean;
  }
  if (!["text", "table"].includes(options.format)) {
    process.stderr.write("sekisho rules: --format takes text or json\n");
    return EXIT.usage;
  }
  const lines = rules.map(({ id, severity, title }) => `${padEnd(severity, 9)}${padEnd(id, 34)}${title}`);
  await writeOut(`${lines.join("\n")}\n`);
  return EXIT.clean;
}
