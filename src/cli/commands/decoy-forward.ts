import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type ReadPosition, readRecord, reportSession, type Visit, VisitJoiner } from "../../decoy/index.ts";
import { type Destination, deliver, type Patience, parseSyslogAddress, syslog, webhook } from "../../delivery/index.ts";
import {
  type SessionsDocument,
  sessionsToDocument,
  sessionToSlack,
  sessionToSyslog,
  sessionToWebhook,
} from "../../report/index.ts";
import { idleOf, isMissing, missingText } from "../decoy-record.ts";
import { EXIT } from "../exit-status.ts";
import { languageOf } from "../language.ts";
import { VERSION } from "../version.ts";

/** Options of `sekisho decoy forward`, as commander hands them over. */
export interface DecoyForwardOptions {
  readonly dir: string;
  readonly syslog: readonly string[];
  readonly cef?: boolean;
  readonly webhook: readonly string[];
  readonly slack: readonly string[];
  readonly verdict?: string;
  readonly follow?: boolean;
  readonly sessionIdle?: string;
  readonly lang?: string;
}

type Session = SessionsDocument["sessions"][number];

/** One receiver and the form that it gets sessions in. */
interface Receiver {
  /** As it was given on the command line. */
  readonly address: string;
  readonly destination: Destination;
  readonly message: (session: Session) => string;
}

/** How often `--follow` looks whether more was written, milliseconds. */
const LOOK_EVERY_MS = 1000;

/** First pause after a failure, milliseconds. */
const FIRST_PAUSE_MS = 500;

/** Attempts for one session without `--follow`. */
const ATTEMPTS_MAX = 4;

const WORDS = {
  none: {
    en: "say where to: --syslog, --webhook or --slack",
    ja: "送り先を --syslog、--webhook、--slack で指定してください",
  },
  address: { en: "is no address of that kind", ja: "はその種類のアドレスではありません" },
  verdict: {
    en: "--verdict takes malicious, recon or benign",
    ja: "--verdict には malicious、recon、benign のいずれかを指定してください",
  },
  refused: { en: "refused session", ja: "次のセッションは受け取りを拒否されました:" },
  givenUp: {
    en: "not delivered, to be tried again by the next run: session",
    ja: "届きませんでした。次の実行で再び送ります: セッション",
  },
} as const;

/**
 * `sekisho decoy forward`. The record on disk is the queue: each receiver walks through it by itself, so that one that is
 * down holds up no other, and a list beside the record says what it took already. Resolves to the exit status.
 */
export async function runDecoyForward(options: DecoyForwardOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const complain = (text: string): void => void process.stderr.write(`sekisho decoy forward: ${text}\n`);
  const idleMs = await idleOf(options.sessionIdle, options.dir);
  if (typeof idleMs === "string") {
    complain(idleMs);
    return EXIT.usage;
  }
  if (options.verdict !== undefined && !["malicious", "recon", "benign"].includes(options.verdict)) {
    complain(WORDS.verdict[language]);
    return EXIT.usage;
  }
  const receivers = receiversOf(options);
  if (typeof receivers === "string" || receivers.length === 0) {
    complain(typeof receivers === "string" ? `${receivers} ${WORDS.address[language]}` : WORDS.none[language]);
    return EXIT.usage;
  }
  const controller = new AbortController();
  process.once("SIGTERM", () => controller.abort());
  process.once("SIGINT", () => controller.abort());
  const tell = { refused: WORDS.refused[language], givenUp: WORDS.givenUp[language], complain };
  const walk = { dir: options.dir, idleMs, verdict: options.verdict, follow: options.follow === true };
  try {
    const complete = await Promise.all(
      receivers.map((receiver) => new Forwarding(receiver, tell, controller.signal).run(walk)),
    );
    return complete.every(Boolean) ? EXIT.clean : EXIT.incomplete;
  } catch (error) {
    controller.abort();
    if (isMissing(error)) {
      complain(missingText(error));
      return EXIT.usage;
    }
    throw error;
  }
}

/** The receivers of the command line; a text is the first address that is none. */
function receiversOf(options: DecoyForwardOptions): readonly Receiver[] | string {
  const receivers: Receiver[] = [];
  for (const address of options.syslog) {
    const parsed = parseSyslogAddress(address);
    if (parsed === undefined) {
      return address;
    }
    const message = (session: Session) => sessionToSyslog(session, hostname(), VERSION, options.cef === true);
    receivers.push({ address, destination: syslog(parsed), message });
  }
  for (const [addresses, shape] of [
    [options.webhook, (session: Session) => sessionToWebhook(session, VERSION)],
    [options.slack, sessionToSlack],
  ] as const) {
    for (const address of addresses) {
      const url = URL.parse(address);
      if (url === null || !["http:", "https:"].includes(url.protocol) || url.username !== "") {
        return address;
      }
      receivers.push({ address, destination: webhook(url), message: (session) => JSON.stringify(shape(session)) });
    }
  }
  return receivers;
}

interface Walk {
  readonly dir: string;
  readonly idleMs: number;
  readonly verdict: string | undefined;
  readonly follow: boolean;
}

interface Tell {
  readonly refused: string;
  readonly givenUp: string;
  readonly complain: (text: string) => void;
}

/** The way of one receiver through the record. */
class Forwarding {
  readonly #receiver: Receiver;
  readonly #tell: Tell;
  readonly #stop: AbortSignal;
  readonly #taken = new Set<string>();
  /** Of {@link #taken} what the record still holds; the list is cut down to these once it was read through. */
  readonly #met = new Set<string>();
  #file = "";
  #complete = true;

  constructor(receiver: Receiver, tell: Tell, stop: AbortSignal) {
    this.#receiver = receiver;
    this.#tell = tell;
    this.#stop = stop;
  }

  /** True when everything was delivered. */
  async run(walk: Walk): Promise<boolean> {
    await this.#open(walk.dir);
    const joiner = new VisitJoiner(walk.idleMs);
    let position: ReadPosition = { file: 0, bytes: 0 };
    const readOn = async () => {
      for await (const placed of readRecord(walk.dir, position)) {
        position = placed.position;
        await this.#send(joiner.take(placed), walk);
        if (this.#stop.aborted) {
          return;
        }
      }
    };
    await readOn();
    if (!walk.follow) {
      await this.#send(joiner.endedBy(Date.now()), walk);
      await this.#forget();
      return this.#complete;
    }
    while (!this.#stop.aborted) {
      await this.#send(joiner.endedBy(Date.now()), walk);
      await pause(LOOK_EVERY_MS, undefined, { signal: this.#stop }).catch(() => undefined);
      await readOn();
    }
    return this.#complete;
  }

  async #open(dir: string): Promise<void> {
    const folder = join(dir, "forward");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // The address may hold a secret, so that its digest names the list.
    const name = createHash("sha256").update(this.#receiver.address).digest("hex").slice(0, 32);
    this.#file = join(folder, `${name}.taken`);
    const text = await readFile(this.#file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") {
        throw error;
      }
      return "";
    });
    for (const id of text.split("\n").filter((line) => line !== "")) {
      this.#taken.add(id);
    }
  }

  /** Sessions that retention took from the record need not be remembered. */
  async #forget(): Promise<void> {
    if (this.#stop.aborted || this.#met.size === this.#taken.size) {
      return;
    }
    await writeFile(`${this.#file}.new`, [...this.#met].map((id) => `${id}\n`).join(""), { mode: 0o600 });
    await rename(`${this.#file}.new`, this.#file);
  }

  async #send(visits: readonly Visit[], { verdict, follow }: Walk): Promise<void> {
    const { sessions } = sessionsToDocument(visits.map(reportSession), VERSION, "en");
    const patience: Patience = {
      attemptsMax: follow ? Number.POSITIVE_INFINITY : ATTEMPTS_MAX,
      firstPauseMs: FIRST_PAUSE_MS,
    };
    for (const session of sessions) {
      if (this.#taken.has(session.id)) {
        this.#met.add(session.id);
        continue;
      }
      if (this.#stop.aborted || (verdict !== undefined && session.verdict !== verdict)) {
        continue;
      }
      const { destination, message } = this.#receiver;
      const { complain } = this.#tell;
      const delivery = await deliver(destination, message(session), patience, this.#stop, complain);
      if (delivery === "delivered") {
        this.#taken.add(session.id);
        this.#met.add(session.id);
        await appendFile(this.#file, `${session.id}\n`, { mode: 0o600 });
      } else {
        this.#complete = false;
        complain(`${delivery === "refused" ? this.#tell.refused : this.#tell.givenUp} ${session.id}`);
      }
    }
  }
}
