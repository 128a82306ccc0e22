/** What seems to run: in the container, and on the host for whoever can look there. */
import { numberOf } from "./machine-facts.ts";
import type { ShellPlace } from "./shell.ts";

export interface ProcessRow {
  readonly pid: number;
  readonly ppid: number;
  readonly user: string;
  /** Seconds after the boot. */
  readonly startedAfter: number;
  /** Kernel threads in brackets. */
  readonly command: string;
}

type Place = Omit<ShellPlace, "layers">;

/** Processes of the machine before anything was started in containers; `PID` order. */
const DAEMONS: readonly (readonly [least: number, most: number, ppid: number, user: string, command: string])[] = [
  [1, 1, 0, "root", "/sbin/init"],
  [2, 2, 0, "root", "[kthreadd]"],
  [3, 3, 2, "root", "[rcu_gp]"],
  [10, 10, 2, "root", "[mm_percpu_wq]"],
  [11, 11, 2, "root", "[rcu_sched]"],
  [12, 12, 2, "root", "[migration/0]"],
  [60, 90, 2, "root", "[kswapd0]"],
  [180, 260, 2, "root", "[jbd2/sda1-8]"],
  [270, 310, 1, "root", "/lib/systemd/systemd-journald"],
  [320, 360, 1, "root", "/lib/systemd/systemd-udevd"],
  [400, 430, 1, "systemd-timesync", "/lib/systemd/systemd-timesyncd"],
  [
    440,
    470,
    1,
    "message+",
    "/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only",
  ],
  [480, 499, 1, "root", "/usr/sbin/cron -f"],
  [500, 529, 1, "root", "/usr/sbin/rsyslogd -n -iNONE"],
  [530, 559, 1, "root", "/lib/systemd/systemd-logind"],
  [560, 620, 1, "root", "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups"],
  [630, 690, 1, "root", "/usr/bin/containerd"],
  [700, 760, 1, "root", "/usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2375 --containerd=/run/containerd/containerd.sock"],
  [770, 790, 1, "root", "/sbin/agetty -o -p -- \\u --noclear tty1 linux"],
];

/** All processes that a place sees through one `/proc`. */
export function processesOf(place: Place, scope: "host" | "container" | "none"): readonly ProcessRow[] {
  if (scope === "host" || place.pidMode === "host") {
    return DAEMONS.map(([least, most, ppid, user, command]) => ({
      pid: numberOf(least, most, place.machine.seed, command),
      ppid,
      user,
      startedAfter: ppid === 2 || ppid === 0 ? 0 : 3 + least / 100,
      command,
    }));
  }
  const first = place.mainProgram.length === 0 ? "sh" : place.mainProgram.join(" ");
  return [
    {
      pid: 1,
      ppid: 0,
      user: place.user === "" || place.user === "0" ? "root" : place.user,
      startedAfter: 0,
      command: first,
    },
  ];
}
