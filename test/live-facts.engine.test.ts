/**
 * Derived facts against the kernel: containers that sleep are started with the flags of a table on a real engine, and
 * what we derive from the engine's answers is compared with /proc/PID of each, read from the host's side.
 *
 * The settings are dangerous; nothing is ever run inside. No disk of the host is mapped.
 */
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { engineLayers } from "../src/cli/host-layers.ts";
import { readLive } from "../src/cli/inputs/live.ts";
import { createEngineClient } from "../src/engine/index.ts";
import {
  type Capability,
  type ContainerFacts,
  cap,
  DEFAULT_MASKED_PATHS,
  DEFAULT_READ_ONLY_PATHS,
  deriveContainerFacts,
  type Expression,
  evaluate,
  formatCapabilityMask,
  type HostFacts,
  type Known,
  knownBoolean,
  NO_GAINS,
  sys,
  viewOf,
} from "../src/facts/index.ts";
import { mergeHostFacts } from "../src/readers/host-facts/index.ts";
import { NAMESPACE_KINDS, type NamespaceKind, type ProcessFacts } from "../src/readers/procfs/index.ts";
import { auditDocument } from "../src/report/index.ts";
import { runCommand } from "./support/engines/command.ts";
import {
  BUSYBOX_IMAGE,
  type EngineKind,
  engineTestOptions,
  startEngine,
  type TestEngine,
} from "./support/engines/index.ts";
import { deviceRulesOf, hostIdOf, mountAt, mountsBelow, observe, observeDaemon } from "./support/observed-container.ts";

/** Flags by the name of the container. `DATA` stands for a folder of this test. */
type Combinations = Readonly<Record<string, readonly string[]>>;

/** What others join. */
const JOINED: Combinations = { plain: ["--ipc", "shareable"] };

const ROOTFUL: Combinations = {
  ...JOINED,
  privileged: ["--privileged"],
  "privileged-user": ["--privileged", "--user", "1000"],
  "privileged-nnp": ["--privileged", "--security-opt", "no-new-privileges"],
  "privileged-drop": ["--privileged", "--cap-drop", "ALL"],
  "sys-admin": ["--cap-add", "SYS_ADMIN"],
  "cap-prefix": ["--cap-add", "cap_sys_ptrace"],
  "cap-all": ["--cap-add", "ALL"],
  "cap-all-but": ["--cap-add", "ALL", "--cap-drop", "SYS_ADMIN"],
  "drop-all": ["--cap-drop", "ALL"],
  "drop-all-add": ["--cap-drop", "ALL", "--cap-add", "NET_BIND_SERVICE"],
  "drop-and-add": ["--cap-drop", "NET_RAW", "--cap-add", "NET_RAW"],
  "user-1000": ["--user", "1000"],
  "user-group": ["--user", "1000:2000", "--group-add", "3000"],
  "user-cap": ["--user", "1000", "--cap-add", "NET_ADMIN"],
  nnp: ["--security-opt", "no-new-privileges"],
  "nnp-false": ["--security-opt", "no-new-privileges:false"],
  "seccomp-off": ["--security-opt", "seccomp=unconfined"],
  "seccomp-file": ["--security-opt", "seccomp=DATA/deny-one.json"],
  "system-paths": ["--security-opt", "systempaths=unconfined"],
  "pid-host": ["--pid", "host"],
  "net-host": ["--network", "host"],
  "ipc-host": ["--ipc", "host"],
  "uts-host": ["--uts", "host"],
  "all-host": ["--pid", "host", "--network", "host", "--ipc", "host", "--uts", "host", "--cgroupns", "host"],
  "cgroup-private": ["--cgroupns", "private"],
  "cgroup-host": ["--cgroupns", "host"],
  "pid-joined": ["--pid", "container:plain"],
  "pid-joined-host": ["--pid", "container:pid-host"],
  "net-joined": ["--network", "container:plain"],
  "ipc-joined": ["--ipc", "container:plain"],
  "ipc-none": ["--ipc", "none"],
  "read-only": ["--read-only"],
  "bind-root-ro": ["-v", "/:/host:ro"],
  "bind-etc-ro": ["-v", "/etc:/host/etc:ro"],
  "bind-proc-ro": ["-v", "/proc:/host/proc:ro"],
  "bind-sys-ro": ["-v", "/sys:/host/sys:ro"],
  "bind-dev-ro": ["-v", "/dev:/host/dev:ro"],
  "bind-data": ["-v", "DATA/rw:/rw", "-v", "DATA/ro:/ro:ro"],
  "bind-shared": ["-v", "DATA/rw:/rw:rshared"],
  "mount-flag": ["--mount", "type=bind,source=DATA/ro,target=/ro,readonly", "--mount", "type=bind,src=DATA/rw,dst=/rw"],
  "volume-ro": ["-v", "store:/store:ro", "-v", "store:/again"],
  tmpfs: ["--tmpfs", "/scratch"],
  "device-null": ["--device", "/dev/null:/dev/nothing"],
  "device-kmsg-r": ["--device", "/dev/kmsg:/dev/kmsg:r"],
  "device-fuse": ["--device", "/dev/fuse"],
  "rule-fuse": ["--device-cgroup-rule", "c 10:229 rwm"],
  "rule-every-disk": ["--device-cgroup-rule", "b *:* rwm"],
};

const REMAPPED: Combinations = {
  ...JOINED,
  "sys-admin": ["--cap-add", "SYS_ADMIN"],
  "cap-all": ["--cap-add", "ALL"],
  "drop-all": ["--cap-drop", "ALL"],
  "user-1000": ["--user", "1000"],
  "user-group": ["--user", "1000:2000", "--group-add", "3000"],
  nnp: ["--security-opt", "no-new-privileges"],
  "seccomp-off": ["--security-opt", "seccomp=unconfined"],
  "system-paths": ["--security-opt", "systempaths=unconfined"],
  "uts-host": ["--uts", "host"],
  "ipc-joined": ["--ipc", "container:plain"],
  "net-joined": ["--network", "container:plain"],
  "bind-data": ["-v", "DATA/rw:/rw", "-v", "DATA/ro:/ro:ro"],
  "userns-host": ["--userns", "host"],
  "userns-host-privileged": ["--userns", "host", "--privileged"],
  "userns-host-pid": ["--userns", "host", "--pid", "host"],
  "read-only": ["--read-only"],
};

const ROOTLESS: Combinations = {
  ...JOINED,
  privileged: ["--privileged"],
  "sys-admin": ["--cap-add", "SYS_ADMIN"],
  "cap-all": ["--cap-add", "ALL"],
  "drop-all": ["--cap-drop", "ALL"],
  "user-1000": ["--user", "1000"],
  nnp: ["--security-opt", "no-new-privileges"],
  "seccomp-off": ["--security-opt", "seccomp=unconfined"],
  "system-paths": ["--security-opt", "systempaths=unconfined"],
  "net-joined": ["--network", "container:plain"],
  "ipc-joined": ["--ipc", "container:plain"],
  "pid-joined": ["--pid", "container:plain"],
  "net-host": ["--network", "host"],
  "bind-data": ["-v", "DATA/rw:/rw", "-v", "DATA/ro:/ro:ro"],
  "bind-etc-ro": ["-v", "/etc:/host/etc:ro"],
  "read-only": ["--read-only"],
};

const HARDENED = ["--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--read-only", "--user", "20000:20000"];

/** Containers that are started at once: an engine takes a lock for most of a start. */
const STARTS_AT_ONCE_MAX = 4;

/** How long a container sleeps at most, whatever becomes of this test. */
const SLEEP_SECONDS = 600;

/** A container from both sides. */
interface Compared {
  readonly facts: ContainerFacts;
  readonly host: HostFacts;
  readonly seen: ProcessFacts;
  readonly pid: number;
}

/** An engine of one kind with its containers. */
interface Running {
  readonly daemon: ProcessFacts;
  readonly containers: ReadonlyMap<string, Compared>;
}

for (const [kind, combinations] of [
  ["rootful", ROOTFUL],
  ["userns-remap", REMAPPED],
  ["rootless", ROOTLESS],
] as const) {
  describe(`what is derived is what the kernel shows: ${kind}`, engineTestOptions(kind), () => {
    let data: string | undefined;
    let engine: TestEngine | undefined;
    let running: Running;
    before(async () => {
      data = temporaryFolder();
      engine = await startEngine(kind);
      running = await startAll(engine, withData(combinations, data));
    });
    after(async () => {
      await engine?.stop();
      if (data !== undefined) {
        rmSync(data, { recursive: true, force: true });
      }
    });
    for (const [name, flags] of Object.entries(combinations)) {
      test(`${name}: ${flags.join(" ")}`, () => compare(name, running, kind));
    }
  });
}

/** Files and folders that containers of every kind of engine may see. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-live-"));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "rw"));
  mkdirSync(join(folder, "ro"));
  const denyOne = { defaultAction: "SCMP_ACT_ALLOW", syscalls: [{ names: ["mount"], action: "SCMP_ACT_ERRNO" }] };
  writeFileSync(join(folder, "deny-one.json"), JSON.stringify(denyOne));
  return folder;
}

const withData = (combinations: Combinations, data: string): Combinations =>
  Object.fromEntries(
    Object.entries(combinations).map(([name, flags]) => [name, flags.map((flag) => flag.replaceAll("DATA", data))]),
  );

async function startAll(engine: TestEngine, combinations: Combinations): Promise<Running> {
  const all = Object.entries(combinations);
  const joins = (flags: readonly string[]) => flags.some((flag) => flag.startsWith("container:"));
  for (const wave of [all.filter(([, flags]) => !joins(flags)), all.filter(([, flags]) => joins(flags))]) {
    for (let first = 0; first < wave.length; first += STARTS_AT_ONCE_MAX) {
      const some = wave.slice(first, first + STARTS_AT_ONCE_MAX);
      await Promise.all(some.map(([name, flags]) => sleep(engine, name, flags)));
    }
  }
  const client = createEngineClient({ kind: "unix", uri: engine.host, socketPath: engine.socketPath });
  try {
    const host = mergeHostFacts(...(await engineLayers(client)).layers);
    const live = await readLive(client, { local: true });
    assert.ok(live.complete, JSON.stringify(live.problems));
    const containers = live.workloads.map((workload): [string, Compared] => {
      const { pid } = workload.observed;
      assert.ok(pid !== undefined, `${workload.name} does not run`);
      return [workload.name, { facts: deriveContainerFacts(workload, host), host, seen: observe(pid), pid }];
    });
    return { daemon: observeDaemon(engine.folder), containers: new Map(containers) };
  } finally {
    client.close();
  }
}

async function sleep(engine: TestEngine, name: string, flags: readonly string[]): Promise<void> {
  const network = flags.includes("--network") ? [] : ["--network", "none"];
  const words = ["run", "-d", "--name", name, ...network, ...flags, BUSYBOX_IMAGE, "sleep", String(SLEEP_SECONDS)];
  const { code, stderr } = await engine.docker(...words);
  assert.equal(code, 0, `docker ${words.join(" ")}: ${stderr}`);
}

function compare(name: string, { containers, daemon }: Running, kind: EngineKind): void {
  const compared = containers.get(name);
  assert.ok(compared !== undefined, `${name} was not read`);
  compareIdentity(compared);
  compareCapabilities(compared, daemon);
  compareConfinement(compared);
  compareNamespaces(compared, daemon, containers);
  compareUserNamespace(compared, kind);
  compareSystemPaths(compared);
  compareMounts(compared);
  compareDevices(compared);
}

function holds({ facts, host }: Compared, expression: Expression): Known {
  const [start] = facts.identities;
  assert.ok(start !== undefined);
  return evaluate(expression, viewOf(facts, host, start), NO_GAINS);
}

function compareIdentity({ facts, seen }: Compared): void {
  const [start] = facts.identities;
  assert.ok(start?.uid !== undefined, "the user is known");
  assert.equal(seen.uids.effective, hostIdOf(seen.uidMap, start.uid), "uid");
  assert.ok(start.gidsKnown);
  const derived = new Set(start.gids.map((gid) => hostIdOf(seen.gidMap, gid)));
  assert.deepEqual([...derived].sort(), [...new Set([seen.gids.effective, ...seen.groups])].sort(), "groups");
}

function compareCapabilities(compared: Compared, daemon: ProcessFacts): void {
  const { facts, seen } = compared;
  // A machine may lack a capability altogether. Not so a rootless engine: a new user namespace begins with all of them.
  const available = (set: Iterable<Capability>) =>
    formatCapabilityMask(new Set([...set].filter((capability) => daemon.capabilities.bounding?.has(capability))));
  assert.equal(available(facts.bounding), formatCapabilityMask(seen.capabilities.bounding ?? new Set()), "CapBnd");
  const effective = [...facts.bounding].filter((capability) => holds(compared, cap(capability)) === "yes");
  assert.equal(available(effective), formatCapabilityMask(seen.capabilities.effective ?? new Set()), "CapEff");
}

function compareConfinement({ facts, seen }: Compared): void {
  assert.equal(facts.noNewPrivileges, knownBoolean(seen.noNewPrivileges === true), "NoNewPrivs");
  assert.notEqual(facts.seccomp.kind, "unknown");
  assert.equal(facts.seccomp.kind === "off" ? "off" : "filter", seen.seccomp, "Seccomp");
}

/** Those that a configuration decides. The mount namespace is always the container's own. */
const DERIVED_NAMESPACES = ["pid", "net", "ipc", "uts", "cgroup"] as const;

function compareNamespaces(
  { facts, seen }: Compared,
  daemon: ProcessFacts,
  containers: ReadonlyMap<string, Compared>,
): void {
  for (const kind of DERIVED_NAMESPACES) {
    const { host, shared } = facts.namespaces[kind];
    const link = linkOf(seen, kind);
    assert.equal(host, knownBoolean(link === linkOf(daemon, kind)), `${kind} namespace of the host`);
    if (shared === "yes") {
      const others = [...containers.values()].filter((other) => other.seen !== seen);
      assert.ok(
        others.some((other) => linkOf(other.seen, kind) === link),
        `${kind} namespace of another container`,
      );
    }
  }
  assert.notEqual(linkOf(seen, "mnt"), linkOf(daemon, "mnt"));
  assert.ok(NAMESPACE_KINDS.every((kind) => seen.namespaces.has(kind)));
}

function linkOf({ namespaces }: ProcessFacts, kind: NamespaceKind): string {
  const link = namespaces.get(kind);
  assert.ok(link !== undefined, `the ${kind} namespace can be read`);
  return link;
}

function compareUserNamespace({ facts, host, seen }: Compared, kind: EngineKind): void {
  const first = linkOf(observe(process.pid), "user");
  assert.equal(facts.ids.initialUserNamespace, knownBoolean(linkOf(seen, "user") === first), "first user namespace");
  const hostRoot = hostIdOf(seen.uidMap, 0);
  assert.equal(facts.ids.sameIds, knownBoolean(hostRoot === 0), `user 0 is ${hostRoot} on the host`);
  assert.equal(facts.ids.rootless, knownBoolean(kind === "rootless"), "rootless");
  if (facts.ids.remapped === "yes") {
    assert.equal(host.values.subuid, hostRoot, "first id of the mapping");
    assert.equal(facts.ids.gidOffset, hostIdOf(seen.gidMap, 0), "first group id of the mapping");
  }
}

/** Masked and read-only paths, /sys, and the root file system. What this kernel does not have cannot be covered. */
function compareSystemPaths(compared: Compared): void {
  const { facts, seen } = compared;
  const mounts = seen.mounts ?? [];
  assert.ok(facts.masked.known && facts.readOnlyPaths.known);
  for (const path of DEFAULT_READ_ONLY_PATHS.filter((entry) => existsSync(entry))) {
    const covered = mountAt(mounts, path)?.readOnly === true;
    assert.equal(covered, facts.readOnlyPaths.paths.includes(path), `${path} is read-only`);
  }
  for (const path of DEFAULT_MASKED_PATHS.filter((entry) => existsSync(entry))) {
    const covered = mountAt(mounts, path) !== undefined;
    assert.equal(covered, facts.masked.paths.includes(path), `${path} is masked`);
  }
  const sysfs = mountAt(mounts, "/sys");
  assert.equal(holds(compared, sys.writable), knownBoolean(sysfs?.readOnly === false), "/sys is writable");
  const { ReadonlyRootfs } = facts.workload.config.HostConfig;
  assert.equal(mountAt(mounts, "/")?.readOnly, ReadonlyRootfs === true, "/ is read-only");
}

/** Every mount that we derive is there, with the flag and the propagation that we say; what lies below it too. */
function compareMounts({ facts, seen }: Compared): void {
  const mounts = seen.mounts ?? [];
  for (const mount of facts.mounts) {
    const shown = mountAt(mounts, mount.target);
    assert.ok(shown !== undefined, `${mount.target} is mounted`);
    assert.equal(mount.readOnly, knownBoolean(shown.readOnly), `${mount.target} is read-only`);
    const below = mountsBelow(mounts, mount.target);
    if (mount.readOnly === "yes" && below.length > 0) {
      const covered = below.every(({ readOnly }) => readOnly);
      assert.equal(mount.recursive, knownBoolean(covered), `read-only below ${mount.target}`);
    }
    if (mount.propagation.endsWith("shared")) {
      assert.ok(shown.propagation.sharedGroup !== undefined, `${mount.target} is shared`);
    }
  }
}

/** Device numbers (devices.txt) of the kinds in the table that no container gets by default. */
const DEVICE_NUMBERS = [
  ["kmsg", "c 1:11"],
  ["fuse", "c 10:229"],
] as const;

/** The device cgroup of version 1 lists what it lets through; version 2 has a program that cannot be read. */
function compareDevices({ facts, pid }: Compared): void {
  const rules = deviceRulesOf(pid);
  if (rules === undefined) {
    return;
  }
  if (facts.ids.rootless === "yes") {
    // No cgroup was delegated on version 1, so none is made and nothing is refused by it: owner and mode of the nodes,
    // and a user namespace in which mknod makes none, are all that is left. We claim no more than the engine asks for.
    assert.deepEqual(rules, ["a *:* rwm"]);
    return;
  }
  const lets = (numbers: string, use: string) =>
    rules.some(
      (rule) => /^a \*:\*/.test(rule) || (rule.startsWith(`${numbers} `) && rule.split(" ")[2]?.includes(use)),
    );
  const ruled = facts.workload.config.HostConfig.DeviceCgroupRules ?? [];
  for (const [kind, numbers] of DEVICE_NUMBERS) {
    const access = facts.device(kind);
    const byRule = ruled.some((rule) => rule.startsWith(numbers));
    assert.equal(access.read === "yes" || byRule, lets(numbers, "r"), `${kind} may be read: ${rules.join("; ")}`);
    assert.equal(access.write === "yes" || byRule, lets(numbers, "w"), `${kind} may be written: ${rules.join("; ")}`);
    if (access.read === "yes" && facts.privileged === "no") {
      assert.ok(existsSync(`/proc/${pid}/root/dev/${kind}`), `/dev/${kind} is there`);
    }
  }
  assert.equal(facts.diskRule.known, knownBoolean(lets("b *:*", "r")), `every disk: ${rules.join("; ")}`);
}

describe("sekisho audit and explain on a live engine", engineTestOptions("rootful"), () => {
  let engine: TestEngine | undefined;
  before(async () => {
    engine = await startEngine("rootful");
    await sleep(engine, "dangerous", ["--privileged"]);
    await sleep(engine, "hardened", HARDENED);
  });
  after(() => engine?.stop());

  test("audit --format json: one holds its host for certain, the other does not", async () => {
    const { code, stdout, stderr } = await sekisho("audit", "--host", engine?.host ?? "", "--format", "json");
    assert.equal(code, 1, stderr);
    const document = auditDocument.parse(JSON.parse(stdout));
    assert.equal(document.schema, "sekisho.audit/v1");
    assert.equal(document.complete, true);
    const found = new Map(document.workloads.map((workload) => [workload.name, workload]));
    assert.deepEqual([...found.keys()].sort(), ["dangerous", "hardened"]);
    const dangerous = found.get("dangerous");
    assert.equal(dangerous?.kind, "container");
    assert.equal(dangerous?.gains.find(({ gain }) => gain === "host-root")?.certainty, "yes");
    assert.ok(dangerous?.paths.some(({ gain, steps }) => gain === "host-root" && steps.length > 0));
    assert.ok(dangerous?.findings.some(({ id }) => id === "privileged-flag"));
    assert.ok(dangerous?.fixes.some(({ closes }) => closes.includes("host-root")));
    assert.notEqual(found.get("hardened")?.gains.find(({ gain }) => gain === "host-root")?.certainty, "yes");
    assert.equal(document.summary.workloads, 2);
    assert.equal(document.summary.hostRoot, 1);
  });

  test("explain NAME shows one container", async () => {
    const { code, stdout, stderr } = await sekisho(
      "explain",
      "--host",
      engine?.host ?? "",
      "--lang",
      "en",
      "dangerous",
    );
    assert.equal(code, 0, stderr);
    for (const word of ["dangerous", "SYS_ADMIN", "seccomp", "pid"]) {
      assert.match(stdout, new RegExp(word, "i"));
    }
    assert.doesNotMatch(stdout, /hardened/);
  });

  test("explain of a container that is not there", async () => {
    const { code, stderr } = await sekisho("explain", "--host", engine?.host ?? "", "--lang", "en", "nobody");
    assert.equal(code, 2);
    assert.match(stderr, /no technique, file or container is called "nobody"/);
  });
});

function sekisho(...args: string[]) {
  return runCommand(process.execPath, [join(import.meta.dirname, "../src/cli/main.ts"), ...args]);
}
