import {
  DecoyError,
  DISCARD,
  openRecord,
  PERSONAS,
  RETENTION_DEFAULT,
  reachableEngine,
  startDecoy,
} from "../../decoy/index.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";

/** Options of `sekisho decoy`, as commander hands them over. */
export interface DecoyCommandOptions {
  readonly listen: string;
  readonly tls?: boolean;
  readonly persona?: string;
  readonly dir?: string;
  readonly sessionIdle?: string;
  /** False with `--no-delay`. */
  readonly delay: boolean;
  /** False with `--no-registry`. */
  readonly registry: boolean;
  readonly force?: boolean;
  readonly lang?: string;
}

const WORDS = {
  listen: {
    en: "--listen takes tcp://HOST:PORT",
    ja: "--listen には tcp://ホスト:ポート を指定してください",
  },
  idle: {
    en: "--session-idle takes milliseconds, at least 1",
    ja: "--session-idle には 1 以上のミリ秒を指定してください",
  },
  reachable: {
    en: "a real engine is within reach of this user: PLACE. A decoy belongs on a host of its own; --force starts it all the same",
    ja: "このユーザーから本物のエンジンに手が届きます: PLACE。デコイは専用のホストで動かしてください。それでも起動する場合は --force を付けてください",
  },
} as const;

const PLACE = /^tcp:\/\/(\[[0-9A-Fa-f:.]+\]|[^:/[\]]+):(\d{1,5})$/;

/** `sekisho decoy`. Resolves to the exit status, when SIGTERM or SIGINT has ended it. */
export async function runDecoy(options: DecoyCommandOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const complain = (text: string): void => {
    process.stderr.write(`sekisho decoy: ${text}\n`);
  };
  const place = PLACE.exec(options.listen);
  if (place === null || Number(place[2]) > 65_535) {
    complain(WORDS.listen[language]);
    return EXIT.usage;
  }
  if (options.sessionIdle !== undefined && !/^[1-9]\d{0,11}$/.test(options.sessionIdle)) {
    complain(WORDS.idle[language]);
    return EXIT.usage;
  }
  if (options.persona !== undefined && !PERSONAS.some((persona) => persona.name === options.persona)) {
    complain(`--persona: ${PERSONAS.map((persona) => persona.name).join(", ")}`);
    return EXIT.usage;
  }
  const real = options.force === true ? undefined : reachableEngine(process.env);
  if (real !== undefined) {
    complain(WORDS.reachable[language].replace("PLACE", real));
    return EXIT.incomplete;
  }
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
  const fault = (error: unknown): void => complain(error instanceof Error ? String(error.stack) : String(error));
  try {
    const record =
      options.dir === undefined
        ? undefined
        : await openRecord({
            dir: options.dir,
            retention: RETENTION_DEFAULT,
            ...(options.sessionIdle !== undefined && { sessionIdleMs: Number(options.sessionIdle) }),
            fault,
          });
    const decoy = await startDecoy({
      host: (place[1] ?? "").replace(/^\[|\]$/g, ""),
      port: Number(place[2]),
      sink: record ?? DISCARD,
      tls: options.tls === true,
      realTiming: options.delay,
      registryReachable: options.registry,
      ...(options.dir === undefined ? {} : { folder: options.dir }),
      ...(options.persona === undefined ? {} : { persona: options.persona }),
      fault,
    });
    const ready = `listening on ${decoy.address}\n`;
    process.stdout.write(ready);
    process.stderr.write(ready);
    await stopped;
    await decoy.close();
    await record?.close();
    return EXIT.clean;
  } catch (error) {
    if (error instanceof DecoyError) {
      complain(error.message);
      return EXIT.incomplete;
    }
    if (error instanceof Error && "code" in error) {
      // The folder of --dir cannot be made or written.
      complain(error.message);
      return EXIT.usage;
    }
    throw error;
  }
}
