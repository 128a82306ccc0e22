import { compatibilityOf, ROOTLESS_LIMITS } from "../../audit/index.ts";
import { type Language, quoteUntrusted } from "../../base/index.ts";
import { compatToDocument, compatToText, type NamedCompatibility } from "../../report/index.ts";
import type { Collected } from "../collect.ts";
import { EXIT } from "../exit-status.ts";
import type { Output } from "../outputs.ts";
import { terminalColumns, terminalPaint, writeOut } from "../terminal.ts";

/** Longest text of a problem that is shown. */
const PROBLEM_CHARACTERS_MAX = 300;

/** Formats in which compatibility is told. */
const FORMATS: readonly string[] = ["table", "text", "json"];

/** `sekisho audit --compat`: what safer homes make of the workloads that were read. Resolves to the exit status. */
export async function runCompat(
  { workloads, problems, unreadable, complete }: Collected,
  outputs: readonly Output[],
  language: Language,
): Promise<number> {
  const [output] = outputs;
  if (outputs.length !== 1 || output === undefined || output.file !== undefined || !FORMATS.includes(output.format)) {
    process.stderr.write("sekisho audit: --compat goes to standard output as table or json\n");
    return EXIT.usage;
  }
  const named = workloads.map((workload): NamedCompatibility => {
    const { id, name, kind } = workload;
    return { id, name, kind, ...compatibilityOf(workload) };
  });
  const text =
    output.format === "json"
      ? `${JSON.stringify(compatToDocument(named, ROOTLESS_LIMITS), undefined, 2)}\n`
      : compatToText(named, ROOTLESS_LIMITS, { language, columns: terminalColumns(), paint: terminalPaint() });
  await writeOut(text);
  for (const { severity, message, place } of problems) {
    if (severity === "error") {
      const where = [place.uri, place.line].filter((part) => part !== undefined).join(":");
      process.stderr.write(`sekisho: ${quoteUntrusted(`${where}: ${message[language]}`, PROBLEM_CHARACTERS_MAX)}\n`);
    }
  }
  return unreadable ? EXIT.usage : complete ? EXIT.clean : EXIT.incomplete;
}
