import type { LocalizedText } from "../../base/index.ts";
import type { Judge } from "../judge/index.ts";
import type { RequestHead } from "./received.ts";

/** How the body of a request reaches a decision, told from request line and headers alone. */
export type BodyPlan =
  /** Read whole, judged and written anew. `expected`: the route has one. */
  | { readonly kind: "inspected"; readonly expected: boolean }
  /** A stream: judged by its request line, then passed through up to a number of bytes. */
  | { readonly kind: "streamed"; readonly bytesMax: number };

/** What the data plane asks before it lets anything through. */
export interface Decider extends Judge {
  bodyPlan(head: RequestHead, client: string): BodyPlan;
}

/** What the data plane refuses by itself: a body that cannot be judged because it cannot be read whole. */
export type BodyRefusal = "body-too-large" | "body-too-slow" | "body-unframed";

export const BODY_REFUSALS: Readonly<Record<BodyRefusal, { readonly status: number; readonly text: LocalizedText }>> = {
  "body-too-large": {
    status: 413,
    text: {
      en: "sekisho: the request's body is larger than the gate may let through",
      ja: "sekisho: リクエストの本文が、ゲートが通せる大きさを超えています。",
    },
  },
  "body-too-slow": {
    status: 408,
    text: {
      en: "sekisho: the request's body did not arrive in time",
      ja: "sekisho: リクエストの本文が時間内に届きませんでした。",
    },
  },
  "body-unframed": {
    status: 411,
    text: {
      en: "sekisho: a request that asks for an upgrade must say how long its body is (Content-Length)",
      ja: "sekisho: アップグレードを求めるリクエストは、本文の長さ（Content-Length）を示す必要があります。",
    },
  },
};
