/**
 * What we derive from a run line is what was measured inside the container that the line started, for every row of the
 * corpus. The caveats of the measurement are in the file itself.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  and,
  type Capability,
  type CapabilitySet,
  type ContainerFacts,
  cap,
  deriveContainerFacts,
  type Expression,
  evaluate,
  formatCapabilityMask,
  type Known,
  knownBoolean,
  NO_GAINS,
  notKnown,
  or,
  proc,
  reaches,
  seccomp,
  sys,
  uid0,
  viewOf,
} from "../src/facts/index.ts";
import { readRunLine } from "../src/readers/docker-run/index.ts";
import { hostOf } from "./support/workload.ts";

interface MeasuredRow {
  readonly name: string;
  readonly flags: string;
  readonly uid: number;
  readonly capEff: string;
  readonly capBnd: string;
  readonly nnp: boolean;
  readonly seccomp: "filter" | "off";
  readonly sharesHostNs: readonly string[];
  readonly mountFlags: Readonly<Record<string, "rw" | "ro" | null>>;
  readonly masked: readonly string[];
  readonly unixConnect: Readonly<Record<string, string>>;
  readonly reachable: Readonly<Record<string, boolean>>;
}

type Row = MeasuredRow | { readonly name: string; readonly flags: string; readonly refused: true };

const { rows } = JSON.parse(readFileSync(new URL("corpus/flag-effects.json", import.meta.url), "utf8")) as {
  rows: readonly Row[];
};
const measured = rows.filter((row): row is MeasuredRow => !("refused" in row));

/** The machine of the measurement, as the head of the corpus describes it. */
const HOST = hostOf({
  engineKind: "docker",
  engine: "20.10.24",
  createApi: "1.41",
  kernel: "6.18.44",
  cgroup: 1,
  apparmor: false,
  selinux: false,
  lockdown: "none",
  lastCap: 37,
  rootless: false,
  usernsRemap: false,
  modules: false,
  // Not 0: a process of group 0 was refused, one of the docker group was not.
  dockerGid: 998,
  dockerSockMode: "0660",
});

/** The machine lacked it, and a wrapper took it out of what the engine asked for. */
const MISSING_ON_THE_MACHINE: readonly Capability[] = ["SYS_RESOURCE"];

/** Of the paths that the engine masks, those that this kernel has. */
const EXISTING_MASKABLE_PATHS = ["/proc/acpi", "/proc/keys", "/proc/timer_list", "/sys/firmware"];

/** The profile of the one row that names a file: Docker's default. Engine 20.10 ignores it for privileged containers. */
const DEFAULT_PROFILE_TEXT = '{"defaultAction":"SCMP_ACT_ERRNO"}';

function factsOf(flags: string): ContainerFacts {
  const { workloads, problems } = readRunLine(`docker run ${flags} bb:test`, "row", {
    workingDirectory: "/work",
    homeDirectory: "/home/dev",
    readFile: (path) => (path.endsWith("seccomp-default.json") ? DEFAULT_PROFILE_TEXT : undefined),
  });
  assert.deepEqual(
    problems.filter(({ severity }) => severity === "error"),
    [],
  );
  const [workload] = workloads;
  assert.ok(workload !== undefined);
  assert.deepEqual([...workload.unresolved], []);
  return deriveContainerFacts(workload, HOST);
}

const viewOfStart = (facts: ContainerFacts) => {
  const [start] = facts.identities;
  assert.ok(start !== undefined);
  return viewOf(facts, HOST, start);
};

const holds = (facts: ContainerFacts, expression: Expression): Known =>
  evaluate(expression, viewOfStart(facts), NO_GAINS);

const onThisMachine = (set: CapabilitySet): string =>
  formatCapabilityMask(new Set([...set].filter((name) => !MISSING_ON_THE_MACHINE.includes(name))));

function sharedNamespaces({ namespaces, ids }: ContainerFacts): readonly string[] {
  const kinds = Object.entries({ ...namespaces, user: { host: ids.initialUserNamespace } });
  assert.ok(kinds.every(([, { host }]) => host !== "unknown"));
  return kinds.flatMap(([kind, { host }]) => (host === "yes" ? [kind] : [])).sort();
}

/** How the engine mounts a path of procfs or sysfs, in the words of the measurement; `null`: no mount of its own. */
function mountFlagsOf(facts: ContainerFacts): MeasuredRow["mountFlags"] {
  const readOnlyRoot = facts.workload.config.HostConfig.ReadonlyRootfs === true;
  return {
    "/": readOnlyRoot ? "ro" : "rw",
    "/proc/sys": facts.readOnlyPaths.paths.includes("/proc/sys") ? "ro" : null,
    "/sys": holds(facts, sys.writable) === "yes" ? "rw" : "ro",
    "/sys/fs/cgroup/memory": cgroupWritable(facts) === "yes" ? "rw" : "ro",
  };
}

for (const row of rows) {
  describe(`measured on Engine 20.10.24: ${row.name} (${row.flags || "no flags"})`, () => {
    const facts = factsOf(row.flags);
    if ("refused" in row) {
      test("the engine refuses it", () => assert.ok(facts.refusedCapabilities.length > 0));
    } else {
      testRow(row, facts);
    }
  });
}

/** Identity, capabilities, filter, namespaces, mounts and sockets. */
function testRow(row: MeasuredRow, facts: ContainerFacts): void {
  test("nothing is refused", () => assert.deepEqual(facts.refusedCapabilities, []));
  test(`uid ${row.uid}`, () => assert.equal(facts.identities[0]?.uid, row.uid));
  test(`bounding set ${row.capBnd}`, () => assert.equal(onThisMachine(facts.bounding), row.capBnd));
  test(`effective set ${row.capEff}`, () => {
    const effective = [...facts.bounding].filter((name) => holds(facts, cap(name)) === "yes");
    assert.equal(onThisMachine(new Set(effective)), row.capEff);
  });
  test(`no-new-privileges ${row.nnp}`, () => assert.equal(facts.noNewPrivileges, knownBoolean(row.nnp)));
  test(`seccomp ${row.seccomp}`, () => assert.equal(holds(facts, seccomp.off), knownBoolean(row.seccomp === "off")));
  test(`namespaces of the host: ${row.sharesHostNs.join(", ")}`, () =>
    assert.deepEqual(sharedNamespaces(facts), [...row.sharesHostNs].sort()));
  test("masked paths", () => {
    assert.ok(facts.masked.known);
    assert.deepEqual(
      facts.masked.paths.filter((path) => EXISTING_MASKABLE_PATHS.includes(path)),
      row.masked,
    );
  });
  test("read-only mounts", () => {
    const derived = mountFlagsOf(facts);
    const paths = Object.keys(derived);
    assert.deepEqual(derived, Object.fromEntries(paths.map((path) => [path, row.mountFlags[path]])));
  });
  for (const [path, result] of Object.entries(row.unixConnect)) {
    test(`connect to the engine at ${path}: ${result}`, () => {
      const connects = holds(facts, reaches("docker"));
      assert.equal(connects, DIRECTORY_OF_SOCKET.has(row.name) ? "no" : knownBoolean(result === "ok"));
    });
  }
  for (const [action, happened] of Object.entries(row.reachable)) {
    test(`${action}: ${happened ? "reachable" : "closed"}`, () =>
      assert.equal(reachable(action, facts), knownBoolean(happened)));
  }
}

/**
 * Rows that bind a directory which only the machine itself knows to hold a socket: nothing in the line tells. Live, the
 * audit knows where the engine's socket is.
 */
const DIRECTORY_OF_SOCKET: ReadonlySet<string> = new Set(["docker.sock dir ro"]);

/** The cgroup v1 tree at its own place: writable in privileged containers, and where it is bound writable. */
function cgroupWritable(facts: ContainerFacts): Known {
  const bound = facts.mounts.find(({ target }) => target === "/sys/fs/cgroup");
  return or(holds(facts, sys.writable), bound === undefined ? "no" : notKnown(bound.readOnly));
}

/**
 * What each probe of the measurement needs. A call counts as reachable when it got past filter, capabilities and file
 * permissions, whatever it answered then.
 */
function reachable(action: string, facts: ContainerFacts): Known {
  const call = (name: string) => holds(facts, seccomp.allows(name));
  const has = (name: Capability) => holds(facts, cap(name));
  const root = holds(facts, uid0);
  switch (action) {
    case "mount":
      return and(call("mount"), has("SYS_ADMIN"));
    case "unshareUser":
      return call("unshare-user");
    case "setns":
      return call("setns"); // with a bad descriptor: the kernel asks for no capability before it looks
    case "bpf":
      return and(call("bpf"), or(has("SYS_ADMIN"), has("BPF")));
    case "perf":
      return call("perf_event_open");
    case "openByHandle":
      return and(call("open_by_handle_at"), has("DAC_READ_SEARCH"));
    case "modules":
      return call("finit_module");
    case "processVm":
      return call("process_vm_readv");
    case "pidfdGetfd":
      return call("pidfd_getfd");
    case "iopl":
      return call("iopl");
    case "keyctl":
      return call("keyctl");
    case "rawSocket":
      return and(call("socket"), has("NET_RAW"));
    case "mknod": // on the root file system
      return and(
        and(call("mknod"), has("MKNOD")),
        knownBoolean(facts.workload.config.HostConfig.ReadonlyRootfs !== true),
      );
    case "ioUring":
      return call("io_uring_setup");
    case "corePatternWrite":
      return and(holds(facts, proc.sysWritable), root);
    case "cgroupV1ProcsWrite":
      return and(cgroupWritable(facts), root);
    case "sysWrite":
      return and(holds(facts, sys.writable), root);
    default:
      return assert.fail(`no expectation for ${action}`);
  }
}

test("every row of the corpus was looked at", () => {
  assert.equal(rows.length, 81);
  assert.equal(measured.length, 78);
});
