import { assertNever } from "../../base/index.ts";
import { cleanPath, isAtOrBelow } from "../../facts/index.ts";
import type { Grant, HostPathGrant } from "../grants/grant.ts";
import type { ClientRules, MountRule } from "../language/client-rules.ts";
import { changeWords, grantWords } from "./grant-words.ts";
import type { Refusal, RuleName } from "./refusal.ts";

/** Whether rules let a grant through; if not, why. */
export function judgeGrant(grant: Grant, rules: ClientRules): Refusal | undefined {
  const broken = brokenRule(grant, rules);
  return (
    broken && {
      rule: broken,
      field: grant.field,
      ...CLOSES[grant.kind],
      what: grantWords(grant),
      change: changeWords(grant, rules),
    }
  );
}

/** The section of the policy that a grant breaks. */
function brokenRule(grant: Grant, rules: ClientRules): RuleName | undefined {
  switch (grant.kind) {
    case "host-path":
      return mountRuleFor(grant, rules.mounts) === undefined ? "mounts" : undefined;
    case "volume":
      return rules.volumeDrivers.has(grant.driver) && (grant.name === "" || rules.volumeUse.match(grant.name))
        ? undefined
        : "volumes";
    case "volume-device":
    case "unknown-mounts":
      return "volumes";
    case "privileged":
      return "privileged";
    case "capability":
      return rules.capabilities.has(grant.capability) ? undefined : "capabilities";
    case "device":
      return isDeviceAllowed(grant.path, grant.permissions, rules) ? undefined : "devices";
    case "device-rule":
      return "devices";
    case "device-request":
      return rules.deviceRequests.has(grant.driver) ? undefined : "deviceRequests";
    case "host-namespace":
      return rules.hostNamespaces.has(grant.namespace) ? undefined : "namespaces";
    case "joined-namespace":
      // Whose container it is was looked up before: with `own` only the client's own are found at all.
      return rules.join === "none" || !grant.resolved ? "namespaces" : undefined;
    case "confinement":
      return isConfinementLossAllowed(grant, rules) ? undefined : "confinement";
    default:
      return brokenSettingRule(grant, rules);
  }
}

type Setting = Exclude<
  Grant,
  {
    kind:
      | "host-path"
      | "volume"
      | "volume-device"
      | "unknown-mounts"
      | "privileged"
      | "capability"
      | "device"
      | "device-rule"
      | "device-request"
      | "host-namespace"
      | "joined-namespace"
      | "confinement";
  }
>;

function brokenSettingRule(grant: Setting, rules: ClientRules): RuleName | undefined {
  const unless = (allowed: boolean, rule: RuleName) => (allowed ? undefined : rule);
  switch (grant.kind) {
    case "cgroup-parent":
      return unless(rules.cgroupParents.has(grant.path), "cgroupParents");
    case "runtime":
      return unless(rules.runtimes.has(grant.name), "runtimes");
    case "annotation":
      return unless(rules.annotations.match(grant.name), "annotations");
    case "log-driver":
      return unless(rules.logDrivers.has(grant.driver) && grant.option === "", "logDrivers");
    case "sysctl":
      return unless(rules.sysctls.match(grant.name), "sysctls");
    case "storage-option":
      return "storage";
    case "network":
      return unless(PLAIN_NETWORKS.has(grant.name) || rules.networkUse.match(grant.name), "networks");
    case "network-driver":
      return unless(rules.networkDrivers.has(grant.driver), "networks");
    case "network-option":
      return "networks";
    case "published-port":
      return unless(isPortAllowed(grant, rules), "ports");
    case "restart":
      return unless(rules.restart, "restart");
    case "oom":
      return "limits";
    case "other":
      return "engine";
    default:
      return assertNever(grant);
  }
}

/** Networks that every engine has. */
const PLAIN_NETWORKS: ReadonlySet<string> = new Set(["default", "bridge", "none", "nat"]);

/** The rule that lets a path of the host through, as it is asked for or, with `forceReadOnly`, read-only. */
export function mountRuleFor(grant: HostPathGrant, mounts: readonly MountRule[]): MountRule | undefined {
  return mounts.find(
    (rule) =>
      isAtOrBelow(grant.path, rule.path) &&
      (grant.readOnly || !rule.readOnly || (rule.forceReadOnly && !grant.inherited)) &&
      rule.propagation.has(grant.propagation) &&
      grant.hidden !== true &&
      (grant.socket !== true || rule.sockets),
  );
}

/** A path with `..` or a link in it may lead to any device, so only its clean form counts. */
function isDeviceAllowed(path: string, permissions: string, rules: ClientRules): boolean {
  const clean = cleanPath(path);
  return rules.devices.some(
    (device) =>
      device.path === clean && [...permissions].every((letter) => device.access.includes(letter) || letter === "m"),
  );
}

function isConfinementLossAllowed(grant: Extract<Grant, { kind: "confinement" }>, rules: ClientRules): boolean {
  switch (grant.layer) {
    case "seccomp":
      return rules.anySeccomp;
    case "apparmor":
      return rules.appArmor.has(grant.detail);
    case "selinux":
      return rules.selinuxTypes.has(grant.detail.replace(/^label=(type:)?/, ""));
    case "masked-paths":
    case "read-only-paths":
      return rules.anyMaskedPaths;
    case "cgroups":
      return false;
  }
}

/** Addresses that only processes of the host reach. */
const isLoopback = (address: string): boolean => /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address) || address === "::1";

function isPortAllowed(grant: Extract<Grant, { kind: "published-port" }>, rules: ClientRules): boolean {
  if (rules.publish === "none" || (rules.publish === "loopback" && !isLoopback(grant.address))) {
    return false;
  }
  if (grant.port === "" || grant.port === "0") {
    return true; // the engine picks one of the ephemeral range
  }
  const ports = grant.port.split("-").map(Number);
  const [low, high] = rules.portRange;
  return ports.length <= 2 && ports.every((port) => Number.isInteger(port) && port >= low && port <= high);
}

/** What a refusal of a kind closes where no technique that rests on the very field is found. */
const CLOSES: Readonly<Record<Grant["kind"], { readonly gain: string; readonly technique: string }>> = {
  "host-path": { gain: "host-file-read(*)", technique: "" },
  volume: { gain: "", technique: "" },
  "volume-device": { gain: "host-file-read(*)", technique: "volume-driver-escape" },
  "unknown-mounts": { gain: "host-file-write(*)", technique: "volumes-from" },
  privileged: { gain: "host-root", technique: "privileged-flag" },
  capability: { gain: "kernel-attack-surface", technique: "" },
  device: { gain: "raw-block-device", technique: "" },
  "device-rule": { gain: "raw-block-device", technique: "device-rule-mknod" },
  "device-request": { gain: "kernel-attack-surface", technique: "gpu-attack-surface" },
  "host-namespace": { gain: "host-info-leak", technique: "" },
  "joined-namespace": { gain: "other-container-control", technique: "" },
  confinement: { gain: "kernel-attack-surface", technique: "" },
  "cgroup-parent": { gain: "host-dos", technique: "" },
  runtime: { gain: "kernel-attack-surface", technique: "" },
  annotation: { gain: "kernel-attack-surface", technique: "" },
  "log-driver": { gain: "host-info-leak", technique: "" },
  sysctl: { gain: "host-dos", technique: "" },
  "storage-option": { gain: "", technique: "" },
  network: { gain: "", technique: "" },
  "network-driver": { gain: "host-network-sniff", technique: "" },
  "network-option": { gain: "host-network-sniff", technique: "" },
  "published-port": { gain: "", technique: "" },
  restart: { gain: "", technique: "" },
  oom: { gain: "host-dos", technique: "oom-kill-disabled" },
  other: { gain: "", technique: "" },
};
