import { DecoyError, DISCARD, startDecoy } from "../../decoy/index.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";

/** Options of `sekisho decoy`, as commander hands them over. */
export interface DecoyCommandOptions {
  readonly listen: string;
  readonly lang?: string;
}

const WORDS = {
  listen: {
    en: "--listen takes tcp://HOST:PORT",
    ja: "--listen には tcp://ホスト:ポート を指定してください",
  },
} as const;

/** `sekisho decoy`. Resolves to the exit status, when SIGTERM or SIGINT has ended it. */
export async function runDecoy(options: DecoyCommandOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const place = /^tcp:\/\/(\[[0-9A-Fa-f:.]+\]|[^:/]+):(\d{1,5})$/.exec(options.listen);
  if (place === null || Number(place[2]) > 65_535) {
    process.stderr.write(`sekisho decoy: ${WORDS.listen[language]}\n`);
    return EXIT.usage;
  }
  try {
    const decoy = await startDecoy({
      host: (place[1] ?? "").replace(/^\[|\]$/g, ""),
      port: Number(place[2]),
      sink: DISCARD,
      fault: (error) =>
        process.stderr.write(`sekisho decoy: ${error instanceof Error ? error.stack : String(error)}\n`),
    });
    process.stdout.write(`listening on ${decoy.address}\n`);
    process.stderr.write(`listening on ${decoy.address}\n`);
    await new Promise<void>((resolve) => {
      process.once("SIGTERM", () => resolve());
      process.once("SIGINT", () => resolve());
    });
    await decoy.close();
    return EXIT.clean;
  } catch (error) {
    if (error instanceof DecoyError) {
      process.stderr.write(`sekisho decoy: ${error.message}\n`);
      return EXIT.incomplete;
    }
    throw error;
  }
}
