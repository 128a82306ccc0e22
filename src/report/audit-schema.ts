import { z } from "zod";
import { SEVERITIES } from "../findings/index.ts";

const known = z.enum(["yes", "no", "unknown"]);
const certainty = z.enum(["yes", "possible"]);
const place = z.object({
  uri: z.string(),
  line: z.number().int().positive().optional(),
  column: z.number().int().positive().optional(),
  field: z.string().optional(),
});

const evidence = z.object({
  fact: z.string().describe("The fact in the vocabulary of docs/reference"),
  known,
  from: place,
  presumed: z.literal(true).optional().describe("Not known; the ordinary value of such hosts was taken"),
});

const path = z.object({
  gain: z.string(),
  certainty,
  attack: z.array(z.string()).describe("ATT&CK v17 ids"),
  identity: z.string().describe("The user inside the container that the path runs as"),
  decidedBy: z.array(z.string()).describe("Unknown facts that decide; empty when certain"),
  steps: z.array(
    z.object({
      technique: z.string(),
      because: z.array(evidence),
      uses: z.array(z.string()).describe("Gains of earlier steps"),
      gains: z.array(z.string()),
    }),
  ),
});

const finding = z.object({
  id: z.string(),
  severity: z.enum(SEVERITIES),
  certainty,
  title: z.string(),
  message: z.string(),
  location: place,
  aliases: z.record(z.string(), z.array(z.string())),
  fingerprint: z.string(),
});

const suppressed = z.object({
  finding,
  by: z.enum(["exception", "baseline"]),
  reason: z.string().optional(),
  owner: z.string().optional(),
  expires: z.string().optional(),
  location: place.describe("Where the exception is written"),
});

const change = z.object({ id: z.string(), summary: z.string(), edit: z.string() });

const podSecurityVerdict = z.object({
  allowed: z.boolean(),
  violations: z.array(
    z.object({
      control: z.string().describe("The control's name in the standard"),
      detail: z.string(),
      location: place,
    }),
  ),
});

const podSecurity = z.object({
  version: z.string().describe("Version of the policy that was evaluated"),
  baseline: podSecurityVerdict,
  restricted: podSecurityVerdict,
});

const workload = z.object({
  id: z.string(),
  kind: z.enum(["container", "service", "pod", "image", "create-request", "run-line"]),
  name: z.string(),
  source: place,
  gains: z.array(
    z.object({ gain: z.string(), certainty, techniques: z.array(z.string()), decidedBy: z.array(z.string()) }),
  ),
  paths: z.array(path),
  findings: z.array(finding),
  suppressed: z.array(suppressed).optional().describe("Findings that exceptions or the baseline put aside"),
  fixes: z.array(
    z.object({
      kind: z.enum(["closing", "partial", "replacement"]),
      changes: z.array(change),
      closes: z.array(z.string()),
      remains: z.array(z.string()),
      cost: z.number(),
      note: z.string().optional(),
    }),
  ),
  refused: z
    .array(z.object({ changes: z.array(change), reason: z.string() }))
    .describe("Edits that make the engine refuse the container"),
  podSecurity: podSecurity.optional().describe("The Pod Security Standards' verdict; on containers of pods only"),
  refusal: z.string().optional().describe("Why the engine would not run this container as it is"),
  unresolved: z.record(z.string(), z.string()).describe("Fields that the input does not tell, and why"),
});

/** The JSON document of `sekisho audit --format json`. The JSON Schema is made from this; a change needs a new version. */
export const auditDocument = z.object({
  schema: z.literal("sekisho.audit/v1"),
  tool: z.object({ name: z.literal("sekisho"), version: z.string() }),
  complete: z.boolean().describe("False when something could not be examined"),
  host: z.object({
    facts: z.record(z.string(), z.unknown()),
    findings: z.array(finding),
    suppressed: z.array(suppressed).optional(),
    controls: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          aliases: z.record(z.string(), z.array(z.string())),
          status: z.enum(["pass", "fail", "unknown", "not-applicable"]),
        }),
      )
      .optional()
      .describe("Checks of the daemon and its host, where an engine was asked"),
  }),
  workloads: z.array(workload),
  summary: z.object({
    workloads: z.number().int(),
    hostRoot: z.number().int().describe("Workloads that reach host-root for certain"),
    hostRootPossible: z.number().int(),
    bySeverity: z.record(z.string(), z.number().int()),
  }),
  errors: z.array(z.object({ severity: z.enum(["error", "note"]), message: z.string(), location: place })),
});

/** The document's type. */
export type AuditDocument = z.infer<typeof auditDocument>;

/** JSON Schema (draft 2020-12) of the document. */
export const auditJsonSchema = (): unknown => z.toJSONSchema(auditDocument);
