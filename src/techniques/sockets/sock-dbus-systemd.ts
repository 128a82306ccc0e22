import { all, hostuid0, lsm, onHost, sock } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The private socket of systemd.
 *
 * Needs all of: the socket or a directory above it bound, and user 0 of the host: the manager compares the peer's id,
 * so that an id-mapped mount is not enough.
 */
export const sockDbusSystemd = technique({
  id: "sock-dbus-systemd",
  attack: ["T1611", "T1543.002"],
  severity: "critical",
  title: { en: "systemd's private socket is reachable", ja: "systemd の専用ソケットに到達できる" },
  explanation: {
    en: "/run/systemd/private speaks to the host's service manager directly and obeys root. Whoever connects as user 0 of the host starts a unit of his own. It is a plain socket, which AppArmor's D-Bus rules do not see.",
    ja: "/run/systemd/private はホストのサービスマネージャに直接つながり、root に従う。ホストの uid 0 として接続した者は、任意のユニットを起動できる。普通のソケットなので、AppArmor の D-Bus 規則の対象にならない。",
  },
  basis: "reasoned",
  needs: all(sock("systemd-private"), hostuid0, onHost.systemd, lsm.allows("sock-connect")),
  gains: ["host-root"],
  examples: {
    open: [
      "docker run -v /run:/host/run:ro busybox",
      { line: "docker run -v /run/systemd:/run/systemd:ro busybox", host: { apparmor: true } },
    ],
    closed: [
      "docker run -u 1000:1000 -v /run/systemd:/run/systemd:ro busybox",
      "docker run -v /run/systemd/journal:/run/systemd/journal busybox",
      { line: "docker run -v /run/systemd:/run/systemd busybox", host: { usernsRemap: true } },
    ],
  },
});
