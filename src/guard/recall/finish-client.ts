import { LIST_ENTRIES_MAX, type WrittenClient } from "../../policy/index.ts";
import { ANY_NETWORK, UNLIMITED } from "./needs.ts";

/** The rules as they are written down: limits that some containers do without are none, and lists have a bound. */
export function finish(client: WrittenClient): WrittenClient {
  const { limits = {}, networks, ...rest } = client;
  const kept = Object.entries(limits).filter(([, value]) => value !== UNLIMITED);
  const { use = [], ...drivers } = networks ?? {};
  const finished: Record<string, unknown> = {
    ...rest,
    ...(networks !== undefined && { networks: use.includes(ANY_NETWORK) ? drivers : networks }),
    ...(kept.length > 0 && { limits: Object.fromEntries(kept) }),
  };
  for (const [section, name] of OPEN_LISTS) {
    const entry = finished[section] as Record<string, readonly unknown[] | undefined> | undefined;
    if ((entry?.[name]?.length ?? 0) > LIST_ENTRIES_MAX) {
      const { [name]: _, ...others } = entry ?? {};
      finished[section] = others;
    }
  }
  return shortened(finished) as WrittenClient;
}

/** Lists that stand for "any" when they are left out: better than a policy that cannot be used. */
const OPEN_LISTS = [
  ["environment", "allow"],
  ["labels", "allow"],
  ["volumes", "use"],
  ["networks", "use"],
  ["images", "use"],
] as const;

/** Other lists are cut: what is beyond them is not learnt. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.slice(0, LIST_ENTRIES_MAX);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item)]))
    : value;
}
