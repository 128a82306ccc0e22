import { cleanPath, deriveContainerFacts, isAtOrBelow } from "../../../facts/index.ts";
import type { Refusal } from "../../../policy/index.ts";
import { type Case, type Outcome, parameter } from "../case.ts";
import { judgeUse, withSurroundings } from "../targets.ts";
import { withTarget } from "./container-use.ts";

/**
 * Files are written by the engine, as the host's root, with any owner and mode, whether the container runs or not and
 * whoever its process is. In its own file system and in volumes that harms nobody else; in a directory of the host it is
 * more than the mount itself gives.
 *
 * A path counts that lies in such a mount, or above one, for the archive may hold the way down. A symbolic link inside
 * the container can lead there too; only its own root could have made it (docs/guard/bypass.md).
 */
export function putArchive(judged: Case): Promise<Outcome> {
  return withTarget(judged, async (resolved, container) => {
    if (container === undefined) {
      return { request: resolved.request, refusals: [] };
    }
    const used = await judgeUse(resolved, container);
    const workload = await withSurroundings(resolved, container.workload);
    const { mounts } = deriveContainerFacts(workload, await resolved.host());
    const path = cleanPath(`/${parameter(resolved.request, "path")}`);
    const written = mounts.find(
      ({ target, readOnly, plainVolume }) =>
        !plainVolume && readOnly !== "yes" && overlaps(path, cleanPath(`/${target}`)),
    );
    return {
      request: resolved.request,
      refusals: written === undefined ? used : [...used, writesToHost(written.hostPath ?? written.target, path)],
    };
  });
}

const overlaps = (left: string, right: string): boolean => isAtOrBelow(left, right) || isAtOrBelow(right, left);

const writesToHost = (hostPath: string, path: string): Refusal => ({
  rule: "mounts",
  field: "path",
  gain: "",
  technique: "",
  what: {
    en: `copying into ${path}, where the host's ${hostPath} is mounted: the engine writes there as the host's root`,
    ja: `${path} へのコピー。ホストの ${hostPath} がマウントされており、エンジンがホストの root として書き込みます`,
  },
  change: {
    en: "copy to another path of the container, or into a volume",
    ja: "コンテナの別のパスか、ボリュームへコピーしてください",
  },
});
