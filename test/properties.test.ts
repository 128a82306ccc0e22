import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { analyse, auditWorkload, evaluateSubject } from "../src/audit/index.ts";
import {
  type ContainerConfig,
  type ContainerFacts,
  type DeviceKind,
  deriveContainerFacts,
  type HostFacts,
  type HostValues,
  UNKNOWN_HOST,
} from "../src/facts/index.ts";
import { gainKind } from "../src/findings/index.ts";
import { applyEdits, engineRefusal } from "../src/remedies/index.ts";
import {
  arbitraryConfig,
  arbitraryHost,
  arbitraryOrdinaryHost,
  arbitraryPrivilege,
  type Privilege,
} from "./support/arbitrary-config.ts";
import { describedContainers } from "./support/describe-container.ts";
import { EXAMPLE_HOST, hostOf, workloadOf } from "./support/workload.ts";

/** A run takes a millisecond; one with fixes and their parts ten to a hundred. */
const RUNS = 1_500;
const RUNS_WITH_FIXES = 400;
const RUNS_OF_READERS = 400;

const SURENESS = { no: 0, unknown: 1, yes: 2 } as const;

const gainsOf = (config: ContainerConfig, host: HostFacts) => analyse(workloadOf(config), host).reached.gains;

/** Gains that end with the wall itself: there is nothing left to win. Everything else must stay. */
const ENDS_WITH: Readonly<Record<string, readonly string[]>> = {
  // Root has no root to become, and a capability that only widened the filter is no longer inert.
  "User=0": ["container-root", "kernel-attack-surface"],
  // No bind is read-only any more.
  "binds writable": ["ro-binds-become-rw"],
  // It leaves the bridge that it shared with others.
  "NetworkMode=host": ["peer-network-mitm"],
};

/** Gains that are less sure, or gone, although a privilege was added. */
function lostBy(privilege: Privilege, config: ContainerConfig, values: HostValues): readonly string[] {
  const host = hostOf(values);
  const before = gainsOf(config, host);
  const after = gainsOf(privilege.add(config), host);
  return [...before].flatMap(([gain, known]) => {
    const now = after.get(gain) ?? "no";
    return SURENESS[now] < SURENESS[known] && !ENDS_WITH[privilege.name]?.includes(gain)
      ? [`${gain}: ${known} -> ${now}`]
      : [];
  });
}

test("adding a privilege never removes a gain nor makes one less sure", () => {
  fc.assert(
    fc.property(arbitraryConfig, arbitraryHost, arbitraryPrivilege, (config, values, privilege) => {
      const lost = lostBy(privilege, config, values);
      assert.deepEqual(lost, [], `${privilege.name} on ${JSON.stringify(config)}, host ${JSON.stringify(values)}`);
    }),
    { numRuns: RUNS },
  );
});

for (const [what, config, values, privilege] of [
  // The loss of the engine's AppArmor profile must not look like a wall: SELinux was as much in the way before.
  [
    "sysctl-dos under two modules",
    { HostConfig: { MaskedPaths: [], ReadonlyPaths: [] } },
    { apparmor: true, selinux: true, engineSelinux: true },
    { name: "apparmor=unconfined", HostConfig: { SecurityOpt: ["apparmor=unconfined"] } },
  ],
  // A bind that receives mounts and another that shows the engine's data are two binds.
  [
    "ro-late-mounts over two binds",
    { HostConfig: { CapDrop: ["ALL"], Binds: ["/srv/app:/a:ro,rslave", "/var/lib/docker:/b:ro"] } },
    { rro: true },
    { name: "binds writable", HostConfig: { Binds: ["/srv/app:/a:rslave", "/var/lib/docker:/b:ro"] } },
  ],
  // hostUser1000 says that account 1000 exists and has a session, for root as well as for user 1000.
  [
    "bind-run-user as root",
    { Config: { User: "1000:1000" }, HostConfig: { Binds: ["/run:/a:ro"], SecurityOpt: ["no-new-privileges"] } },
    { hostUser1000: true, setuidInImage: false, authz: true, rro: true },
    { name: "User=0", Config: { User: "0:1000" } },
  ],
] as const) {
  test(`a privilege more loses nothing: ${what}`, () => {
    const { name, ...change } = privilege;
    const more = (config: Partial<ContainerConfig>): ContainerConfig => ({
      Config: { ...config.Config, ...("Config" in change ? change.Config : {}) },
      HostConfig: { ...config.HostConfig, ...("HostConfig" in change ? change.HostConfig : {}) },
    });
    const before: ContainerConfig = { Config: {}, ...config };
    assert.deepEqual(lostBy({ name, add: more }, before, values), []);
  });
}

test("every closing fix, applied, closes what it claims, and no part of it closes the goal", () => {
  fc.assert(
    fc.property(arbitraryConfig, arbitraryHost, (config, values) => {
      const workload = workloadOf(config);
      const host = hostOf(values);
      const { goal, fixes } = auditWorkload(workload, host, true);
      for (const { kind, changes, closes, remains } of fixes) {
        const edits = changes.map(({ edit }) => edit);
        const gainsAfter = (applied: readonly string[]) =>
          new Set(evaluateSubject(applyEdits({ workload, host }, applied)).gains.keys());
        const after = gainsAfter(edits);
        assert.deepEqual([...after].sort(), [...remains].sort());
        assert.deepEqual(
          closes.filter((gain) => after.has(gain)),
          [],
        );
        if (kind === "closing") {
          assert.ok(goal !== undefined && !after.has(goal), `${edits.join(", ")} leaves ${goal}`);
          for (const part of properParts(edits)) {
            assert.ok(gainsAfter(part).has(goal), `${part.join(", ")} closes ${goal}; ${edits.join(", ")} is too much`);
          }
        }
      }
    }),
    { numRuns: RUNS_WITH_FIXES },
  );
});

test("a fix never makes the engine refuse a container that it would have run", () => {
  fc.assert(
    fc.property(arbitraryConfig, arbitraryHost, (config, values) => {
      const subject = { workload: workloadOf(config), host: hostOf(values) };
      fc.pre(engineRefusal(subject) === undefined);
      for (const { changes } of auditWorkload(subject.workload, subject.host, true).fixes) {
        const edits = changes.map(({ edit }) => edit);
        assert.equal(engineRefusal(applyEdits(subject, edits)), undefined, edits.join(", "));
      }
    }),
    { numRuns: RUNS_WITH_FIXES },
  );
});

/** Every subset but the whole set. */
function properParts<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: 2 ** items.length - 1 }, (_, bits) => items.filter((__, index) => (bits >> index) & 1));
}

const DEFAULT_CONTAINER: ContainerConfig = { Config: { Image: "alpine:3.20" }, HostConfig: {} };

const overHost = (host: HostFacts) =>
  [...gainsOf(DEFAULT_CONTAINER, host).keys()].filter((gain) => gainKind(gain).overHost);

test("a default container has no gain over an ordinary host", () => {
  fc.assert(
    fc.property(arbitraryOrdinaryHost, (values) => {
      assert.deepEqual(overHost(hostOf(values)), []);
    }),
    { numRuns: RUNS },
  );
});

test("a default container has no gain over a host of which nothing is known", () => {
  assert.deepEqual(overHost(UNKNOWN_HOST), []);
});

const DEVICE_KINDS: readonly DeviceKind[] = [
  ...["block", "loop", "mem", "kmsg", "kvm", "fuse", "tun"],
  ...["vfio", "tty-host", "uinput", "input", "msr", "usb", "gpu"],
] as DeviceKind[];

/** What isolation depends on, without the places that it was read from. */
function projection(facts: ContainerFacts): unknown {
  const { from: _, ...diskRule } = facts.diskRule;
  return {
    privileged: facts.privileged,
    bounding: [...facts.bounding].sort(),
    incomplete: facts.boundingIncomplete,
    namespaces: Object.entries(facts.namespaces).map(([name, { host, shared }]) => [name, host, shared]),
    ids: facts.ids.sameIds,
    identities: facts.identities.map(({ from: __, ...identity }) => identity),
    noNewPrivileges: facts.noNewPrivileges,
    seccomp: facts.seccomp.kind,
    lsm: Object.entries(facts.lsm).map(([name, { standard, custom }]) => [name, standard, custom]),
    mounts: facts.mounts
      .map(({ from: __, hostPath, plainVolume, ...mount }) => ({ ...mount, hostPath: plainVolume ? "" : hostPath }))
      .sort((left, right) => (left.target < right.target ? -1 : 1)),
    devices: DEVICE_KINDS.map((kind) => [kind, facts.device(kind).read, facts.device(kind).write]),
    diskRule,
    masked: facts.masked.paths,
    readOnlyPaths: facts.readOnlyPaths.paths,
  };
}

test("a container described in four ways has the same facts", () => {
  const host = hostOf({ ...EXAMPLE_HOST, apparmor: true });
  fc.assert(
    fc.property(arbitraryConfig, (config) => {
      const expected = projection(deriveContainerFacts(workloadOf(config), host));
      for (const [form, workload] of Object.entries(describedContainers(config))) {
        assert.deepEqual(projection(deriveContainerFacts(workload, host)), expected, form);
      }
    }),
    { numRuns: RUNS_OF_READERS },
  );
});

/** Texts where the engine's own vocabulary is expected. */
const odd = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom("", ":", "::", "/", "container:", "label:", "0:", "=", "a"),
);

test("facts and techniques never throw, whatever the texts in a configuration", () => {
  const texts = fc.array(odd, { maxLength: 3 });
  const anyConfig = fc.record({
    CapAdd: texts,
    CapDrop: texts,
    Binds: texts,
    VolumesFrom: texts,
    SecurityOpt: texts,
    DeviceCgroupRules: texts,
    GroupAdd: texts,
    MaskedPaths: texts,
    Devices: fc.array(odd.map((path) => ({ PathOnHost: path }))),
    Mounts: fc.array(fc.record({ Type: fc.constantFrom("bind", "volume", "x"), Source: odd, Target: odd })),
    PidMode: odd,
    IpcMode: odd,
    NetworkMode: odd,
    UsernsMode: odd,
    CgroupnsMode: odd,
    Runtime: odd,
    CgroupParent: odd,
  });
  fc.assert(
    fc.property(anyConfig, odd, arbitraryHost, odd, (HostConfig, User, values, engine) => {
      analyse(workloadOf({ Config: { User }, HostConfig }), hostOf({ ...values, engine, kernel: engine }));
    }),
    { numRuns: RUNS },
  );
});
