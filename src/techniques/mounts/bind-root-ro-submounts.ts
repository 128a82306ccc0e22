import { all, hostuid0, lsm, mount } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * A bind of / that is read-only at its top only.
 *
 * Needs all of: a read-only bind of / that is not recursive, and user 0 of the host. An id-mapped bind is not enough:
 * the mounts below are not mapped along.
 */
export const bindRootRoSubmounts = technique({
  id: "bind-root-ro-submounts",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "A read-only bind of / leaves writable mounts below it",
    ja: "/ の読取り専用バインドの下に書込み可能なマウントが残る",
  },
  explanation: {
    en: "Read-only applies to the top mount alone unless the engine asks the kernel for a recursive change. /proc, /sys, /run and /dev are mounts of their own and stay writable, kernel.core_pattern among them. Engine 25 and later make it recursive, for create calls of API 1.44 and later, on kernel 5.12 and later.",
    ja: "再帰的な変更をエンジンがカーネルに求めないかぎり、読取り専用は最上位のマウントにしか効かない。/proc、/sys、/run、/dev は独立したマウントなので書き込めるまま残り、kernel.core_pattern もその中にある。再帰的になるのは Engine 25 以降で、API 1.44 以降の create とカーネル 5.12 以降に限る。",
  },
  basis: "measured",
  needs: all(mount.roNonrecursive("/"), hostuid0, lsm.allows("file-host")),
  gains: ["host-root"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: [
      "docker run --mount type=bind,source=/,target=/host,readonly,bind-recursive=writable busybox",
      { line: "docker run -v /:/host:ro busybox", host: { rro: false } },
      { line: "docker run -v /:/host:ro busybox", host: { createApi: "1.43" } },
    ],
    closed: [
      "docker run -v /:/host:ro busybox",
      { line: "docker run -u 20000:20000 -v /:/host:ro busybox", host: { rro: false } },
      { line: "docker run -v /srv:/host:ro busybox", host: { rro: false } },
    ],
  },
});
