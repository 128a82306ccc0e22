/** The corpus of requests in test/corpus/engine-requests, and a way to send each of them byte by byte. */
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

/** A request as the corpus writes it. */
export interface CorpusRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  /** Fields of the answer that later paths name: `{ S: "Id:12" }` keeps the first twelve characters of `Id` as `${S}`. */
  readonly capture?: Readonly<Record<string, string>>;
}

/** One row: a request, what must exist before it, and whether it gives more than a default container has. */
export interface CorpusCase extends CorpusRequest {
  readonly id: string;
  readonly technique: string;
  /** The exact bytes on the connection, where framing is the point. */
  readonly wireBase64?: string;
  readonly wireRequests?: number;
  readonly setup?: readonly CorpusRequest[];
  readonly cleanup?: readonly CorpusRequest[];
  readonly truth: "dangerous" | "benign" | "rejected-by-engine";
  readonly policyDependent?: boolean;
  readonly needs?: string;
  readonly needsMode?: string;
  readonly engineStatus: number | null;
}

const CORPUS = join(import.meta.dirname, "../corpus/engine-requests/requests.jsonl");

/** Reads every row. */
export function readCorpus(): readonly CorpusCase[] {
  const lines = readFileSync(CORPUS, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line): CorpusCase => withPadding(JSON.parse(line)));
}

/** A body of a megabyte of spaces is written as their number. */
function withPadding(row: CorpusCase & { readonly paddedBody?: readonly (string | number)[] }): CorpusCase {
  const { paddedBody, ...rest } = row;
  return paddedBody === undefined
    ? rest
    : { ...rest, body: paddedBody.map((part) => (typeof part === "number" ? "x".repeat(part) : part)).join("") };
}

/** What came back. Status 0: the connection was closed without an answer. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** How long an answer may take on a loaded machine. */
const ANSWER_MS_MAX = 30_000;

/** Answers that are kept of one connection: pipelined cases have two. */
const ANSWER_BYTES_MAX = 8_000_000;

/** The bytes of a request as a plain client would write it. */
export function bytesOf(request: CorpusRequest, values: ReadonlyMap<string, string> = new Map()): Buffer {
  const path = request.path.replace(/\$\{(\w+)\}/g, (_, name: string) => values.get(name) ?? "");
  const body =
    request.bodyBase64 === undefined ? Buffer.from(request.body ?? "") : Buffer.from(request.bodyBase64, "base64");
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  const names = new Set(Object.keys(request.headers ?? {}).map((name) => name.toLowerCase()));
  const host = names.has("host") ? "" : "Host: docker\r\n";
  const framed = names.has("content-length") || names.has("transfer-encoding");
  const length = framed || (body.length === 0 && request.method === "GET") ? "" : `Content-Length: ${body.length}\r\n`;
  const head = `${request.method} ${path} HTTP/1.1\r\n${host}${headers.join("")}${length}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
}

/** Writes bytes on a fresh connection and reads so many answers; returns the last. A stream is left after its head. */
export function sendBytes(socketPath: string, bytes: Buffer, answers = 1): Promise<RawAnswer> {
  const isHead = bytes.subarray(0, 5).toString() === "HEAD ";
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let received = Buffer.alloc(0);
    let left = answers;
    const finish = (answer: RawAnswer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish({ status: 0, body: "timeout" }), ANSWER_MS_MAX);
    const take = (ended: boolean): void => {
      for (
        let whole = answerIn(received, ended, isHead);
        whole !== undefined;
        whole = answerIn(received, ended, isHead)
      ) {
        left -= 1;
        if (left === 0) {
          finish(whole.answer);
          return;
        }
        received = received.subarray(whole.length);
      }
      if (ended || received.length > ANSWER_BYTES_MAX) {
        finish({ status: 0, body: "" });
      }
    };
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      take(false);
    });
    socket.on("error", () => take(true));
    socket.on("close", () => take(true));
    socket.write(bytes);
  });
}

/** The first whole answer in what was received. */
function answerIn(
  received: Buffer,
  ended: boolean,
  isHead: boolean,
): { readonly answer: RawAnswer; readonly length: number } | undefined {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd < 0) {
    return undefined;
  }
  const head = received.subarray(0, headEnd).toString("latin1");
  const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1] ?? 0);
  const bodyStart = headEnd + 4;
  if (status === 100) {
    return answerIn(received.subarray(bodyStart), ended, isHead);
  }
  const rest = received.subarray(bodyStart);
  const lengthText = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (isHead || status === 101 || status === 204 || status === 304 || /raw-stream|multiplexed-stream/.test(head)) {
    return { answer: { status, body: "" }, length: bodyStart };
  }
  if (lengthText !== undefined) {
    const length = Number(lengthText);
    return rest.length < length
      ? undefined
      : { answer: { status, body: rest.subarray(0, length).toString() }, length: bodyStart + length };
  }
  const end = rest.indexOf("0\r\n\r\n");
  if (end < 0 && !ended) {
    return undefined;
  }
  const length = end < 0 ? rest.length : end + 5;
  return { answer: { status, body: rest.subarray(0, length).toString() }, length: bodyStart + length };
}

/** Runs requests straight against an engine, keeping what they capture. */
export async function runAll(
  socketPath: string,
  requests: readonly CorpusRequest[],
  values: Map<string, string>,
): Promise<readonly RawAnswer[]> {
  const answers: RawAnswer[] = [];
  for (const request of requests) {
    const answer = await sendBytes(socketPath, bytesOf(request, values));
    answers.push(answer);
    capture(answer, request, values);
  }
  return answers;
}

function capture({ body }: RawAnswer, request: CorpusRequest, values: Map<string, string>): void {
  for (const [name, field] of Object.entries(request.capture ?? {})) {
    const [key = "", characters] = field.split(":");
    const found = new RegExp(`"${key}": *"([^"]*)"`).exec(body)?.[1] ?? "";
    values.set(name, characters === undefined ? found : found.slice(0, Number(characters)));
  }
}

/** Sends a row through the gate, its setup and cleanup past it. */
export async function runCase(row: CorpusCase, engineSocket: string, gateSocket: string): Promise<RawAnswer> {
  const values = new Map<string, string>();
  await runAll(engineSocket, row.setup ?? [], values);
  const bytes = row.wireBase64 === undefined ? bytesOf(row, values) : Buffer.from(row.wireBase64, "base64");
  const answer = await sendBytes(gateSocket, bytes, row.wireRequests ?? 1);
  values.set("ID", /"(?:Id|ID)": *"([^"]*)"/.exec(answer.body)?.[1] ?? "none");
  await runAll(engineSocket, row.cleanup ?? [], values);
  return answer;
}
