import type { LocalizedText } from "../base/index.ts";
import { type HostConfig, hostSwitch, splitBind } from "../facts/index.ts";
import type { Subject } from "./apply.ts";

/** One edit that could be part of a fix. */
export interface Candidate {
  readonly edit: string;
  /** How much it disturbs the workload, 1 (nothing is lost as a rule) to 8 (another home for every container). */
  readonly cost: number;
  readonly summary: LocalizedText;
  /** Fields whose facts it changes. */
  readonly touches: readonly string[];
}

/** A number that hosts do not give to anybody: above the people's, below `nobody` and the ranges for remapping. */
export const UNUSED_USER = "20000:20000";

const candidate = (edit: string, cost: number, en: string, ja: string, ...touches: string[]): Candidate => ({
  edit,
  cost,
  summary: { en, ja },
  touches,
});

/** Every edit that takes a privilege away from this workload or hardens its host. */
export function candidates(subject: Subject): readonly Candidate[] {
  const { HostConfig } = subject.workload.config;
  return [
    ...privilegeCandidates(HostConfig),
    ...mountCandidates(HostConfig),
    ...deviceCandidates(HostConfig),
    ...confinementCandidates(HostConfig),
    ...namespaceCandidates(HostConfig),
    ...userCandidates(subject),
    ...(subject.workload.kind === "pod" ? podCandidates(subject) : hostCandidates(subject)),
  ];
}

function privilegeCandidates(config: HostConfig): Candidate[] {
  const found: Candidate[] = [];
  if (config.Privileged === true) {
    found.push(
      candidate(
        "HostConfig.Privileged=false",
        3,
        "do not run it privileged",
        "特権モードをやめる",
        "HostConfig.Privileged",
      ),
    );
  }
  config.CapAdd?.forEach((name, index) => {
    if (name !== "") {
      found.push(
        candidate(
          `HostConfig.CapAdd-=${name}`,
          2,
          `do not add the capability ${name}`,
          `ケーパビリティ ${name} を追加しない`,
          `HostConfig.CapAdd[${index}]`,
        ),
      );
    }
  });
  return found;
}

/** Dropping a capability that every container has by default; proposed only where a proof rests on it. */
export function dropDefaultCapability(name: string): Candidate {
  return candidate(
    `HostConfig.CapDrop+=${name}`,
    1,
    `drop the capability ${name}`,
    `ケーパビリティ ${name} を落とす`,
    `cap(${name})`,
  );
}

function mountCandidates(config: HostConfig): Candidate[] {
  const found: Candidate[] = [];
  const add = (list: "Binds" | "Mounts", index: number, source: string, readOnly: boolean) => {
    const field = `HostConfig.${list}[${index}]`;
    found.push(
      candidate(`HostConfig.${list}-=${source}`, 4, `do not mount ${source}`, `${source} をマウントしない`, field),
    );
    if (!readOnly) {
      found.push(
        candidate(
          `HostConfig.${list}:${source}=ro`,
          2,
          `mount ${source} read-only`,
          `${source} を読取り専用でマウントする`,
          field,
        ),
      );
    }
  };
  config.Binds?.forEach((bind, index) => {
    const { source, target, options } = splitBind(bind);
    if (target !== undefined) {
      add("Binds", index, source, options.includes("ro"));
    }
  });
  config.Mounts?.forEach((mount, index) => {
    if (mount.Type === "bind" || mount.Type === "volume") {
      add("Mounts", index, mount.Source ?? "", mount.ReadOnly === true);
    }
  });
  config.VolumesFrom?.forEach((entry, index) => {
    if (entry !== "") {
      found.push(
        candidate(
          `HostConfig.VolumesFrom-=${entry}`,
          4,
          `do not take the volumes of ${entry}`,
          `${entry} のボリュームを引き継がない`,
          `HostConfig.VolumesFrom[${index}]`,
        ),
      );
    }
  });
  return found;
}

function deviceCandidates(config: HostConfig): Candidate[] {
  const found: Candidate[] = [];
  config.Devices?.forEach((device, index) => {
    if (device.PathOnHost !== "") {
      found.push(
        candidate(
          `HostConfig.Devices-=${device.PathOnHost}`,
          4,
          `do not pass the device ${device.PathOnHost}`,
          `デバイス ${device.PathOnHost} を渡さない`,
          `HostConfig.Devices[${index}]`,
        ),
      );
    }
  });
  config.DeviceCgroupRules?.forEach((rule, index) => {
    if (rule !== "") {
      found.push(
        candidate(
          `HostConfig.DeviceCgroupRules-=${rule}`,
          3,
          `remove the device rule "${rule}"`,
          `デバイス規則「${rule}」を外す`,
          `HostConfig.DeviceCgroupRules[${index}]`,
        ),
      );
    }
  });
  if ((config.DeviceRequests?.length ?? 0) > 0) {
    found.push(
      candidate(
        "HostConfig.DeviceRequests=[]",
        5,
        "do not ask for GPUs or other devices",
        "GPU などのデバイスを要求しない",
        "HostConfig.DeviceRequests",
      ),
    );
  }
  return found;
}

function confinementCandidates(config: HostConfig): Candidate[] {
  const found: Candidate[] = [];
  config.SecurityOpt?.forEach((option, index) => {
    if (/^(seccomp|apparmor|label)[=:]|^disable$/.test(option)) {
      const shown = option.length > 40 ? `${option.slice(0, 40)}…` : option;
      found.push(
        candidate(
          `HostConfig.SecurityOpt-=${option}`,
          1,
          `remove the security option ${shown}`,
          `セキュリティオプション ${shown} を外す`,
          `HostConfig.SecurityOpt[${index}]`,
        ),
      );
    }
  });
  for (const list of ["MaskedPaths", "ReadonlyPaths"] as const) {
    if (config[list] !== undefined) {
      found.push(
        candidate(
          `HostConfig.${list}=null`,
          1,
          `leave ${list} to the engine`,
          `${list} をエンジンの既定に戻す`,
          `HostConfig.${list}`,
        ),
      );
    }
  }
  return found;
}

function namespaceCandidates(config: HostConfig): Candidate[] {
  const found: Candidate[] = [];
  const joined = (value: string | undefined) => value === "host" || (value?.startsWith("container:") ?? false);
  for (const [mode, replacement, en, ja, cost] of [
    ["PidMode", '""', "give it a pid namespace of its own", "専用の pid 名前空間にする", 3],
    ["IpcMode", '""', "give it an IPC namespace of its own", "専用の IPC 名前空間にする", 2],
    ["UTSMode", '""', "give it a UTS namespace of its own", "専用の UTS 名前空間にする", 1],
    ["NetworkMode", '"bridge"', "give it a network of its own", "専用のネットワークにする", 3],
  ] as const) {
    if (joined(config[mode])) {
      found.push(candidate(`HostConfig.${mode}=${replacement}`, cost, en, ja, `HostConfig.${mode}`));
    }
  }
  if (
    config.NetworkMode !== undefined &&
    !joined(config.NetworkMode) &&
    !["", "default", "bridge", "none"].includes(config.NetworkMode)
  ) {
    found.push(
      candidate(
        'HostConfig.NetworkMode="bridge"',
        4,
        `take it off the network ${config.NetworkMode}`,
        `ネットワーク ${config.NetworkMode} から外す`,
        "HostConfig.NetworkMode",
        "host.peers",
      ),
    );
  }
  if (config.CgroupnsMode === "host") {
    found.push(
      candidate(
        'HostConfig.CgroupnsMode="private"',
        2,
        "give it a cgroup namespace of its own",
        "専用の cgroup 名前空間にする",
        "HostConfig.CgroupnsMode",
      ),
    );
  }
  if (config.UsernsMode === "host") {
    found.push(
      candidate(
        'HostConfig.UsernsMode=""',
        2,
        "do not ask for the host's user namespace",
        "ホストのユーザ名前空間を要求しない",
        "HostConfig.UsernsMode",
      ),
    );
  }
  return found;
}

function userCandidates({ workload }: Subject): Candidate[] {
  const { Config, HostConfig } = workload.config;
  const found = [
    candidate(
      "HostConfig.SecurityOpt+=no-new-privileges",
      1,
      "set no-new-privileges",
      "no-new-privileges を付ける",
      "HostConfig.SecurityOpt",
    ),
  ];
  if (Config.User !== UNUSED_USER) {
    found.push(
      candidate(
        `Config.User="${UNUSED_USER}"`,
        3,
        `run it as an unused user such as ${UNUSED_USER}`,
        `使われていないユーザ(例: ${UNUSED_USER})で動かす`,
        "Config.User",
      ),
    );
  }
  HostConfig.GroupAdd?.forEach((group) => {
    if (group !== "") {
      found.push(
        candidate(
          `HostConfig.GroupAdd-=${group}`,
          2,
          `do not add the group ${group}`,
          `グループ ${group} を追加しない`,
          "HostConfig.GroupAdd",
        ),
      );
    }
  });
  if (HostConfig.ReadonlyRootfs !== true) {
    found.push(
      candidate(
        "HostConfig.ReadonlyRootfs=true",
        2,
        "make its root file system read-only",
        "ルートファイルシステムを読取り専用にする",
        "HostConfig.ReadonlyRootfs",
      ),
    );
  }
  if (Config.Env?.some((entry) => entry.startsWith("DOCKER_HOST="))) {
    const index = Config.Env.findIndex((entry) => entry.startsWith("DOCKER_HOST="));
    found.push(
      candidate(
        "Env-=DOCKER_HOST",
        4,
        "do not point it at an engine",
        "エンジンの接続先を渡さない",
        `Config.Env[${index}]`,
      ),
    );
  }
  return found;
}

/** What a manifest, or the kubelet, can say in place of an engine's settings. */
function podCandidates({ workload, host }: Subject): Candidate[] {
  const { SecurityOpt = [], UsernsMode } = workload.config.HostConfig;
  const found: Candidate[] = [];
  if (UsernsMode !== "private") {
    found.push(
      candidate(
        'HostConfig.UsernsMode="private"',
        3,
        "give the pod users of its own (hostUsers: false)",
        "Pod に独自のユーザを持たせる(hostUsers: false)",
        "HostConfig.UsernsMode",
        "HostConfig.Mounts",
      ),
    );
  }
  if (!SecurityOpt.some((option) => option.startsWith("seccomp="))) {
    found.push(
      candidate(
        "HostConfig.SecurityOpt+=seccomp=builtin",
        1,
        "set the seccomp profile RuntimeDefault",
        "seccomp プロファイルを RuntimeDefault にする",
        "HostConfig.SecurityOpt",
      ),
    );
    if (host.values.seccompDefault !== true) {
      found.push(
        candidate(
          "host.seccompDefault=true",
          6,
          "switch the kubelet's seccompDefault on",
          "kubelet の seccompDefault を有効にする",
          "HostConfig.SecurityOpt",
          "host.seccompDefault",
        ),
      );
    }
  }
  return found;
}

function hostCandidates({ host }: Subject): Candidate[] {
  const found: Candidate[] = [];
  const { values } = host;
  if (hostSwitch(host, "rootless") !== "yes") {
    if (hostSwitch(host, "usernsRemap") !== "yes" && values.engineKind !== "podman") {
      found.push(
        candidate(
          "host.usernsRemap=true",
          6,
          "let the engine remap users (userns-remap)",
          "エンジンの userns-remap を有効にする",
          "host.usernsRemap",
        ),
      );
    }
    found.push(
      candidate("host.rootless=true", 8, "move it to a rootless engine", "rootless エンジンに移す", "host.rootless"),
    );
  }
  if (values.apparmor === false && values.selinux !== true) {
    found.push(candidate("host.apparmor=true", 6, "switch AppArmor on", "AppArmor を有効にする", "host.apparmor"));
  }
  if (values.userInDockerGroup === true) {
    found.push(
      candidate(
        "host.userInDockerGroup=false",
        5,
        "take the account out of the docker group",
        "アカウントを docker グループから外す",
        "host.userInDockerGroup",
      ),
    );
  }
  return found;
}
