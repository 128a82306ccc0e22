import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { HostValues } from "../../facts/index.ts";
import { readEngine } from "./read-engine.ts";

const URI = "unix:///run/docker.sock";

/** Engine 28 on an ordinary Ubuntu, shortened. */
const UBUNTU_INFO = {
  ServerVersion: "28.5.1",
  KernelVersion: "6.8.0-45-generic",
  CgroupVersion: "2",
  OperatingSystem: "Ubuntu 24.04.3 LTS",
  DockerRootDir: "/var/lib/docker",
  DefaultRuntime: "runc",
  Runtimes: {
    runc: { path: "runc", status: { "org.opencontainers.runtime-spec.features": '{"mountOptions":["ro","rro"]}' } },
  },
  Plugins: { Volume: ["local"], Authorization: null },
  SecurityOptions: ["name=apparmor", "name=seccomp,profile=builtin", "name=cgroupns"],
  Warnings: null,
};

const UBUNTU_VERSION = {
  Platform: { Name: "Docker Engine - Community" },
  Components: [
    { Name: "Engine", Version: "28.5.1" },
    { Name: "containerd", Version: "v1.7.28" },
    { Name: "runc", Version: "1.3.0" },
  ],
  Version: "28.5.1",
  ApiVersion: "1.51",
};

const UBUNTU: HostValues = {
  engineKind: "docker",
  engine: "28.5.1",
  runc: "1.3.0",
  containerd: "1.7.28",
  kernel: "6.8.0-45-generic",
  cgroup: 2,
  dataRoot: "/var/lib/docker",
  defaultRuntime: "runc",
  apparmor: true,
  engineSelinux: false,
  rootless: false,
  seccomp: true,
  usernsRemap: false,
  defaultCgroupns: "private",
  authz: false,
  rro: true,
};

test("an ordinary engine is read whole", () => {
  const layer = readEngine(URI, UBUNTU_INFO, UBUNTU_VERSION);
  assert.deepEqual(layer.values, UBUNTU);
  assert.deepEqual(layer.problems, []);
});

test("the CLI's form of the version is read alike", () => {
  assert.deepEqual(readEngine(URI, UBUNTU_INFO, { Client: {}, Server: UBUNTU_VERSION }).values, UBUNTU);
});

test("every value names the field of the engine's answer", () => {
  const { places } = readEngine(URI, UBUNTU_INFO, UBUNTU_VERSION);
  assert.deepEqual(places.get("apparmor"), { uri: URI, field: "SecurityOptions[0]" });
  assert.deepEqual(places.get("seccomp"), { uri: URI, field: "SecurityOptions[1]" });
  assert.deepEqual(places.get("engineSelinux"), { uri: URI, field: "SecurityOptions" }); // by its absence
  assert.deepEqual(places.get("runc"), { uri: URI, field: "Components[2].Version" });
});

interface Row {
  readonly says: string;
  readonly info?: object;
  readonly version?: object;
  readonly values: Partial<HostValues>;
  readonly unknown?: readonly (keyof HostValues)[];
  readonly note?: RegExp;
}

const options = (...SecurityOptions: readonly string[]) => ({ SecurityOptions });

const SECURITY: readonly Row[] = [
  { says: "an engine without AppArmor", info: options("name=seccomp,profile=builtin"), values: { apparmor: false } },
  { says: "SELinux in use", info: options("name=selinux"), values: { engineSelinux: true }, unknown: ["selinux"] },
  { says: "rootless", info: options("name=rootless", "name=cgroupns"), values: { rootless: true, usernsRemap: false } },
  {
    says: "remapped users",
    info: { ...options("name=userns"), DockerRootDir: "/var/lib/docker/165536.165537" },
    values: { usernsRemap: true, subuid: 165536, subgid: 165537, defaultCgroupns: "host" },
  },
  {
    says: "a folder that looks remapped",
    info: { ...options(), DockerRootDir: "/var/lib/docker/165536.165536" },
    values: { usernsRemap: false },
    unknown: ["subuid", "subgid"],
  },
  { says: "a kernel without filters", info: options("name=apparmor"), values: { seccomp: false } },
  { says: "no filter by default", info: options("name=seccomp,profile=unconfined"), values: { seccomp: false } },
  {
    says: "the default profile of Engine 20.10",
    info: options("name=seccomp,profile=default"),
    values: { seccomp: true },
  },
  {
    says: "a default profile of the operator",
    info: options("name=seccomp,profile=/etc/docker/s.json"),
    values: { seccomp: true },
    note: /profile is \/etc\/docker\/s\.json/,
  },
  { says: "words without a name", info: options("seccomp", "apparmor"), values: { seccomp: true, apparmor: true } },
  {
    says: "an engine that sets no-new-privileges",
    info: options("name=no-new-privileges"),
    values: {},
    note: /no-new-privileges/,
  },
  {
    says: "no list",
    info: { SecurityOptions: null },
    values: {},
    unknown: ["apparmor", "seccomp", "rootless", "usernsRemap"],
  },
];

const HOSTS: readonly Row[] = [
  { says: "cgroup version 1", info: { CgroupVersion: "1" }, values: { cgroup: 1 } },
  { says: "an authorization plugin", info: { Plugins: { Authorization: ["opa"] } }, values: { authz: true } },
  { says: "no word of plugins", info: {}, values: {}, unknown: ["authz"] },
  {
    says: "an API without encryption",
    info: {
      Warnings: [
        "WARNING: No swap limit support",
        "WARNING: API is accessible on http://0.0.0.0:2375 without encryption.\n",
      ],
    },
    values: { engineTcpOpen: true },
  },
  {
    says: "an API that asks for no certificate",
    info: {
      Warnings: ["[DEPRECATION NOTICE]: API is accessible on https://0.0.0.0:2376 without TLS client verification."],
    },
    values: { engineTcpOpen: true },
  },
  { says: "no warning", info: { Warnings: null }, values: {}, unknown: ["engineTcpOpen", "engineTlsListener"] },
  {
    says: "a wrapper of runc, whose version stands in /info",
    info: { RuncCommit: { ID: "1.1.5+ds1-1+deb12u1" }, ContainerdCommit: { ID: "1.6.20~ds1" } },
    version: { Components: [{ Name: "vm", Version: "9.9" }] },
    values: { runc: "1.1.5+ds1-1+deb12u1", containerd: "1.6.20~ds1" },
  },
  {
    says: "hashes of commits",
    info: {
      RuncCommit: { ID: "v1.1.12-0-g51d5e94" },
      ContainerdCommit: { ID: "ae07eda36dd25f8a1b98dfbf587313b99c0190bb" },
    },
    values: { runc: "1.1.12-0-g51d5e94" },
    unknown: ["containerd"],
  },
  {
    says: "an API older than recursive read-only binds",
    version: { ApiVersion: "1.43" },
    values: { createApi: "1.43" },
  },
  {
    says: "a newer API, of which calls may be older",
    version: { ApiVersion: "1.44" },
    values: {},
    unknown: ["createApi"],
  },
  {
    says: "Docker Desktop",
    version: { Platform: { Name: "Docker Desktop 4.43.1 (198352)" } },
    values: { desktop: "4.43.1" },
  },
  {
    says: "Docker Desktop without its version",
    info: { OperatingSystem: "Docker Desktop" },
    values: {},
    unknown: ["desktop"],
    note: /Docker Desktop/,
  },
  {
    says: "Podman",
    info: {
      ServerVersion: "5.2.0",
      SecurityOptions: ["name=seccomp,profile=default", "name=rootless", "name=selinux"],
    },
    version: { Components: [{ Name: "Podman Engine", Version: "5.2.0" }], ApiVersion: "1.41" },
    values: { engineKind: "podman", engine: "5.2.0", rootless: true, engineSelinux: true, apparmor: false },
    unknown: ["usernsRemap", "defaultCgroupns", "rro", "createApi"],
  },
];

for (const { says, info, version, values, unknown, note } of [...SECURITY, ...HOSTS]) {
  test(`${says} -> ${JSON.stringify(values)}${unknown === undefined ? "" : `, unknown: ${unknown}`}`, () => {
    const layer = readEngine(URI, info, version);
    for (const [key, value] of Object.entries(values)) {
      assert.deepEqual(layer.values[key as keyof HostValues], value, key);
    }
    for (const key of unknown ?? []) {
      assert.equal(key in layer.values, false, key);
    }
    assert.equal(layer.problems.length, note === undefined ? 0 : 1);
    assert.match(layer.problems[0]?.message.en ?? "", note ?? /^$/);
  });
}

for (const answer of [
  undefined,
  null,
  7,
  "text",
  [],
  { ServerVersion: 7, SecurityOptions: "name=apparmor", Plugins: [] },
]) {
  test(`${JSON.stringify(answer)} tells nothing and breaks nothing`, () => {
    assert.deepEqual(readEngine(URI, answer, answer).values, {});
  });
}

const FOLDER = "/work/shared/oracles/docker-bench";
const skip = existsSync(`${FOLDER}/info.json`) ? false : `there are no answers of a real engine at ${FOLDER}`;

test("the answers of a real Engine 20.10.24", { skip }, () => {
  const read = (name: string) => JSON.parse(readFileSync(`${FOLDER}/${name}.json`, "utf8"));
  assert.deepEqual(readEngine(URI, read("info"), read("version")).values, {
    engineKind: "docker",
    engine: "20.10.24+dfsg1",
    createApi: "1.41",
    runc: "1.1.5+ds1-1+deb12u1",
    containerd: "1.6.20~ds1",
    kernel: "6.18.44-fc-v657",
    cgroup: 1,
    dataRoot: "/var/lib/docker",
    defaultRuntime: "vm",
    apparmor: false,
    engineSelinux: false,
    rootless: false,
    seccomp: true,
    usernsRemap: false,
    defaultCgroupns: "host",
    authz: false,
    rro: false,
  });
});
