import { policyJsonSchema } from "../../policy/index.ts";
import { auditJsonSchema, sessionsJsonSchema } from "../../report/index.ts";
import { EXIT } from "../exit-status.ts";
import { writeOut } from "../terminal.ts";

/** Documents that have a schema, by name. */
const SCHEMAS: Readonly<Record<string, () => unknown>> = {
  audit: auditJsonSchema,
  policy: policyJsonSchema,
  sessions: sessionsJsonSchema,
};

/** `sekisho schema NAME`. Resolves to the exit status. */
export async function runSchema(name: string): Promise<number> {
  const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (schema === undefined) {
    process.stderr.write(`sekisho schema: there is no document "${name}"; try ${Object.keys(SCHEMAS).join(", ")}\n`);
    return EXIT.usage;
  }
  await writeOut(`${JSON.stringify(schema(), undefined, 2)}\n`);
  return EXIT.clean;
}
