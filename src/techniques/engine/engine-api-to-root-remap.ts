import { all, gained, hardening, not, onHost, rootless } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From the API to the host in spite of userns-remap.
 *
 * Needs all of: the whole API of an engine that runs as root with userns-remap, and no authorization plugin. What
 * remapping does is keep the container from the socket in the first place.
 */
export const engineApiToRootRemap = technique({
  id: "engine-api-to-root-remap",
  attack: ["T1610", "T1611"],
  severity: "critical",
  title: { en: "userns-remap does not bind users of the API", ja: "userns-remap は API の利用者を縛らない" },
  explanation: {
    en: "The engine maps the users of containers by default, and every client may switch that off for a container with one field, UsernsMode=host. A remapped container that still reaches the API therefore reaches root.",
    ja: "エンジンが既定でコンテナのユーザをマップしていても、クライアントは UsernsMode=host という 1 つのフィールドでコンテナごとに無効にできる。したがって、マップされたコンテナでも API に届けば root に届く。",
  },
  basis: "read-in-source",
  needs: all(gained("engine-api"), onHost.usernsRemap, not(rootless), not(hardening.authz)),
  gains: ["host-root"],
  examples: {
    open: [
      { line: "docker run busybox", host: { usernsRemap: true, engineTcpOpen: true } },
      {
        line: "docker run -u 1000:998 -v /var/run/docker.sock:/docker.sock busybox",
        host: { usernsRemap: true, subgid: 100000, dockerGid: 100998 },
      },
    ],
    closed: [
      { line: "docker run busybox", host: { usernsRemap: true } },
      { line: "docker run busybox", host: { usernsRemap: true, engineTcpOpen: true, authz: true } },
      { line: "docker run -v /var/run/docker.sock:/docker.sock busybox", host: { usernsRemap: true } },
    ],
  },
});
