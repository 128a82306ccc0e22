import { stringify } from "yaml";
import { PRESETS, type Preset } from "../../policy/index.ts";
import { displayWidth, wrap } from "../../report/index.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { loadPolicy, PolicyFileError } from "../policy-file.ts";
import { writeOut } from "../terminal.ts";

/** Options of `sekisho guard policy …`, as commander hands them over. */
export interface PolicyOptions {
  readonly format?: string;
  readonly lang?: string;
}

/** Columns of the comments in a policy that is shown. */
const COMMENT_COLUMNS = 76;

/** `sekisho guard policy list`. */
export async function runPolicyList(options: PolicyOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const width = Math.max(...PRESETS.map(({ id }) => displayWidth(id)));
  await writeOut(PRESETS.map(({ id, title }) => `${id.padEnd(width)}  ${title[language]}\n`).join(""));
  return EXIT.clean;
}

/** `sekisho guard policy show PRESET`: a policy file that can be used and changed. */
export async function runPolicyShow(name: string, options: PolicyOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const preset = PRESETS.find(({ id }) => id === name);
  if (preset === undefined || !["yaml", "json"].includes(options.format ?? "yaml")) {
    const why = preset === undefined ? PRESETS.map(({ id }) => id).join(", ") : "--format takes yaml or json";
    process.stderr.write(`sekisho guard policy show: ${why}\n`);
    return EXIT.usage;
  }
  const document = { version: 1, language, clients: { [preset.id]: preset.client } };
  await writeOut(
    options.format === "json"
      ? `${JSON.stringify(document, undefined, 2)}\n`
      : `${comments(preset, language)}${stringify(document, { lineWidth: 100 })}`,
  );
  return EXIT.clean;
}

/** `sekisho guard policy check FILE`. */
export async function runPolicyCheck(file: string, options: PolicyOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  try {
    const { clients } = loadPolicy(file, language);
    await writeOut(`${file}: ${[...clients.keys()].join(", ")}\n`);
    return EXIT.clean;
  } catch (error) {
    if (!(error instanceof PolicyFileError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  }
}

function comments({ title, can, cannot }: Preset, language: "en" | "ja"): string {
  const heads = { en: ["It can:", "It cannot:"], ja: ["できること:", "できないこと:"] }[language];
  const lines = [
    title[language],
    "",
    heads[0] ?? "",
    ...can.flatMap((entry) => point(entry[language])),
    "",
    heads[1] ?? "",
    ...cannot.flatMap((entry) => point(entry[language])),
  ];
  return lines.map((line) => `${`# ${line}`.trimEnd()}\n`).join("");
}

function point(text: string): string[] {
  return wrap(text, COMMENT_COLUMNS - 2).map((line, index) => `${index === 0 ? "- " : "  "}${line}`);
}
