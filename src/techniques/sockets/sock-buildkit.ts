import { all, reaches, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Insecure builds through the socket of a build daemon.
 *
 * Needs all of: the socket bound, root of the host or its group, and the entitlement allowed. Not enough: the socket,
 * which is no engine's.
 */
export const sockBuildkit = technique({
  id: "sock-buildkit",
  attack: ["T1611", "T1610"],
  severity: "high",
  title: { en: "The build daemon's socket is reachable", ja: "ビルドデーモンのソケットに到達できる" },
  explanation: {
    en: "buildkitd runs as root what a build asks for, in a container of its own. It gives the host only if it was started with the security.insecure entitlement allowed, which it is not by default; the socket alone does not command any container.",
    ja: "buildkitd は、ビルドが求めるものを自前のコンテナの中で root として実行する。ホストを取られるのは security.insecure の entitlement を許して起動した場合だけで、既定では許されない。ソケットだけでは、どのコンテナも操作できない。",
  },
  basis: "documented",
  needs: all(reaches("buildkit"), told("buildkit.insecure")),
  gains: ["host-root"],
  examples: {
    open: [
      {
        line: "docker run -v /run/buildkit/buildkitd.sock:/b.sock busybox",
        host: { facts: { "buildkit.insecure": "yes" } },
      },
    ],
    possible: ["docker run -v /run/buildkit/buildkitd.sock:/b.sock busybox"],
    closed: [
      {
        line: "docker run -v /run/buildkit/buildkitd.sock:/b.sock busybox",
        host: { facts: { "buildkit.insecure": "no" } },
      },
      "docker run -u 1000:1000 -v /run/buildkit/buildkitd.sock:/b.sock busybox",
    ],
  },
});
