/** A decider that lets everything through, for tests of the data plane alone. */
import type { JudgedRequest, Verdict } from "../judge/index.ts";
import type { BodyPlan, Decider } from "./decider.ts";

const STREAMED = /^(?:\/v[\d.]+)?\/(?:build|images\/load|containers\/[^/]+\/archive)(?:\?|$)/;
const TAKES_OVER = /^(?:\/v[\d.]+)?\/(?:containers\/[^/]+\/attach|exec\/[^/]+\/start)(?:\?|$)/;
const SENT_ON = new Set(["content-type", "x-registry-auth", "x-registry-config"]);

export const passThrough: Decider = {
  bodyPlan: ({ method, target }): BodyPlan =>
    STREAMED.test(target) && method !== "GET" && method !== "HEAD"
      ? { kind: "streamed", bytesMax: 2 ** 40 }
      : { kind: "inspected", expected: target.includes("/exec/") },
  judge: async (received) => allow(received),
};

export function allow(received: JudgedRequest): Verdict {
  const { method, target, headers, body } = received;
  const detached = body !== undefined && Buffer.from(body).includes('"Detach":true');
  return {
    decision: "allow",
    code: "allowed",
    route: "any",
    status: 0,
    message: "",
    reasons: [],
    gains: [],
    forward: {
      method,
      target,
      headers: headers.filter(([name]) => SENT_ON.has(name.toLowerCase())),
      ...(body !== undefined && body.length > 0 && { body }),
      streamsBody: body === undefined,
      hijacks: method === "POST" && TAKES_OVER.test(target) && !detached,
    },
  };
}

/** Refuses with a message what a test says, and lets the rest through. */
export function refusing(refuses: (received: JudgedRequest) => string | undefined): Decider {
  return {
    ...passThrough,
    judge: async (received) => {
      const message = refuses(received);
      return message === undefined ? allow(received) : deny(message);
    },
  };
}

export function deny(message: string): Verdict {
  const reason = { rule: "test", field: "", gain: "", technique: "", message: { en: message, ja: message } };
  return {
    decision: "deny",
    code: "refused",
    route: "any",
    status: 403,
    message,
    reasons: [reason],
    gains: [],
  };
}
