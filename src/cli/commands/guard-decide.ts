import { createInterface } from "node:readline";
import { z } from "zod";
import { MIB } from "../../base/index.ts";
import type { JudgedRequest, Verdict } from "../../guard/index.ts";
import { openLookup } from "../../guard/index.ts";
import { EXIT } from "../exit-status.ts";
import { clientOf, type DeciderSources, deciderOf, hostLayersOf, policyOf, upstreamOf } from "../guard-setup.ts";
import { languageOf } from "../language.ts";
import { writeOut } from "../terminal.ts";
import { problemText } from "./guard.ts";

/** Options of `sekisho guard decide`, as commander hands them over. */
export interface DecideOptions {
  readonly policy: string;
  readonly client?: string;
  readonly upstream?: string;
  readonly hostFacts?: string;
  readonly lang?: string;
}

/** Longest line: a body of the largest size that is judged, as base64, and its head. */
export const LINE_CHARACTERS_MAX = 8 * MIB;

const headerValue = z.union([z.string(), z.array(z.string())]);

const REQUEST = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  path: z.string(),
  headers: z.union([z.record(z.string(), headerValue), z.array(z.tuple([z.string(), z.string()]))]).optional(),
  body: z.string().optional(),
  bodyBase64: z.string().optional(),
});

/**
 * `sekisho guard decide`: one decision a line for one request a line. 0: every line was decided; 2: one could not be
 * read, or the policy cannot be used.
 */
export async function runGuardDecide(options: DecideOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  let lookup: ReturnType<typeof openLookup> | undefined;
  try {
    const endpoint = options.upstream === undefined ? undefined : upstreamOf(options.upstream);
    const sources: DeciderSources = {
      policy: options.policy,
      language,
      ...(endpoint !== undefined && { endpoint }),
      layers: hostLayersOf(endpoint, options.hostFacts),
    };
    const policy = policyOf(sources);
    const client = clientOf(policy, options.client);
    lookup = endpoint && openLookup(endpoint);
    const decider = deciderOf(policy, sources, lookup?.lookup);
    let status: number = EXIT.clean;
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === "") {
        continue;
      }
      const asked = requestOf(line);
      if (asked === undefined) {
        process.stderr.write("sekisho guard decide: a line is no request\n");
        status = EXIT.usage;
        continue;
      }
      const verdict = await decider.judge(asked.request, { client });
      await writeOut(`${JSON.stringify({ id: asked.id, ...verdictLine(verdict, language) })}\n`);
    }
    return status;
  } catch (error) {
    const told = problemText(error, language);
    if (told === undefined) {
      throw error;
    }
    process.stderr.write(`sekisho guard decide: ${told}\n`);
    return EXIT.usage;
  } finally {
    lookup?.close();
  }
}

function requestOf(line: string): { id: string | number; request: JudgedRequest } | undefined {
  if (line.length > LINE_CHARACTERS_MAX) {
    return undefined;
  }
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = REQUEST.safeParse(document);
  if (!parsed.success) {
    return undefined;
  }
  const { id = "", method, path, headers = {}, body, bodyBase64 } = parsed.data;
  const bytes = bodyBase64 === undefined ? body && Buffer.from(body, "utf8") : Buffer.from(bodyBase64, "base64");
  return {
    id,
    request: {
      method,
      target: path,
      headers: Array.isArray(headers) ? headers : headerLines(headers),
      ...(bytes !== undefined && bytes !== "" && bytes.length > 0 && { body: bytes }),
    },
  };
}

const headerLines = (headers: Readonly<Record<string, string | readonly string[]>>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one): [string, string] => [name, one]),
  );

function verdictLine({ decision, code, route, status, gains, reasons, forward }: Verdict, language: "en" | "ja") {
  return {
    decision,
    code,
    route,
    ...(status !== 0 && { status }),
    gains,
    reasons: reasons.map(({ rule, field, gain, technique, message }) => ({
      rule,
      field,
      gain,
      technique,
      message: message[language],
    })),
    ...(decision === "rewrite" &&
      forward !== undefined && {
        forward: {
          method: forward.method,
          path: forward.target,
          ...(forward.body !== undefined && { body: Buffer.from(forward.body).toString("utf8") }),
        },
      }),
  };
}
