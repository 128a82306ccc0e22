import { MIB } from "../base/index.ts";
import { findRoute } from "../engine/index.ts";
import type { Judge } from "./judge/index.ts";
import type { BodyPlan, Decider } from "./plane/decider.ts";

/** Largest stream that is passed on: an image that is loaded, a build's context, files that are copied in. */
export const STREAM_BYTES_MAX = 65_536 * MIB;

/** Makes of a judge what the data plane asks: the catalogue of routes says which bodies are streams. */
export function policyDecider(judge: Judge): Decider {
  return {
    judge: (received, client) => judge.judge(received, client),
    bodyPlan: ({ method, target }) => bodyPlanOf(method, target),
  };
}

/**
 * A target that is not in its plain form finds no route here: its body is read whole, and the judge, who decodes the
 * target strictly, refuses it.
 */
function bodyPlanOf(method: string, target: string): BodyPlan {
  const [path = ""] = target.split("?", 1);
  const segments = path.split("/").slice(1);
  if (/^v\d+\.\d+$/.test(segments[0] ?? "")) {
    segments.shift();
  }
  const body = findRoute(method, segments)?.route.body;
  if (body?.kind === "stream") {
    return { kind: "streamed", bytesMax: STREAM_BYTES_MAX };
  }
  return { kind: "inspected", expected: body?.kind === "json" && !body.optional };
}
