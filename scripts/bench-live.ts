/**
 * Processor time of an audit of a live engine: `npm run bench:live` (root, and the packages of
 * scripts/install-test-packages.sh).
 *
 * A private engine with 50 sleeping containers. Compared with a shell that asks the same engine as docker-bench-security
 * 1.6.0 was counted to ask for 50 containers: 1,581 times `docker inspect`, 150 times `docker port` and 138 other calls,
 * its 100 `docker exec` left out. A tenth of those calls is made, and ten times their processor time is the figure. The
 * real tool does more with the answers (it was measured at 38.7 to 40.1 s for 50 containers), so this is a lower bound
 * of what it costs, and no run of it.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BUSYBOX_IMAGE, startEngine } from "../test/support/engines/index.ts";

const CONTAINERS = 50;
const RUNS = 3;

/** Of the calls that were counted, one in so many is made. */
const SAMPLE = 10;
const CALLS = { inspect: 1_581, port: 150, info: 138 };

const BUILT = join(import.meta.dirname, "../dist/sekisho.js");
const MAIN = existsSync(BUILT) ? BUILT : join(import.meta.dirname, "../src/cli/main.ts");

/** Seconds of processor time of a shell's children (`times` of bash). */
function childrenSeconds(script: string, host: string): number {
  const { stdout } = spawnSync("bash", ["-c", `${script}\ntimes`], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], DOCKER_HOST: host },
  });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}

const engine = await startEngine("rootful");
try {
  for (let number = 0; number < CONTAINERS; number += 1) {
    const flags = [["--privileged"], ["--pid", "host"], ["-v", "/etc:/h:ro"], [], []][number % 5] ?? [];
    const made = await engine.docker("run", "-d", "--name", `c${number}`, ...flags, BUSYBOX_IMAGE, "sleep", "600");
    if (made.code !== 0) {
      throw new Error(made.stderr);
    }
  }
  const audit = `"${process.execPath}" "${MAIN}" audit -f json >/dev/null`;
  const ours = Array.from({ length: RUNS }, () => childrenSeconds(audit, engine.host)).sort((a, b) => a - b)[RUNS >> 1];
  const times = (count: number) => `for i in $(seq ${Math.round(count / SAMPLE)})`;
  const asked = [
    `${times(CALLS.inspect)}; do docker inspect --format '{{ .HostConfig.Privileged }}' c$((i % ${CONTAINERS})) >/dev/null; done`,
    `${times(CALLS.port)}; do docker port c$((i % ${CONTAINERS})) >/dev/null; done`,
    `${times(CALLS.info)}; do docker info --format '{{ .SecurityOptions }}' >/dev/null; done`,
  ].join("\n");
  const theirs = SAMPLE * childrenSeconds(asked, engine.host);
  console.log(`${CONTAINERS} containers, ${MAIN}`);
  console.log(
    `sekisho audit -f json: ${ours?.toFixed(2)} s of processor time, median of ${RUNS}, start and fixes included`,
  );
  console.log(
    `the calls of a shell: ${theirs.toFixed(1)} s (a tenth was made), ${(theirs / (ours ?? 1)).toFixed(0)} times as much`,
  );
} finally {
  await engine.stop();
}
