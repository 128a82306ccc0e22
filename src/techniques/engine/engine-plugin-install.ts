import { all, gained, hardening, not, rootless } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Root that stays, by way of a plugin.
 *
 * Needs all of: the whole API, an engine that runs as root, and no authorization plugin that decides requests.
 */
export const enginePluginInstall = technique({
  id: "engine-plugin-install",
  attack: ["T1543.005"],
  severity: "critical",
  title: {
    en: "The engine's API installs plugins with the host's rights",
    ja: "エンジン API でホスト権限のプラグインを導入できる",
  },
  explanation: {
    en: "A managed plugin may ask for every capability, the host's network and devices, and the client who installs it is the one who grants them. Nobody else is asked. It outlives the container that installed it.",
    ja: "マネージドプラグインは、すべてのケーパビリティやホストのネットワーク、デバイスを要求でき、それを許可するのは導入するクライアント自身である。ほかに確認する者はいない。導入したコンテナが消えても残る。",
  },
  basis: "documented",
  needs: all(gained("engine-api"), not(rootless), not(hardening.authz)),
  gains: ["host-root"],
  examples: {
    open: ["docker run -v /var/run/docker.sock:/var/run/docker.sock busybox"],
    closed: [
      "docker run busybox",
      { line: "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox", host: { authz: true } },
      { line: "docker run -v /run/user/1000/docker.sock:/docker.sock busybox", host: { rootless: true } },
    ],
  },
});
