import assert from "node:assert/strict";
import { test } from "node:test";
import { hostOf, workloadOf } from "../../../test/support/workload.ts";
import { deriveContainerFacts, type HostConfig, type HostValues, type View, viewOf } from "../../facts/index.ts";
import { type Component, KNOWN_FAULTS, matchCves } from "./index.ts";

const idsOf = (values: HostValues): readonly string[] => matchCves(hostOf(values)).map((match) => match.fault.id);

/** Both sides of every boundary: the last release with the fault, and the first without. */
const BOUNDARIES: readonly (readonly [string, Component, affected: readonly string[], spared: readonly string[]])[] = [
  ["CVE-2019-5736", "runc", ["1.0.0-rc6", "0.1.1"], ["1.0.0-rc7", "1.0.0"]],
  ["CVE-2019-14271", "docker-engine", ["19.03.0"], ["18.09.9", "19.03.1"]],
  ["CVE-2019-16884", "runc", ["1.0.0-rc8"], ["1.0.0-rc9", "1.0.0-rc10"]],
  ["CVE-2020-8558", "kubernetes", ["1.16.10", "1.17.6", "1.18.3"], ["1.16.11", "1.17.7", "1.18.4", "1.19.0"]],
  ["CVE-2020-15257", "containerd", ["1.2.14", "1.3.8", "1.4.2"], ["1.3.9", "1.4.3", "1.5.0"]],
  ["CVE-2021-30465", "runc", ["1.0.0-rc94"], ["1.0.0-rc95"]],
  ["CVE-2021-41091", "docker-engine", ["20.10.8"], ["20.10.9"]],
  [
    "CVE-2022-0185",
    "kernel",
    ["5.1", "5.4.172", "5.10.92", "5.14.21", "5.15.15", "5.16.1"],
    ["5.0.21", "5.4.173", "5.10.93", "5.15.16", "5.16.2", "5.17"],
  ],
  [
    "CVE-2022-0492",
    "kernel",
    ["3.10.0", "4.9.300", "4.14.265", "4.19.228", "5.4.176", "5.10.96", "5.15.19", "5.16.5", "5.17-rc2"],
    ["4.9.301", "4.14.266", "4.19.229", "5.4.177", "5.10.97", "5.15.20", "5.16.6", "5.17-rc3", "6.1.0"],
  ],
  [
    "CVE-2022-0811",
    "cri-o",
    ["1.19.0", "1.19.5", "1.20.6", "1.21.5", "1.22.2", "1.23.1"],
    ["1.18.9", "1.19.6", "1.20.7", "1.21.6", "1.22.3", "1.23.2", "1.24.0"],
  ],
  [
    "CVE-2022-0847",
    "kernel",
    ["5.8", "5.10.101", "5.15.24", "5.16.10"],
    ["5.7.19", "5.10.102", "5.15.25", "5.16.11", "5.17"],
  ],
  ["CVE-2022-23648", "containerd", ["1.3.10", "1.4.12", "1.5.9", "1.6.0"], ["1.4.13", "1.5.10", "1.6.1"]],
  ["CVE-2022-29162", "runc", ["1.1.1"], ["1.1.2"]],
  ["CVE-2023-27561", "runc", ["1.0.0-rc95", "1.1.4"], ["1.0.0-rc94", "1.1.5"]],
  ["CVE-2024-0132", "nvidia-container-toolkit", ["1.16.1"], ["1.16.2"]],
  ["CVE-2024-21626", "runc", ["1.0.0-rc93", "1.1.11"], ["1.0.0-rc92", "1.1.12", "1.2.0"]],
  ["CVE-2024-23652", "buildkit", ["0.12.4"], ["0.12.5"]],
  ["CVE-2024-23653", "buildkit", ["0.12.4"], ["0.12.5"]],
  [
    "CVE-2024-41110",
    "docker-engine",
    ["19.03.15", "20.10.27", "23.0.14", "24.0.9", "25.0.5", "26.0.2", "26.1.4", "27.0.3", "27.1.0"],
    ["18.09.9", "23.0.15", "25.0.6", "26.1.5", "27.1.1", "28.0.0"],
  ],
  ["CVE-2024-45310", "runc", ["1.1.13", "1.2.0-rc.2"], ["1.1.14", "1.2.0-rc.3", "1.2.0"]],
  ["CVE-2025-9074", "docker-desktop", ["4.44.2"], ["4.44.3"]],
  ["CVE-2025-23266", "nvidia-container-toolkit", ["1.17.7"], ["1.17.8"]],
  ["CVE-2025-31133", "runc", ["1.1.15", "1.2.7", "1.3.2", "1.4.0-rc.2"], ["1.2.8", "1.3.3", "1.4.0-rc.3", "1.4.0"]],
  [
    "CVE-2025-52565",
    "runc",
    ["1.0.0-rc3", "1.2.7", "1.3.2", "1.4.0-rc.2"],
    ["1.0.0-rc2", "1.2.8", "1.3.3", "1.4.0-rc.3"],
  ],
  ["CVE-2025-52881", "runc", ["1.2.7", "1.3.2", "1.4.0-rc.2"], ["1.2.8", "1.3.3", "1.4.0-rc.3"]],
  ["CVE-2026-33997", "docker-engine", ["28.5.2", "29.3.0"], ["29.3.1"]],
  ["CVE-2026-34040", "docker-engine", ["29.3.0"], ["29.3.1"]],
  ["CVE-2026-41567", "docker-engine", ["29.5.0"], ["29.5.1"]],
  ["CVE-2026-41568", "docker-engine", ["29.5.0"], ["29.5.1"]],
  ["CVE-2026-41579", "runc", ["1.3.5", "1.4.2", "1.5.0-rc.2"], ["1.3.6", "1.4.3", "1.5.0-rc.3"]],
  ["CVE-2026-42306", "docker-engine", ["29.5.0"], ["29.5.1"]],
];

test("every fault of the table has its boundaries tested, in the order of the table", () => {
  assert.deepEqual(
    BOUNDARIES.map(([id]) => id),
    KNOWN_FAULTS.map((fault) => fault.id),
  );
});

for (const [id, component, affected, spared] of BOUNDARIES) {
  const matched = (version: string) =>
    matchCves(hostOf({}), undefined, { [component]: version }).some((match) => match.fault.id === id);
  for (const version of affected) {
    test(`${component} ${version} may have ${id}`, () => assert.ok(matched(version)));
  }
  for (const version of spared) {
    test(`${component} ${version} does not have ${id}`, () => assert.ok(!matched(version)));
  }
}

test("a host that gives no version has no findings", () => {
  assert.deepEqual(idsOf({}), []);
});

test("a version that cannot be read gives no findings", () => {
  assert.deepEqual(idsOf({ runc: "devel", kernel: "" }), []);
});

test("the version of Podman is not taken for one of Docker Engine", () => {
  assert.deepEqual(idsOf({ engineKind: "podman", engine: "4.9.3" }), []);
  assert.notDeepEqual(idsOf({ engineKind: "docker", engine: "24.0.7" }), []);
});

test("a Debian package with an old number is possible, and the message says that it may be mended", () => {
  const [match] = matchCves(hostOf({ runc: "1.1.5+ds1-1+deb12u1" })).filter(
    ({ fault }) => fault.id === "CVE-2024-21626",
  );
  assert.equal(match?.certainty, "possible");
  assert.match(match?.message.en ?? "", /distribution's package.*changelog/);
  assert.equal(match?.hostKey, "runc");
});

const exampleView = (config: HostConfig, values: HostValues): View => {
  const host = hostOf(values);
  const container = deriveContainerFacts(workloadOf({ HostConfig: config }), host);
  const [identity] = container.identities;
  assert.ok(identity);
  return viewOf(container, host, identity);
};

for (const [values, id, exposed, spared] of [
  [{ containerd: "1.4.2" }, "CVE-2020-15257", { NetworkMode: "host" }, { NetworkMode: "bridge" }],
  [{ kernel: "5.15.10" }, "CVE-2022-0185", { CapAdd: ["SYS_ADMIN"] }, {}],
  [{ nvidiaToolkit: "1.16.1" }, "CVE-2024-0132", { DeviceRequests: [{ Count: -1 }] }, {}],
  [{ engine: "26.1.4", authz: true }, "CVE-2024-41110", { Binds: ["/run/docker.sock:/s"] }, {}],
] as const satisfies readonly (readonly [HostValues, string, HostConfig, HostConfig])[]) {
  test(`${id} is reported for ${JSON.stringify(exposed)} and not for ${JSON.stringify(spared)}`, () => {
    const reported = (config: HostConfig) => {
      const view = exampleView(config, values);
      return matchCves(view.host, view).some((match) => match.fault.id === id);
    };
    assert.ok(reported(exposed));
    assert.ok(!reported(spared));
  });
}
