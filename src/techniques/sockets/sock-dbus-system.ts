import { all, hostuid0, lsm, onHost, sock } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The system message bus as root.
 *
 * Needs all of: the bus socket or a directory above it bound, user 0 of the host, and no AppArmor that mediates D-Bus.
 */
export const sockDbusSystem = technique({
  id: "sock-dbus-system",
  attack: ["T1611", "T1543.002"],
  severity: "high",
  title: { en: "The host's system bus is reachable as root", ja: "ホストのシステムバスに root として到達できる" },
  explanation: {
    en: "Everybody may connect to the system bus; polkit then treats a caller with user id 0 as authorized, and systemd listens there. AppArmor refuses docker-default on kernels that mediate D-Bus, Ubuntu's for one. Other users win nothing by themselves.",
    ja: "システムバスには誰でも接続できるが、polkit は uid 0 の呼出し元を認可済みとみなし、systemd もそこで待ち受けている。D-Bus を仲介するカーネル(Ubuntu など)では AppArmor が docker-default を拒否する。他のユーザは、それだけでは何も得られない。",
  },
  basis: "documented",
  needs: all(sock("dbus"), hostuid0, onHost.systemd, lsm.allows("dbus")),
  gains: ["host-root"],
  examples: {
    open: [
      "docker run -v /run/dbus:/run/dbus:ro busybox",
      { line: "docker run -v /run/dbus:/run/dbus busybox", host: { apparmor: true, dbusMediation: false } },
    ],
    possible: [{ line: "docker run -v /run/dbus:/run/dbus:ro busybox", host: { apparmor: true } }],
    closed: [
      "docker run -u 1000:1000 -v /run/dbus:/run/dbus busybox",
      { line: "docker run -v /run/dbus:/run/dbus busybox", host: { apparmor: true, dbusMediation: true } },
      { line: "docker run -v /run/dbus:/run/dbus busybox", host: { usernsRemap: true } },
    ],
  },
});
