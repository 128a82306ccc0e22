import { auditJsonSchema } from "../../report/index.ts";
import { EXIT } from "../exit-status.ts";
import { writeOut } from "../terminal.ts";

/** `sekisho schema NAME`. Resolves to the exit status. */
export async function runSchema(name: string): Promise<number> {
  if (name !== "audit") {
    process.stderr.write(`sekisho schema: there is no document "${name}"; try audit\n`);
    return EXIT.usage;
  }
  await writeOut(`${JSON.stringify(auditJsonSchema(), undefined, 2)}\n`);
  return EXIT.clean;
}
