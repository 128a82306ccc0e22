import { type Grant, judgeGrant, judgeLabels, type Refusal, volumeOptionGrants } from "../../../policy/index.ts";
import {
  absent,
  bodyOf,
  type Case,
  isOwned,
  type Outcome,
  ownerOf,
  passes,
  refuses,
  withBody,
  withPath,
} from "../case.ts";
import { booleanAt, fieldAt, goValue, textAt, textMapAt, withField } from "../go-edit.ts";
import { checkedNetwork } from "../networks.ts";
import { findContainer } from "../targets.ts";
import { endpointGrants, notOwn } from "./container-create.ts";

const refused = (grants: readonly Grant[], judged: Case): readonly Refusal[] =>
  grants.flatMap((grant) => judgeGrant(grant, judged.rules) ?? []);

/** A volume: the options of the `local` driver mount whatever they name, as root. */
export async function createVolume(judged: Case): Promise<Outcome> {
  const body = bodyOf(judged);
  const name = textAt(body, "Name");
  const options = Object.fromEntries(textMapAt(body, "DriverOpts"));
  const grants: Grant[] = [
    { kind: "volume", field: "Driver", name, driver: textAt(body, "Driver") || "local" },
    ...volumeOptionGrants("DriverOpts", options, false, judged.see),
    ...(fieldAt(body, "ClusterVolumeSpec") === undefined
      ? []
      : [{ kind: "other", field: "ClusterVolumeSpec", detail: "cluster volume" } as const]),
  ];
  const refusals = [...refused(grants, judged), ...judgeLabels(textMapAt(body, "Labels"), "Labels", judged.rules)];
  if (!judged.rules.ownOnly || body === undefined) {
    return refuses(judged, ...refusals);
  }
  const existing = name === "" ? undefined : await judged.objects.volume(name);
  if (existing?.kind === "found" && !isOwned(existing.value.labels, judged.rules)) {
    return refuses(judged, ...refusals, notOwn("Name", `the volume ${name}`, `ボリューム ${name}`));
  }
  return { request: withBody(judged.request, withOwner(judged, body)), refusals };
}

function withOwner({ rules }: Case, body: NonNullable<ReturnType<typeof bodyOf>>) {
  const { label, value } = ownerOf(rules);
  return withField(body, ["Labels"], goValue({ ...Object.fromEntries(textMapAt(body, "Labels")), [label]: value }));
}

/** A volume of a path: only whose it is matters. */
export async function touchVolume(judged: Case): Promise<Outcome> {
  if (!judged.rules.ownOnly) {
    return passes(judged);
  }
  const name = judged.request.path["name"] ?? "";
  const found = await judged.objects.volume(name);
  const hidden = found.kind === "absent" || (found.kind === "found" && !isOwned(found.value.labels, judged.rules));
  return hidden ? absent(judged, `get ${name}: no such volume`) : passes(judged);
}

/** Options of a bridge that stay within it. */
const PLAIN_BRIDGE_OPTIONS: ReadonlySet<string> = new Set([
  "com.docker.network.bridge.enable_icc",
  "com.docker.network.bridge.enable_ip_masquerade",
  "com.docker.network.bridge.default_bridge",
  "com.docker.network.driver.mtu",
  "com.docker.network.container_iface_prefix",
  "com.docker.network.enable_ipv4",
  "com.docker.network.enable_ipv6",
  "encrypted",
]);

/**
 * A network. Drivers other than the bridge put containers next to the host on its own segments; options of a bridge can
 * name one of the host's interfaces; another network's configuration can hide either.
 */
export function createNetwork(judged: Case): Outcome {
  const body = bodyOf(judged);
  const from = textAt(body, "ConfigFrom", "Network");
  const ipam = textAt(body, "IPAM", "Driver");
  const other = (field: string, detail: string): Grant => ({ kind: "other", field, detail });
  const grants: Grant[] = [
    { kind: "network-driver", field: "Driver", driver: textAt(body, "Driver") || "bridge" },
    ...textMapAt(body, "Options")
      .filter(([name, value]) => !isPlainOption(name, value))
      .map(([name, value]): Grant => ({ kind: "network-option", field: "Options", name: `${name}=${value}` })),
    ...(from === "" ? [] : [{ kind: "network-option", field: "ConfigFrom", name: from } as const]),
    ...(ipam === "" || ipam === "default" ? [] : [other("IPAM.Driver", `IPAM driver ${ipam}`)]),
    ...(booleanAt(body, "Ingress") ? [other("Ingress", "ingress network")] : []),
  ];
  const refusals = [...refused(grants, judged), ...judgeLabels(textMapAt(body, "Labels"), "Labels", judged.rules)];
  return judged.rules.ownOnly && body !== undefined
    ? { request: withBody(judged.request, withOwner(judged, body)), refusals }
    : refuses(judged, ...refusals);
}

/** The default bridge is the engine's own; a network cannot become it, and says so with `false` at most. */
const isPlainOption = (name: string, value: string): boolean =>
  PLAIN_BRIDGE_OPTIONS.has(name) && !(name.endsWith("default_bridge") && value !== "false");

/** A network of a path: only whose it is matters. Its id is forwarded. */
export async function touchNetwork(judged: Case): Promise<Outcome> {
  if (!judged.rules.ownOnly) {
    return passes(judged);
  }
  const reference = judged.request.path["id"] ?? "";
  const found = await judged.objects.network(reference);
  if (found.kind === "unasked") {
    return passes(judged);
  }
  const isVisible = found.kind === "found" && (isOwned(found.value.labels, judged.rules) || isShared(found.value.name));
  return isVisible
    ? { request: withPath(judged.request, { id: found.value.id }), refusals: [] }
    : absent(judged, `network ${reference} not found`);
}

/** Networks that every client's containers are in by default. They may be looked at. */
const isShared = (name: string): boolean => name === "bridge" || name === "none" || name === "host";

/** Takes a container into a network, or out of it. Both are looked up, and their ids forwarded. */
export async function connectNetwork(judged: Case): Promise<Outcome> {
  const body = bodyOf(judged);
  const reference = textAt(body, "Container");
  const container = await findContainer(judged, reference);
  if (container.kind === "absent") {
    return absent(judged, `No such container: ${reference}`);
  }
  const name = judged.request.path["id"] ?? "";
  const checked = await checkedNetwork(judged, name, "network");
  if (checked.refusals.length > 0) {
    return absent(judged, `network ${name} not found`);
  }
  const grants: Grant[] = [...checked.grants, ...endpointGrants(fieldAt(body, "EndpointConfig"))];
  if (name === "host" || checked.network?.name === "host") {
    grants.push({ kind: "host-namespace", field: "network", namespace: "network" });
  }
  const resolved =
    container.kind === "found" && body !== undefined
      ? withBody(judged.request, withField(body, ["Container"], goValue(container.value.id)))
      : judged.request;
  return {
    request: checked.network === undefined ? resolved : withPath(resolved, { id: checked.network.id }),
    refusals: refused(grants, judged),
  };
}
