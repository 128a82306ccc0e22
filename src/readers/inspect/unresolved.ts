import type { GoType, GoTypeError } from "../../engine/index.ts";
import { typeErrorText } from "../container-json/index.ts";
import type { UntoldFields } from "./podman.ts";

const IPC_UNTOLD =
  "Podman up to 4 writes shareable for a container in the host's IPC namespace, too / Podman 4 以前は、ホストの IPC 名前空間にいるコンテナーでも shareable と書きます";

const CGROUP_UNTOLD =
  "Podman's imitation of Docker's API does not tell the cgroup namespace / Podman の Docker 互換 API は cgroup 名前空間を示しません";

/** Types whose value a rule looks for items in: unread, it would look like one without items. */
const HOLDS_MORE: ReadonlySet<GoType["kind"]> = new Set(["slice", "array", "map", "struct", "string-or-strings"]);

/**
 * Fields that a document does not tell, and why. Of a value of the wrong type nobody knows what the engine made of it:
 * a bad scalar leaves its field open, a bad item its list, too, and a whole list or object that cannot be read leaves
 * everything open.
 */
export function unresolvedFields(
  errors: readonly GoTypeError[],
  untold: UntoldFields | undefined,
): ReadonlyMap<string, string> {
  const unresolved = new Map<string, string>();
  if (untold?.ipcMode) {
    unresolved.set("HostConfig.IpcMode", IPC_UNTOLD);
  }
  if (untold?.cgroupnsMode) {
    unresolved.set("HostConfig.CgroupnsMode", CGROUP_UNTOLD);
  }
  for (const { field, expected, node } of errors) {
    const text = typeErrorText({ field, expected, node });
    const reason = `${text.en} / ${text.ja}`;
    unresolved.set(field, reason);
    const holder = /^(?:Host)?Config(?:\.\w+)?/.exec(field)?.[0];
    if (holder !== undefined) {
      unresolved.set(holder === field && HOLDS_MORE.has(expected) ? "*" : holder, reason);
    }
  }
  return unresolved;
}
