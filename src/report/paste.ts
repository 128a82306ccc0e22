import type { Language } from "../base/index.ts";
import type { WorkloadKind } from "../facts/index.ts";
import type { Change } from "../findings/index.ts";
import type { PasteLine } from "./paste-line.ts";
import { podLines } from "./paste-pod.ts";

/** The lines that carry a change out, in the language of its input: Compose keys, or flags of `docker run`. */
export function pasteLines(change: Change, kind: WorkloadKind, language: Language): readonly PasteLine[] {
  const { edit } = change;
  const host = /^host\.(\w+)=/.exec(edit)?.[1];
  if (host !== undefined) {
    return hostLines(host, language) ?? [{ sign: "#", text: change.summary[language] }];
  }
  if (kind === "pod") {
    return podLines(edit) ?? [{ sign: "#", text: change.summary[language] }];
  }
  const lines = kind === "service" ? composeLines(edit) : kind === "create-request" ? undefined : flagLines(edit);
  return lines ?? [{ sign: "+", text: edit }];
}

const HOST_LINES: Readonly<Record<string, Readonly<Record<Language, readonly string[]>>>> = {
  usernsRemap: {
    en: [
      '/etc/docker/daemon.json: { "userns-remap": "default" }',
      "systemctl restart docker   (containers are made anew)",
    ],
    ja: [
      '/etc/docker/daemon.json: { "userns-remap": "default" }',
      "systemctl restart docker   (コンテナは作り直しになる)",
    ],
  },
  rootless: {
    en: ["dockerd-rootless-setuptool.sh install   (as an ordinary user; docs.docker.com/engine/security/rootless)"],
    ja: ["dockerd-rootless-setuptool.sh install   (一般ユーザで。docs.docker.com/engine/security/rootless)"],
  },
  apparmor: {
    en: ["apt-get install apparmor, boot with security=apparmor, restart the engine"],
    ja: ["apt-get install apparmor、security=apparmor で起動、エンジンを再起動"],
  },
  seccompDefault: {
    en: ["the kubelet's configuration: seccompDefault: true, then restart it"],
    ja: ["kubelet の設定に seccompDefault: true を加えて再起動"],
  },
  userInDockerGroup: { en: ["gpasswd -d USER docker"], ja: ["gpasswd -d USER docker"] },
};

function hostLines(key: string, language: Language): PasteLine[] | undefined {
  return HOST_LINES[key]?.[language].map((text) => ({ sign: "$", text }));
}

const PARTS = /^(?<root>HostConfig|Config|Env)\.?(?<key>\w*)(?<sign>\+=|-=|=|:)(?<value>[\s\S]*)$/;

/** Names of the fields in Compose (compose-spec) and on the command line of Docker 28. */
const NAMES: Readonly<Record<string, { readonly compose: string; readonly flag: string }>> = {
  Privileged: { compose: "privileged", flag: "--privileged" },
  CapAdd: { compose: "cap_add", flag: "--cap-add" },
  CapDrop: { compose: "cap_drop", flag: "--cap-drop" },
  Binds: { compose: "volumes", flag: "-v" },
  Mounts: { compose: "volumes", flag: "--mount" },
  VolumesFrom: { compose: "volumes_from", flag: "--volumes-from" },
  Devices: { compose: "devices", flag: "--device" },
  DeviceCgroupRules: { compose: "device_cgroup_rules", flag: "--device-cgroup-rule" },
  DeviceRequests: { compose: "gpus", flag: "--gpus" },
  SecurityOpt: { compose: "security_opt", flag: "--security-opt" },
  PidMode: { compose: "pid", flag: "--pid" },
  IpcMode: { compose: "ipc", flag: "--ipc" },
  UTSMode: { compose: "uts", flag: "--uts" },
  NetworkMode: { compose: "network_mode", flag: "--network" },
  CgroupnsMode: { compose: "cgroup", flag: "--cgroupns" },
  UsernsMode: { compose: "userns_mode", flag: "--userns" },
  GroupAdd: { compose: "group_add", flag: "--group-add" },
  ReadonlyRootfs: { compose: "read_only", flag: "--read-only" },
  Runtime: { compose: "runtime", flag: "--runtime" },
  User: { compose: "user", flag: "--user" },
};

function composeLines(edit: string): PasteLine[] | undefined {
  const { root, key = "", sign, value = "" } = PARTS.exec(edit)?.groups ?? {};
  if (root === "Env") {
    return [{ sign: "-", text: `environment: ${value}` }];
  }
  if (key === "MaskedPaths" || key === "ReadonlyPaths") {
    return [{ sign: "-", text: "security_opt: systempaths=unconfined" }];
  }
  const name = NAMES[key]?.compose;
  if (name === undefined) {
    return undefined;
  }
  switch (sign) {
    case "+=":
      return [
        { sign: "+", text: `${name}:` },
        { sign: "+", text: `  - ${value === "no-new-privileges" ? "no-new-privileges:true" : value}` },
      ];
    case "-=":
      return [
        { sign: "-", text: `${name}:` },
        { sign: "-", text: `  - ${value}${key === "Binds" ? ":…" : ""}` },
      ];
    case ":":
      return [{ sign: "+", text: `${name}: ${value.replace(/=ro$/, "")}:…:ro` }];
    default:
      return value === '""' || value === "[]" || value === "null"
        ? [{ sign: "-", text: `${name}:` }]
        : value === "false"
          ? [{ sign: "-", text: `${name}: true` }]
          : [{ sign: "+", text: `${name}: ${value}` }];
  }
}

function flagLines(edit: string): PasteLine[] | undefined {
  const { root, key = "", sign, value = "" } = PARTS.exec(edit)?.groups ?? {};
  if (root === "Env") {
    return [{ sign: "-", text: `--env ${value}` }];
  }
  if (key === "MaskedPaths" || key === "ReadonlyPaths") {
    return [{ sign: "-", text: "--security-opt systempaths=unconfined" }];
  }
  const flag = NAMES[key]?.flag;
  if (flag === undefined) {
    return undefined;
  }
  const text = value.replace(/^"(.*)"$/, "$1");
  const quoted = /[^\w:/.,=@%+-]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : text;
  switch (sign) {
    case "+=":
      return [{ sign: "+", text: `${flag} ${quoted}` }];
    case "-=":
      return [{ sign: "-", text: `${flag} ${quoted}${key === "Binds" ? ":…" : ""}` }];
    case ":":
      return [{ sign: "+", text: `${flag} ${value.replace(/=ro$/, "")}:…:ro` }];
    default:
      return text === "" || text === "[]"
        ? [{ sign: "-", text: `${flag} …` }]
        : text === "false"
          ? [{ sign: "-", text: flag }]
          : text === "true"
            ? [{ sign: "+", text: flag }]
            : [{ sign: "+", text: `${flag} ${quoted}` }];
  }
}
