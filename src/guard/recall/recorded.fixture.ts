/** Logs of a gate, made in memory from requests: judged by a policy, recorded as the gate records them. */
import { Readable } from "node:stream";
import type { ReceivedRequest } from "../../engine/index.ts";
import { presetPolicy } from "../../policy/index.ts";
import { createJudge } from "../judge/index.ts";
import { ModelEngine } from "../model/model-engine.ts";
import { EMPTY_CHAIN, seal } from "../record/chain.ts";
import type { LogWriter } from "../record/log-writer.ts";
import { Recorder } from "../record/recorder.ts";
import { LogReader, type RecordedLog } from "./recorded.ts";

/** A request as a test writes it. */
export interface Written {
  readonly method?: string;
  readonly target: string;
  readonly body?: object | string;
  readonly upgrade?: string;
  readonly streamed?: boolean;
}

export function received({ method = "GET", target, body, upgrade, streamed }: Written): ReceivedRequest {
  const text = typeof body === "object" ? JSON.stringify(body) : body;
  return {
    method,
    target,
    headers: [
      ...(text === undefined ? [] : [["Content-Type", "application/json"] as const]),
      ...(streamed === true ? [["Transfer-Encoding", "chunked"] as const] : []),
      ...(upgrade === undefined
        ? []
        : ([
            ["Connection", "Upgrade"],
            ["Upgrade", upgrade],
          ] as const)),
    ],
    ...(text !== undefined && { body: Buffer.from(text) }),
  };
}

export const create = (body: object, name = ""): Written => ({
  method: "POST",
  target: `/v1.41/containers/create${name === "" ? "" : `?name=${name}`}`,
  body: { Image: "busybox:1.36", ...body },
});

/** The log of a gate that only looks on under a preset, as its text. */
export async function shadowLog(requests: readonly Written[], client = "ci", preset = "observer"): Promise<string> {
  const policy = presetPolicy(preset, "en");
  const rules = policy?.clients.get(preset);
  if (policy === undefined || rules === undefined) {
    throw new Error(preset);
  }
  const clients = new Map([[client, { ...rules, name: client, mode: "shadow" as const }]]);
  const judge = createJudge({
    policy: { ...policy, clients },
    lookup: new ModelEngine({ unknown: { kind: "plain", client }, counts: false }).lookup(),
    now: () => 0,
  });
  let end = EMPTY_CHAIN;
  let text = "";
  const recorder = new Recorder("test", () => new Date("2026-11-24T12:00:00Z"));
  recorder.log = {
    append: (event: object) => {
      const sealed = seal(event, end);
      end = sealed.end;
      text += `${sealed.line}\n`;
    },
  } as unknown as LogWriter;
  for (const request of requests) {
    const head = received(request);
    const { forward, decision, code, route, reasons, gains } = await judge.judge(head, { client });
    const body = forward === undefined ? head.body : forward.body;
    await recorder.decided({
      ...{ client, listener: "unix:///gate", decision, code, route, reasons, gains, ms: 0.1 },
      enforced: decision !== "deny" || forward === undefined,
      method: head.method,
      target: forward?.target ?? head.target,
      ...(request.upgrade !== undefined && { upgrade: request.upgrade }),
      ...(body !== undefined && { body }),
      streamed: request.streamed === true,
    });
  }
  return text;
}

export async function readLog(text: string): Promise<RecordedLog> {
  const reader = new LogReader();
  await reader.read("log", Readable.from([Buffer.from(text)]));
  return reader.end();
}
