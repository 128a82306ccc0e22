import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sekisho, testFolder } from "./support/cli.ts";

/** Lines of a service that reach the host in one way each, as people write them. */
const SERVICES: Readonly<Record<string, string>> = {
  privileged: "privileged: true # for the disks",
  "privileged quoted": 'privileged: "true"',
  socket: "volumes:\n      - /var/run/docker.sock:/var/run/docker.sock # the engine\n      - data:/data # stays",
  "socket long":
    "volumes:\n      - type: bind # long\n        source: /var/run/docker.sock\n        target: /var/run/docker.sock\n      - data:/data",
  root: "volumes:\n      - /:/host",
  etc: "volumes: ['/etc:/host-etc:rw', 'data:/data']",
  "pid and capability":
    "pid: host\n    cap_add:\n      - SYS_PTRACE # tracing\n      - NET_BIND_SERVICE\n    security_opt:\n      - apparmor:unconfined",
  "capability in a flow list": "cap_add: [SYS_ADMIN, CHOWN]",
  "capability with prefix": "cap_add:\n      - CAP_SYS_MODULE",
  device: "devices:\n      - /dev/sda:/dev/sda # disk",
  "seccomp off and capability": "security_opt:\n      - seccomp:unconfined\n    cap_add:\n      - SYS_ADMIN",
  anchor: "<<: *dangerous",
};

const document = (service: string): string => `# head of the file
x-dangerous: &dangerous
  privileged: true # shared

services:
  other: # untouched
    image: "busybox" # quoted
    command: ['sleep', "600"]
  web:
    image: nginx:alpine # the image
    ${service}
    environment:
      A: "1" # a comment that stays

volumes:
  data: {} # last line
`;

const reaches = async (file: string): Promise<number> => {
  const { stdout } = await sekisho(["audit", file, "-f", "json"]);
  return (JSON.parse(stdout) as { summary: { hostRoot: number } }).summary.hostRoot;
};

const commentsOf = (text: string): string[] => text.split("\n").filter((line) => /^\s*#|# /.test(line));

for (const [name, service] of Object.entries(SERVICES)) {
  test(`a fix is written, closes, and leaves the rest: ${name}`, async () => {
    const folder = testFolder("fix");
    const file = join(folder, "compose.yaml");
    const before = document(service);
    writeFileSync(file, before);
    assert.equal(await reaches(file), 1, "the sample must reach the host");

    const shown = await sekisho(["audit", "--fix", "--dry-run", file]);
    assert.equal(readFileSync(file, "utf8"), before, "--dry-run writes nothing");
    await sekisho(["audit", "--fix", file]);
    const after = readFileSync(file, "utf8");
    assert.notEqual(after, before, shown.stdout);
    assert.equal(await reaches(file), 0, after);

    const kept = new Set(after.split("\n"));
    const removed = before.split("\n").filter((line) => !kept.has(line));
    const area = before.slice(before.indexOf("  web:"), before.indexOf("    environment:")).split("\n");
    assert.deepEqual(
      removed.filter((line) => !area.includes(line)),
      [],
      "lines elsewhere stay as they are",
    );
    for (const comment of commentsOf(before).filter((line) => !area.includes(line))) {
      assert.ok(after.includes(comment), `lost: ${comment}`);
    }
    const again = await sekisho(["audit", "--fix", "--dry-run", file]);
    assert.doesNotMatch(again.stdout, /closes host-root/, "a second fix has nothing left to close there");
  });
}

test("a file without a path to the host stays byte for byte", async () => {
  const file = join(testFolder("fix"), "compose.yaml");
  const text = 'services:\n  web:\n    image: "nginx"   # three spaces\n    read_only:   true\r\n';
  writeFileSync(file, text);
  await sekisho(["audit", "--fix", file]);
  assert.equal(readFileSync(file, "utf8"), text);
});
