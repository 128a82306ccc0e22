import { all, gained, not, rootless, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Root, by way of a build.
 *
 * Needs all of: the API, an engine that runs as root, and a builder that allows insecure steps.
 */
export const engineBuildEntitlement = technique({
  id: "engine-build-entitlement",
  attack: ["T1610", "T1611"],
  severity: "high",
  title: { en: "The engine's API builds with host rights", ja: "エンジン API でホスト権限のビルドができる" },
  explanation: {
    en: "Where the builder allows security.insecure, a build step runs like a privileged container. Policies that look at container creation only do not see it. It is off unless the daemon's configuration allows it.",
    ja: "ビルダーが security.insecure を許していると、ビルドの 1 ステップが特権コンテナのように動く。コンテナの作成だけを見るポリシーでは見つからない。デーモンの設定で許さないかぎり無効である。",
  },
  basis: "documented",
  needs: all(gained("engine-api"), told("buildkit.insecure"), not(rootless)),
  gains: ["host-root"],
  examples: {
    open: [
      {
        line: "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox",
        host: { facts: { "buildkit.insecure": "yes" } },
      },
    ],
    possible: ["docker run -v /var/run/docker.sock:/var/run/docker.sock busybox"],
    closed: [
      "docker run busybox",
      {
        line: "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox",
        host: { facts: { "buildkit.insecure": "no" } },
      },
    ],
  },
});
