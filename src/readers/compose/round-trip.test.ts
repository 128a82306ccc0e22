import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stringify } from "yaml";
import type { ContainerConfig, HostConfig, ImageConfig, MountConfig } from "../../facts/index.ts";
import { readCompose } from "./index.ts";

/**
 * A service written in Compose's words from the engine's form, and read back, is the same. The other way round is what
 * the reader does, so each mapping is stated twice, independently.
 */
function composeOf({ Config, HostConfig }: ContainerConfig): object {
  const host = HostConfig;
  return {
    image: Config.Image,
    user: Config.User,
    command: Config.Cmd,
    environment: Config.Env,
    labels: Config.Labels,
    tty: Config.Tty,
    privileged: host.Privileged,
    cap_add: host.CapAdd,
    cap_drop: host.CapDrop,
    security_opt: securityOptions(host),
    pid: host.PidMode,
    ipc: host.IpcMode,
    uts: host.UTSMode,
    userns_mode: host.UsernsMode,
    cgroup: host.CgroupnsMode,
    network_mode: host.NetworkMode,
    cgroup_parent: host.CgroupParent,
    group_add: host.GroupAdd,
    read_only: host.ReadonlyRootfs,
    runtime: host.Runtime,
    sysctls: host.Sysctls,
    devices: host.Devices?.map(({ PathOnHost, PathInContainer, CgroupPermissions }) => ({
      source: PathOnHost,
      target: PathInContainer,
      permissions: CgroupPermissions,
    })),
    device_cgroup_rules: host.DeviceCgroupRules,
    volumes: [...(host.Binds ?? []), ...(host.Mounts ?? []).map(longVolume)],
    tmpfs: host.Tmpfs && Object.entries(host.Tmpfs).map(([path, options]) => (options ? `${path}:${options}` : path)),
    mem_limit: host.Memory,
    pids_limit: host.PidsLimit,
    oom_score_adj: host.OomScoreAdj,
    oom_kill_disable: host.OomKillDisable,
    ulimits:
      host.Ulimits &&
      Object.fromEntries(host.Ulimits.map(({ Name, Soft, Hard }) => [Name, { soft: Soft, hard: Hard }])),
    ports: Object.entries(host.PortBindings ?? {}).flatMap(([port, bindings]) =>
      bindings.map(({ HostIp, HostPort }) => `${HostIp}:${HostPort}:${port}`),
    ),
  };
}

function securityOptions({ SecurityOpt, MaskedPaths }: HostConfig): readonly string[] | undefined {
  return MaskedPaths === undefined ? SecurityOpt : [...(SecurityOpt ?? []), "systempaths=unconfined"];
}

function longVolume(mount: NonNullable<HostConfig["Mounts"]>[number]): object {
  return {
    type: mount.Type,
    source: mount.Source,
    target: mount.Target,
    read_only: mount.ReadOnly,
    bind: mount.BindOptions && { propagation: mount.BindOptions.Propagation },
  };
}

const word = fc.stringMatching(/^[a-zA-Z][\w.-]{0,8}$/);
/** Any text, with what YAML and Compose would take for something else. */
const text = fc.oneof(
  word,
  fc.string({ maxLength: 12, unit: "grapheme" }),
  fc.constantFrom("yes", "1:30", "~", "$", "a: b", "- x", "#", "0x1"),
);
const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
const flag = fc.boolean();
const optional = { requiredKeys: [] };

const image: fc.Arbitrary<ImageConfig> = fc.record(
  {
    Image: text,
    User: text,
    Cmd: fc.array(text, { maxLength: 3 }),
    Env: fc
      .uniqueArray(fc.tuple(word, text), { maxLength: 3, selector: ([key]) => key })
      .map((pairs) => pairs.map((pair) => pair.join("="))),
    Labels: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
    Tty: flag,
  },
  optional,
);

const bind = fc.tuple(path, path, fc.constantFrom("rw", "ro", "rw,z", "ro,Z"));
const mount = fc.record(
  {
    Type: fc.constant("bind"),
    Source: path,
    Target: path,
    ReadOnly: fc.constant(true),
    BindOptions: fc.record({ Propagation: fc.constantFrom("rshared", "slave", "private") }),
  },
  { requiredKeys: ["Type", "Source", "Target", "BindOptions"] },
);

const host: fc.Arbitrary<HostConfig> = fc
  .record(
    {
      Privileged: flag,
      CapAdd: fc.array(text, { maxLength: 3 }),
      CapDrop: fc.array(text, { maxLength: 3 }),
      SecurityOpt: fc.array(
        word.map((name) => `label=type:${name}`),
        { maxLength: 2 },
      ),
      MaskedPaths: fc.constant([]),
      PidMode: fc.constantFrom("host", "private"),
      IpcMode: fc.constantFrom("host", "shareable"),
      UTSMode: fc.constant("host"),
      UsernsMode: fc.constant("host"),
      CgroupnsMode: fc.constantFrom("host", "private"),
      NetworkMode: fc.constantFrom("host", "none", "bridge"),
      CgroupParent: text,
      GroupAdd: fc.array(text, { maxLength: 2 }),
      ReadonlyRootfs: flag,
      Runtime: text,
      Sysctls: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
      Devices: fc.array(
        fc.record({ PathOnHost: path, PathInContainer: path, CgroupPermissions: fc.constantFrom("r", "rwm") }),
        { maxLength: 2 },
      ),
      DeviceCgroupRules: fc.array(text, { maxLength: 2 }),
      Tmpfs: fc.dictionary(path, fc.constantFrom("", "size=1m", "exec,mode=1777"), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
      Memory: fc.nat(),
      PidsLimit: fc.integer({ min: -1 }),
      OomScoreAdj: fc.integer({ min: -1000, max: 1000 }),
      OomKillDisable: flag,
      Ulimits: fc.uniqueArray(fc.record({ Name: word, Soft: fc.nat(), Hard: fc.nat() }), {
        maxLength: 2,
        selector: ({ Name }) => Name,
      }),
      PortBindings: fc.dictionary(
        fc.tuple(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom("tcp", "udp")).map((pair) => pair.join("/")),
        fc.array(
          fc.record({ HostIp: fc.constant("127.0.0.1"), HostPort: fc.integer({ min: 1, max: 65_535 }).map(String) }),
          { minLength: 1, maxLength: 2 },
        ),
        { maxKeys: 2, noNullPrototype: true },
      ),
    },
    optional,
  )
  .map(({ MaskedPaths, ...rest }) => (MaskedPaths === undefined ? rest : { ...rest, MaskedPaths, ReadonlyPaths: [] }));

const volumes = fc
  .uniqueArray(fc.oneof(bind, mount), {
    maxLength: 4,
    selector: (volume) => (Array.isArray(volume) ? volume[1] : volume.Target),
  })
  .map((list) => {
    const binds = list.filter((volume) => Array.isArray(volume)).map((parts) => parts.join(":"));
    const mounts: MountConfig[] = list.flatMap((volume) => (Array.isArray(volume) ? [] : [volume]));
    return { ...(binds.length > 0 && { Binds: binds }), ...(mounts.length > 0 && { Mounts: mounts }) };
  });

/** `$` is written `$$`, in values and not in keys; what is not there, is not written. */
const escaped = (value: object): object =>
  JSON.parse(JSON.stringify(value), (_, part) => (typeof part === "string" ? part.replaceAll("$", "$$$$") : part));

test("a service written in Compose's words and read back is the same configuration", () => {
  fc.assert(
    fc.property(
      image,
      host,
      volumes,
      fc.constantFrom("QUOTE_SINGLE", "QUOTE_DOUBLE", "PLAIN"),
      (Config, HostConfig, mounts, style) => {
        const config: ContainerConfig = { Config, HostConfig: { ...HostConfig, ...mounts } };
        const yaml = stringify(
          { services: { web: escaped(composeOf(config)) } },
          { defaultStringType: style, version: "1.2" },
        );
        const { workloads, problems } = readCompose(yaml, "c.yaml");
        const read = workloads[0]?.config;
        assert.deepEqual(problems, [], yaml);
        assert.deepEqual(withoutDerived(read), JSON.parse(JSON.stringify(withDefaults(config))), yaml);
        assert.equal(workloads[0]?.unresolved.size, 0, yaml);
      },
    ),
    { numRuns: 300 },
  );
});

/** What the reader adds by itself, and empty collections, left out. */
function withoutDerived(config: ContainerConfig | undefined): object {
  const { ExposedPorts, ...image } = config?.Config ?? {};
  const { NetworkMode, ...host } = config?.HostConfig ?? {};
  return { Config: image, HostConfig: { ...host, ...(NetworkMode !== "project_default" && { NetworkMode }) } };
}

function withDefaults({ Config, HostConfig }: ContainerConfig): object {
  const { PortBindings, ...host } = HostConfig;
  const { SecurityOpt, MaskedPaths } = host;
  return {
    Config,
    HostConfig: {
      ...host,
      ...(PortBindings !== undefined && Object.keys(PortBindings).length > 0 && { PortBindings }),
      ...(MaskedPaths !== undefined && { SecurityOpt: SecurityOpt ?? [] }),
    },
  };
}
