import { z } from "zod";
import { INDICATOR_TYPES } from "../../findings/index.ts";

const localized = z.object({ en: z.string(), ja: z.string() });
const basis = z
  .enum(["observed", "likely", "reported"])
  .describe(
    "Stands in the requests; follows from what such requests are for; told by published reports of the campaign",
  );

const step = z.object({
  time: z.string(),
  requests: z.array(z.number().int().positive()),
  title: z.string(),
  notes: z.array(z.string()),
  level: z.enum(["plain", "warm", "hot"]),
  lines: z.array(z.string()).describe("Request lines, untrusted"),
  excerpt: z.string().describe("What the first request carries, shortened, untrusted"),
  marks: z.array(z.string()).describe("Parts of the excerpt that matter"),
  attack: z.array(z.string()),
  techniques: z.array(z.string()).describe("Techniques of sekisho by which the container would have reached its host"),
  gains: z.array(z.string()),
  payloads: z.array(z.object({ layers: z.array(z.string()), text: z.string(), truncated: z.boolean() })),
  status: z.number().int().optional(),
});

const session = z.object({
  id: z.string(),
  started: z.string(),
  ended: z.string(),
  source: z.object({
    address: z.string(),
    userAgents: z.array(z.string()),
    connections: z.number().int(),
    requests: z.number().int(),
  }),
  verdict: z.enum(["malicious", "recon", "benign"]),
  title: z.string(),
  reasons: z.array(z.object({ text: z.string(), request: z.number().int() })),
  attack: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      because: z.string(),
      basis,
      request: z.number().int(),
      quote: z.string(),
    }),
  ),
  gains: z.array(z.string()).describe("What a real engine would have given away for certain"),
  indicators: z.array(
    z.object({
      type: z.enum(INDICATOR_TYPES),
      value: z.string(),
      strength: z.enum(["strong", "context"]).describe("context: met in innocent places too, not for block lists"),
      request: z.number().int(),
      secret: z.literal(true).optional().describe("Somebody's secret that the visitor leaked"),
    }),
  ),
  timeline: z.array(step),
  narrative: localized,
  story: z.array(
    z.object({ en: z.string(), ja: z.string(), requests: z.array(z.number().int()), evidence: z.string() }),
  ),
  files: z.array(
    z.object({ path: z.string(), sha256: z.string(), bytes: z.number().int(), request: z.number().int() }),
  ),
});

/** The JSON document of `sekisho decoy report --format json`. Text of visitors stands in it as they sent it. */
export const sessionsDocument = z.object({
  schema: z.literal("sekisho.sessions/v1"),
  tool: z.object({ name: z.literal("sekisho"), version: z.string() }),
  attackVersion: z.literal("17").describe("Version of ATT&CK; T1496 is used unsplit"),
  sessions: z.array(session),
});

/** The document's type. */
export type SessionsDocument = z.infer<typeof sessionsDocument>;

/** JSON Schema (draft 2020-12) of the document. */
export const sessionsJsonSchema = (): unknown => z.toJSONSchema(sessionsDocument);
