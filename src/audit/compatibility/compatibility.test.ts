import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES } from "../../base/index.ts";
import { HOMES, type Home, type HomeVerdict } from "../../findings/index.ts";
import { readRunLine } from "../../readers/docker-run/index.ts";
import { ROOTLESS_LIMITS } from "./alternatives.ts";
import { compatibilityOf } from "./compatibility.ts";
import { REASONS } from "./reasons.ts";
import { FEATURES } from "./table.ts";

function compatibility(line: string) {
  const [workload] = readRunLine(line, "x").workloads;
  assert.ok(workload, line);
  return compatibilityOf(workload);
}

const VERDICTS: Readonly<Record<string, HomeVerdict>> = { y: "works", c: "conditional", n: "does-not" };

/** A line that asks for one thing, and its verdicts in the order of HOMES; the nearest line that does not ask for it. */
const ASKED: Readonly<Record<string, readonly [asks: string, verdicts: string, not: string]>> = {
  privileged: ["--privileged", "cncncc", "--privileged=false"],
  "userns-host": ["--userns host", "yccnyy", "-w /userns"],
  "pid-host": ["--pid host", "nncnnn", "--pid container:a"],
  "network-host": ["--network host", "cnyncn", "--network none"],
  "ipc-host": ["--ipc host", "nncnnn", "--ipc private"],
  "uts-host": ["--uts host", "yycnnn", "--hostname host"],
  "joins-container": ["--pid container:a", "ycyccc", "--pid host"],
  "cap-sys-admin": ["--cap-add sys_admin", "yyyyyy", "--cap-drop SYS_ADMIN"],
  "cap-sys-time": ["--cap-add CAP_SYS_TIME", "nnnnnc", "--cap-add SYS_NICE"],
  "cap-net-admin": ["--cap-add NET_ADMIN", "yyyycy", "--cap-add NET_RAW"],
  "cap-kernel": ["--cap-add SYS_MODULE", "nnnnnc", "--cap-add SYS_PTRACE"],
  "cap-mknod": ["--cap-add MKNOD", "nnnnyy", "--cap-drop MKNOD"],
  device: ["--device /dev/fuse", "cccccc", "-v /devices:/d"],
  "root-only-bind": ["-v /root:/r", "nnncyy", "-v /srv/data:/d"],
  "engine-socket": ["-v /run/docker.sock:/s", "cncccc", "-v /run/app.sock:/s"],
  limits: ["--memory 64m", "cycyyy", "--shm-size 64m"],
  "oom-score": ["--oom-score-adj=-500", "cnnccc", "--oom-score-adj 500"],
  ulimits: ["--ulimit nofile=10", "cccycc", "--init"],
  "published-port": ["-p 8080:80", "cyyyyy", "--expose 80"],
  "low-port": ["-p 80:8080", "cycyyy", "-p 8080:80"],
  "sctp-port": ["-p 9000:9000/sctp", "ncnyny", "-p 9000:9000/udp"],
  "mandatory-access-control": ["--security-opt apparmor=web", "nyccnc", "--security-opt apparmor=unconfined"],
  "seccomp-profile": ["--security-opt seccomp=/p.json", "yyccnc", "--security-opt seccomp=unconfined"],
  "inner-engine": ["--name d docker:27-dind #", "cncycy", "--name d docker:27-cli #"],
  "volume-driver": ["--volume-driver rexray", "ccnccc", "--volume-driver local"],
};

test("every feature is asked for by its line, with the verdicts of the table, and not by the nearest other one", () => {
  assert.deepEqual(FEATURES.map(({ id }) => id).sort(), Object.keys(ASKED).sort());
  for (const [id, [asks, verdicts, not]] of Object.entries(ASKED)) {
    const { homes } = compatibility(`docker run ${asks} alpine`);
    const found = homes.map(({ features }) => features.find(({ feature }) => feature === id)?.verdict);
    assert.deepEqual(
      found,
      [...verdicts].map((letter) => VERDICTS[letter]),
      id,
    );
    const others = compatibility(`docker run ${not} alpine`).homes.flatMap(({ features }) => features);
    assert.ok(!others.some(({ feature }) => feature === id), `${id}: ${not}`);
  }
});

test("a home is as good as the worst that is asked of it", () => {
  const verdict = (line: string, home: Home) => compatibility(line).homes.find((entry) => entry.home === home)?.verdict;
  assert.equal(verdict("docker run alpine", "gvisor"), "works");
  assert.equal(verdict("docker run -p 80:80 --memory 1g alpine", "rootless-docker"), "conditional");
  assert.equal(verdict("docker run -p 80:80 --pid host alpine", "rootless-docker"), "does-not");
  assert.equal(verdict("docker run -p 80:80 --memory 1g alpine", "userns-remap"), "works");
});

test("alternatives are told where there is an engine inside or a socket, and only there", () => {
  for (const line of ["-v /var/run/docker.sock:/s alpine", "-v /run:/run alpine", "docker:dind", "alpine dockerd"]) {
    assert.ok(compatibility(`docker run ${line}`).alternatives.length > 3, line);
  }
  for (const line of ["alpine", "docker:27-cli version", "-v /srv:/s alpine", "registry.example/indigo:1"]) {
    assert.deepEqual(compatibility(`docker run ${line}`).alternatives, [], line);
  }
});

test("what does not just work has a reason, and every reason is written in every language and used", () => {
  const used = new Set<string>();
  for (const { id, cells } of FEATURES) {
    assert.equal(cells.length, HOMES.length);
    for (const [verdict, , reason] of cells) {
      assert.equal(verdict === "works", reason === undefined, id);
      used.add(reason ?? "");
    }
  }
  for (const [id, text] of Object.entries(REASONS)) {
    assert.ok(used.has(id), `${id} is used nowhere`);
    assert.ok(LANGUAGES.every((language) => text[language] !== ""));
  }
  assert.equal(ROOTLESS_LIMITS.length, 5);
});
