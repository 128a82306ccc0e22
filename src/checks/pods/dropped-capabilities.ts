import { type PlacedContainer, parseCapability } from "../../facts/index.ts";

/** Whether a container drops a capability: by its name, or with all of them. Case does not count to the runtimes. */
export function drops({ container }: PlacedContainer, capability: "ALL" | "NET_RAW"): boolean {
  return (container.securityContext?.capabilities?.drop ?? []).some((name) => {
    const parsed = parseCapability(name);
    return parsed === "ALL" || parsed === capability;
  });
}
