import { quoteUntrusted } from "../../base/index.ts";
import type { EngineEndpoint } from "../../engine/index.ts";
import { GateFault } from "../gate-error.ts";
import type { EngineLookup, LookedUp } from "../judge/index.ts";
import { type LookupAnswer, Upstream } from "./upstream.ts";

/** Characters of an engine's words that a reason repeats. */
const ENGINE_WORDS_MAX = 300;

/** What names and ids are made of (distribution/reference, moby's names.go), joined by slashes in an image's name. */
const SEGMENT = /^[\w][\w.:@+-]{0,4095}$/;

/** Segments of an image's name. */
const SEGMENTS_MAX = 64;

/** Asks the engine about objects over the gate's own connections. Nothing is kept from one call to the next. */
export function engineLookup(upstream: Upstream): EngineLookup {
  const at = (prefix: string, reference: string, suffix: string): Promise<LookedUp> => {
    const path = pathOf(reference);
    return path === undefined ? Promise.resolve(ABSENT) : ask(upstream, `${prefix}${path}${suffix}`);
  };
  return {
    uri: upstream.endpoint.uri,
    container: (reference) => at("/containers/", reference, "/json"),
    exec: (id) => at("/exec/", id, "/json"),
    volume: (name) => at("/volumes/", name, ""),
    network: (reference) => at("/networks/", reference, ""),
    image: (reference) => at("/images/", reference, "/json"),
    containersWithLabel: (label) => {
      const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
      return ask(upstream, `/containers/json?all=1&filters=${filters}`);
    },
    info: () => ask(upstream, "/info"),
    version: () => ask(upstream, "/version"),
  };
}

const ABSENT: LookedUp = { kind: "absent" };

/** A reference as part of a path. `undefined`: no object can have that name. */
function pathOf(reference: string): string | undefined {
  const segments = reference.split("/");
  if (segments.length > SEGMENTS_MAX || !segments.every((segment) => SEGMENT.test(segment))) {
    return undefined;
  }
  return segments.map(encodeURIComponent).join("/");
}

async function ask(upstream: Upstream, path: string): Promise<LookedUp> {
  let answer: LookupAnswer;
  try {
    answer = await upstream.lookup(path);
  } catch (error) {
    if (error instanceof GateFault) {
      return { kind: "failed", reason: error.message };
    }
    throw error;
  }
  const text = answer.body.toString("utf8");
  if (answer.status === 200) {
    return { kind: "found", text };
  }
  if (answer.status === 404) {
    return ABSENT;
  }
  return { kind: "failed", reason: `the engine answers ${answer.status}: ${quoteUntrusted(text, ENGINE_WORDS_MAX)}` };
}

/** Asks an engine about objects, without a gate: for decisions on the command line. */
export function openLookup(endpoint: EngineEndpoint): { readonly lookup: EngineLookup; readonly close: () => void } {
  const upstream = new Upstream(endpoint);
  return { lookup: engineLookup(upstream), close: () => upstream.close() };
}
