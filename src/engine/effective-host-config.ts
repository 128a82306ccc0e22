import { HOST_CONFIG } from "./create-body.ts";
import type { GoStruct, GoValue } from "./go-value.ts";

/** The `HostConfig` that a body asks for, and what stood outside of it. */
export interface EffectiveHostConfig {
  readonly hostConfig: GoStruct | undefined;
  /** Fields at the top of the body that an engine up to 26 obeys and a newer one ignores. */
  readonly obeyedByOldEngines: readonly PlacedField[];
  /** Fields at the top of the body that no engine obeys. */
  readonly ignored: readonly PlacedField[];
}

export interface PlacedField {
  readonly name: string;
  readonly at: number;
}

/** Fields at the top that count even beside a `HostConfig`, where that leaves them zero (moby v20.10.24, runconfig/config_unix.go). */
const COUNT_BESIDE_HOST_CONFIG: ReadonlySet<string> = new Set([
  "Memory",
  "MemorySwap",
  "CpuShares",
  "CpusetCpus",
  "VolumeDriver",
]);

/**
 * Where a decoded body has its `HostConfig`. Without one, or with `null`, an engine up to 26 reads the fields of
 * `HostConfig` at the top of the body. Which engine will read it is not known here, so the worse case is taken: the
 * fields count. Seen on Engine 20.10.24 (knowledge/engine-api.md, section 4, row 7).
 */
export function effectiveHostConfig(body: GoStruct): EffectiveHostConfig {
  const written = body.fields.get("HostConfig");
  const flat = new Map([...body.fields].filter(([name]) => HOST_CONFIG.byName.has(name)));
  const placed = [...flat].map(([name, value]) => ({ name, at: value.at }));
  if (written?.kind !== "struct") {
    const hostConfig: GoStruct = { kind: "struct", fields: flat, at: body.at };
    return { hostConfig: flat.size === 0 ? undefined : hostConfig, obeyedByOldEngines: placed, ignored: [] };
  }
  const fields = new Map(written.fields);
  const obeyed = placed.filter(({ name }) => COUNT_BESIDE_HOST_CONFIG.has(name) && isZero(fields.get(name)));
  for (const { name } of obeyed) {
    fields.set(name, flat.get(name) as GoValue);
  }
  return {
    hostConfig: { kind: "struct", fields, at: written.at },
    obeyedByOldEngines: obeyed,
    ignored: placed.filter((field) => !obeyed.includes(field)),
  };
}

function isZero(value: GoValue | undefined): boolean {
  return (
    value === undefined ||
    (value.kind === "string" && value.value === "") ||
    (value.kind === "int" && Number(value.text) === 0)
  );
}
