import { all, gained, hardening, not, rootless } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From the API of an engine to its host.
 *
 * Needs all of: the whole API, an engine that runs as root, and no authorization plugin that decides requests.
 * userns-remap does not help, see engine-api-to-root-remap.
 */
export const engineApiToRoot = technique({
  id: "engine-api-to-root",
  attack: ["T1610", "T1611"],
  severity: "critical",
  title: { en: "The engine's API gives root on the host", ja: "エンジン API からホストの root になれる" },
  explanation: {
    en: "One call creates a privileged container with the host's root directory, another starts it. Nothing in the API distinguishes that from ordinary use, so only an engine without root, or a policy that reads every request, stands in the way.",
    ja: "ホストのルートディレクトリを持つ特権コンテナは、1 回の呼出しで作成でき、もう 1 回で起動できる。API はこれを普通の利用と区別しないので、妨げになるのは、root で動かないエンジンか、すべての要求を検査するポリシーだけである。",
  },
  basis: "documented",
  needs: all(gained("engine-api"), not(rootless), not(hardening.authz)),
  gains: ["host-root"],
  examples: {
    open: ["docker run -v /var/run/docker.sock:/var/run/docker.sock busybox"],
    closed: [
      "docker run busybox",
      { line: "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox", host: { authz: true } },
      "docker run -u 20000:20000 -v /var/run/docker.sock:/docker.sock busybox",
      { line: "docker run -v /run/user/1000/docker.sock:/docker.sock busybox", host: { rootless: true } },
    ],
  },
});
