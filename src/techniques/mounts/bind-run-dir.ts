import { all, lsm, mount } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * A bind of /run or /var/run.
 *
 * A marker: it never gives an engine by itself, because none may listen there. Read-only is no obstacle to connecting.
 */
export const bindRunDir = technique({
  id: "bind-run-dir",
  attack: ["T1083"],
  severity: "medium",
  title: { en: "The host's /run is visible", ja: "ホストの /run が見える" },
  explanation: {
    en: "/run holds the sockets, process numbers and sessions of every daemon of the host. What the sockets give is reported by the techniques named after them; the directory itself tells which daemons there are.",
    ja: "/run には、ホストの各デーモンのソケット、プロセス番号、セッション情報がある。ソケットから得られるものはそれぞれの名前の手口で報告する。このディレクトリ自体からは、どのデーモンがあるかが分かる。",
  },
  basis: "measured",
  needs: all(mount.any("/run"), lsm.allows("file-host")),
  gains: ["host-info-leak"],
  examples: {
    open: ["docker run -v /var/run:/host/run:ro busybox", "docker run -v /:/host:ro busybox"],
    closed: [
      "docker run -v /run/app:/run/app busybox",
      "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox",
    ],
  },
});
