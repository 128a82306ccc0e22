import { DecoyError, type Planted, plantedIn } from "../../decoy/index.ts";
import { canariesToCsv, canariesToText } from "../../report/index.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { writeOut } from "../terminal.ts";

/** Options of `sekisho decoy canary`, as commander hands them over. */
export interface DecoyCanaryOptions {
  readonly dir: string;
  readonly format: string;
  readonly lang?: string;
}

const WORDS = {
  format: { en: "--format takes text, json or csv", ja: "--format には text、json、csv のいずれかを指定してください" },
  none: {
    en: "no decoy was run with this folder yet; its credentials are made at the first start",
    ja: "このフォルダーではまだデコイが動いていません。資格情報は最初の起動時に作られます",
  },
  unreadable: { en: "the state of the decoy cannot be read: ", ja: "デコイの状態を読めません: " },
} as const;

/** `sekisho decoy canary`: the credentials that this installation planted. Resolves to the exit status. */
export async function runDecoyCanary(options: DecoyCanaryOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const complain = (text: string): number => {
    process.stderr.write(`sekisho decoy canary: ${text}\n`);
    return EXIT.usage;
  };
  if (!["text", "json", "csv"].includes(options.format)) {
    return complain(WORDS.format[language]);
  }
  let planted: Planted | undefined;
  try {
    planted = plantedIn(options.dir);
  } catch (error) {
    if (error instanceof DecoyError || error instanceof SyntaxError || (error instanceof Error && "code" in error)) {
      return complain(WORDS.unreadable[language] + error.message);
    }
    throw error;
  }
  if (planted === undefined) {
    return complain(WORDS.none[language]);
  }
  const { firstSeen, ...rest } = planted;
  const document = { ...rest, planted: new Date(firstSeen).toISOString() };
  const written = {
    json: () => `${JSON.stringify(document, null, 2)}\n`,
    csv: () => canariesToCsv(document),
    text: () => canariesToText(document, language),
  };
  await writeOut(written[options.format as keyof typeof written]());
  return EXIT.clean;
}
