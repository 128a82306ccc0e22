import type { GoValue, JsonNode } from "../../../engine/index.ts";
import type { HostConfig, Workload } from "../../../facts/index.ts";
import {
  capabilityGrants,
  type Grant,
  judgeContainer,
  judgeEnvironment,
  judgeGrant,
  judgeImageUse,
  judgeLabels,
  type Refusal,
} from "../../../policy/index.ts";
import { workloadOfDecodedBody } from "../../../readers/index.ts";
import { type Case, type Outcome, parameter, refuses } from "../case.ts";
import { fieldAt, goStruct, itemsAt, numberAt, textAt, textMapAt, textsAt } from "../go-edit.ts";
import { checkedNetwork } from "../networks.ts";
import { endpointGrants, notOwn } from "./container-create.ts";

const SPEC = ["TaskTemplate", "ContainerSpec"] as const;

/**
 * A service makes containers on every node of the swarm, so what its tasks are given is judged like any container; on a
 * node of which nothing is known.
 */
export async function writeService(judged: Case): Promise<Outcome> {
  const { body } = judged.request;
  if (judged.rules.ownOnly) {
    return refuses(judged, notOwn("", "a service of the swarm", " Swarm のサービス"));
  }
  const workload = taskWorkload(body);
  const networks = await networksOf(judged, body);
  const grants = [
    ...networks.grants,
    ...specGrants(body),
    ...unknownParts(body, parameter(judged.request, "rollback")),
  ];
  const subject = { workload, host: await judged.host(), see: judged.see, further: grants, purpose: "made" as const };
  const image = textAt(body, ...SPEC, "Image");
  return refuses(
    judged,
    ...judgeContainer(subject, judged.rules),
    ...networks.refusals,
    ...duplicates(judged),
    ...(image === "" ? [] : judgeImageUse(image, undefined, judged.rules)),
    ...judgeEnvironment(textsAt(body, ...SPEC, "Env"), "TaskTemplate.ContainerSpec.Env", judged.rules),
    ...judgeLabels(textMapAt(body, ...SPEC, "Labels"), "TaskTemplate.ContainerSpec.Labels", judged.rules),
    ...judgeLabels(textMapAt(body, "Labels"), "Labels", judged.rules),
  );
}

/** The container of a task in the words of a create request. */
function taskWorkload(body: GoValue | undefined): Workload {
  const spec = fieldAt(body, ...SPEC);
  const mounts = fieldAt(spec, "Mounts");
  const made = workloadOfDecodedBody(
    goStruct({ HostConfig: goStruct(mounts === undefined ? {} : { Mounts: mounts }) }),
    "TaskTemplate.ContainerSpec",
  );
  const config: HostConfig = {
    ...made.config.HostConfig,
    CapAdd: textsAt(spec, "CapabilityAdd"),
    CapDrop: textsAt(spec, "CapabilityDrop"),
    Sysctls: Object.fromEntries(textMapAt(spec, "Sysctls")),
    OomScoreAdj: numberAt(spec, "OomScoreAdj") ?? 0,
    NetworkMode: networkNames(body).includes("host") ? "host" : "",
  };
  return { ...made, config: { Config: { User: textAt(spec, "User") }, HostConfig: config } };
}

/** Networks may stand at the task or, as older clients write them, at the service. */
const networkNames = (body: GoValue | undefined): readonly string[] =>
  [...itemsAt(body, "TaskTemplate", "Networks"), ...itemsAt(body, "Networks")].map((network) =>
    textAt(network, "Target"),
  );

async function networksOf(
  judged: Case,
  body: GoValue | undefined,
): Promise<{ readonly grants: readonly Grant[]; readonly refusals: readonly Refusal[] }> {
  const grants: Grant[] = [];
  const refusals: Refusal[] = [];
  for (const attachment of [...itemsAt(body, "TaskTemplate", "Networks"), ...itemsAt(body, "Networks")]) {
    const name = textAt(attachment, "Target");
    // Clients name networks by their ids.
    const found = await judged.objects.network(name);
    if (found.kind === "found" && found.value.name === "host") {
      grants.push({ kind: "host-namespace", field: "TaskTemplate.Networks", namespace: "network" });
      continue;
    }
    const checked = await checkedNetwork(judged, name, "TaskTemplate.Networks");
    grants.push(...checked.grants, ...endpointGrants(attachment));
    refusals.push(...checked.refusals);
  }
  return { grants, refusals };
}

function specGrants(body: GoValue | undefined): readonly Grant[] {
  const spec = fieldAt(body, ...SPEC);
  const driver = textAt(body, "TaskTemplate", "LogDriver", "Name");
  return [
    ...capabilityGrants(textsAt(spec, "CapabilityAdd"), "TaskTemplate.ContainerSpec.CapabilityAdd"),
    ...privilegeGrants(fieldAt(spec, "Privileges")),
    ...(driver === "" ? [] : [{ kind: "log-driver", field: "TaskTemplate.LogDriver", driver, option: "" } as const]),
    ...itemsAt(body, "EndpointSpec", "Ports").map(
      (port): Grant => ({
        kind: "published-port",
        field: "EndpointSpec.Ports",
        address: "",
        port: String(numberAt(port, "PublishedPort") ?? ""),
        container: String(numberAt(port, "TargetPort") ?? ""),
      }),
    ),
    // A service starts its tasks again by itself, also after the host was started.
    { kind: "restart", field: "Mode", policy: "service" },
  ];
}

/** Parts of a service that make something else than a container, or something that is not in the request. */
function unknownParts(body: GoValue | undefined, rollback: string): readonly Grant[] {
  const other = (field: string, detail: string): Grant => ({ kind: "other", field, detail });
  const runtime = textAt(body, "TaskTemplate", "Runtime");
  return [
    ...(fieldAt(body, "TaskTemplate", "PluginSpec") === undefined
      ? []
      : [other("TaskTemplate.PluginSpec", "a plugin")]),
    ...(fieldAt(body, "TaskTemplate", "NetworkAttachmentSpec") === undefined
      ? []
      : [other("TaskTemplate.NetworkAttachmentSpec", "a network attachment")]),
    ...(runtime === "" || runtime === "container" ? [] : [other("TaskTemplate.Runtime", runtime)]),
    ...(rollback === "" ? [] : [other("rollback", "the service as it was before")]),
  ];
}

/** `Privileges` is data here; its keys fold as all keys of Go's do. */
function privilegeGrants(value: GoValue | undefined): readonly Grant[] {
  const node = value?.kind === "any" ? value.node : undefined;
  const field = "TaskTemplate.ContainerSpec.Privileges";
  const grants: Grant[] = [];
  const lost = (layer: "seccomp" | "apparmor" | "selinux", detail: string) => {
    grants.push({ kind: "confinement", field, layer, detail });
  };
  const seccomp = wordIn(memberOf(node, "seccomp"), "mode");
  if (seccomp !== "" && seccomp !== "default") {
    lost("seccomp", seccomp);
  }
  const appArmor = wordIn(memberOf(node, "apparmor"), "mode");
  if (appArmor !== "" && appArmor !== "default") {
    lost("apparmor", appArmor);
  }
  const selinux = memberOf(node, "selinuxcontext");
  if (selinux?.kind === "object" && selinux.members.some(({ value: part }) => isSaid(part))) {
    lost("selinux", "SELinuxContext");
  }
  const credentials = memberOf(node, "credentialspec");
  if (credentials?.kind === "object" && credentials.members.some(({ value: part }) => isSaid(part))) {
    grants.push({ kind: "other", field, detail: "CredentialSpec" });
  }
  return grants;
}

/** Values that are not Go's zero value. */
const isSaid = (node: JsonNode): boolean =>
  !(node.kind === "null" || (node.kind === "boolean" && !node.value) || (node.kind === "string" && node.value === ""));

/** Go's folding of the letters in question: small letters, and the long s and the Kelvin sign. */
const folded = (key: string): string => key.toLowerCase().replaceAll("ſ", "s").replaceAll("\u212a", "k");

function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === "object" ? node.members.findLast(({ key }) => folded(key) === name)?.value : undefined;
}

function wordIn(node: JsonNode | undefined, name: string): string {
  const word = memberOf(node, name);
  return word?.kind === "string" ? word.value : "";
}

/** In parts that are kept as data, a key that comes twice would reach the engine twice. */
function duplicates(judged: Case): readonly Refusal[] {
  const found = judged.request.anomalies.find(({ kind }) => kind === "duplicate-key");
  const refusal =
    found && judgeGrant({ kind: "other", field: "", detail: `the key ${found.key ?? ""} twice` }, judged.rules);
  return refusal === undefined ? [] : [refusal];
}
