import { compareApiVersions, type DecodedRequest, type GoStruct } from "../../../engine/index.ts";
import type { Workload } from "../../../facts/index.ts";
import {
  defaultEdits,
  type Grant,
  judgeContainer,
  judgeEnvironment,
  judgeImageUse,
  judgeLabels,
  judgeLimits,
  type LimitedConfig,
  mountRuleFor,
  OWNER_LABEL,
  type Refusal,
} from "../../../policy/index.ts";
import { workloadOfDecodedBody } from "../../../readers/index.ts";
import { bodyOf, type Case, isOwned, type Outcome, ownerOf, refuses, withBody } from "../case.ts";
import { fieldAt, goList, goStruct, goValue, numberAt, textAt, textMapAt, textsAt, withField } from "../go-edit.ts";
import { checkedNetwork } from "../networks.ts";
import { findContainer, neighboursOf, volumeNamesOf, withSurroundings } from "../targets.ts";

/** The first API version whose annotations reach the runtime; older engines and versions ignore them. */
const ANNOTATIONS_SINCE = "1.43";

/** Where the body of a create request stands, for messages. */
const REQUEST = "request";

/** Judges a container that is to be made. */
export async function createContainer(judged: Case): Promise<Outcome> {
  const body = bodyOf(judged);
  if (body === undefined) {
    return refuses(judged, emptyBody);
  }
  const { rules } = judged;
  const resolved = await resolveContainers(judged, body);
  if ("absent" in resolved) {
    return { request: judged.request, refusals: [], absent: resolved.absent };
  }
  const written = workloadOfDecodedBody(resolved.body, REQUEST);
  const owned = await judgeVolumeOwners(judged, written);
  const networks = await networkGrants(judged, resolved.body, written);
  const workload = await withSurroundings(judged, written);
  const subject = {
    host: await judged.host(),
    see: judged.see,
    further: [...networks.grants, ...otherGrants(judged.request, resolved.body)],
    purpose: "made" as const,
  };
  const isolation = await judgedIsolation(judged, workload, (part) =>
    judgeContainer({ ...subject, workload: part }, rules),
  );
  const limited = limitedOf(resolved.body, workload);
  const refusals = [
    ...isolation,
    ...owned.refusals,
    ...networks.refusals,
    ...(await judgeImage(judged, textAt(body, "Image"))),
    ...judgeEnvironment(textsAt(body, "Env"), "Env", rules),
    ...judgeLabels(textMapAt(body, "Labels"), "Labels", rules),
    ...judgeLimits(limited, rules, "create"),
    ...(await judgeContainerCount(judged)),
  ];
  // A refusal may be lifted by a rule, or only be written down: what goes on then is the gate's own all the same.
  const edited = withOwner(judged, withOwnedVolumes(judged, withDefaults(judged, resolved.body, limited), owned.made));
  return { request: edited === body ? judged.request : withBody(judged.request, edited), refusals };
}

const emptyBody: Refusal = {
  rule: "engine",
  field: "",
  gain: "",
  technique: "",
  what: { en: "a create request without a body", ja: "本文のない作成要求" },
  change: { en: "send the container's configuration", ja: "コンテナの設定を送ってください" },
};

/** The image's own user is asked for only when it may decide: unknown, it counts as root. */
async function judgedIsolation(
  judged: Case,
  workload: Workload,
  judge: (workload: Workload) => readonly Refusal[],
): Promise<readonly Refusal[]> {
  const refusals = judge(workload);
  const { Image, User = "" } = workload.config.Config;
  if (!refusals.some((refusal) => refusal.rule === "gains") || User !== "" || Image === undefined) {
    return refusals;
  }
  const image = await judged.objects.image(Image);
  return image.kind === "found"
    ? judge({ ...workload, surroundings: { ...workload.surroundings, image: { user: image.value.user } } })
    : refusals;
}

/** Replaces the names of containers by their ids, so that nobody can move a name between decision and request. */
async function resolveContainers(
  judged: Case,
  body: GoStruct,
): Promise<{ readonly body: GoStruct } | { readonly absent: string }> {
  const workload = workloadOfDecodedBody(body, REQUEST);
  if (neighboursOf(workload).length === 0) {
    return { body };
  }
  let resolved = body;
  const { HostConfig } = workload.config;
  for (const mode of ["PidMode", "IpcMode", "NetworkMode"] as const) {
    const value = HostConfig[mode] ?? "";
    if (value.startsWith("container:")) {
      const found = await findContainer(judged, value.slice("container:".length));
      if (found.kind === "absent") {
        return { absent: `No such container: ${value.slice("container:".length)}` };
      }
      if (found.kind === "found") {
        resolved = withField(resolved, ["HostConfig", mode], goValue(`container:${found.value.id}`));
      }
    }
  }
  const donors: string[] = [];
  for (const entry of HostConfig.VolumesFrom ?? []) {
    const [name = "", ...mode] = entry.replace(/^container:/, "").split(":");
    const found = await findContainer(judged, name);
    if (found.kind === "absent") {
      return { absent: `No such container: ${name}` };
    }
    donors.push(found.kind === "found" ? [found.value.id, ...mode].join(":") : entry);
  }
  return { body: donors.length === 0 ? resolved : withField(resolved, ["HostConfig", "VolumesFrom"], goValue(donors)) };
}

/** Volumes of others, and those that do not exist yet and will be the client's. */
async function judgeVolumeOwners(
  judged: Case,
  workload: Workload,
): Promise<{ readonly refusals: readonly Refusal[]; readonly made: ReadonlySet<string> }> {
  const made = new Set<string>();
  const refusals: Refusal[] = [];
  if (!judged.rules.ownOnly) {
    return { refusals, made };
  }
  for (const name of volumeNamesOf(workload)) {
    const found = await judged.objects.volume(name);
    if (found.kind === "absent") {
      made.add(name);
    } else if (found.kind === "found" && !isOwned(found.value.labels, judged.rules)) {
      refusals.push(notOwn("HostConfig.Binds", `the volume ${name}`, `ボリューム ${name}`));
    }
  }
  return { refusals, made };
}

/** Something that exists and is another's. Its name was in the request, so saying so tells nothing new. */
export const notOwn = (field: string, en: string, ja: string): Refusal => ({
  rule: "own",
  field,
  gain: "other-container-read",
  technique: "",
  what: { en: `${en}, which this client did not make,`, ja: `このクライアントが作ったものではない${ja}` },
  change: { en: "use one of your own", ja: "自分で作ったものを使ってください" },
});

/** Every network that the container will join, looked up. */
async function networkGrants(
  judged: Case,
  body: GoStruct,
  { config }: Workload,
): Promise<{ readonly grants: readonly Grant[]; readonly refusals: readonly Refusal[] }> {
  const endpoints = fieldAt(body, "NetworkingConfig", "EndpointsConfig");
  const named = endpoints?.kind === "map" ? [...endpoints.entries.keys()] : [];
  const mode = config.HostConfig.NetworkMode ?? "";
  const names = new Set([...(mode === "host" || mode.startsWith("container:") ? [] : [mode]), ...named]);
  const grants: Grant[] = [];
  const refusals: Refusal[] = [];
  for (const name of names) {
    const checked = await checkedNetwork(judged, name, "HostConfig.NetworkMode");
    grants.push(...checked.grants);
    refusals.push(...checked.refusals);
  }
  for (const name of named) {
    grants.push(...endpointGrants(fieldAt(endpoints, name)));
  }
  return { grants, refusals };
}

/** Options of endpoints that only concern the container's own interface. */
const PLAIN_ENDPOINT_OPTION = /^com\.docker\.network\.endpoint\.(ifname|exposedports|sysctls|macaddress)$/;

export function endpointGrants(endpoint: ReturnType<typeof fieldAt>): readonly Grant[] {
  return textMapAt(endpoint, "DriverOpts").flatMap(([name]): Grant[] =>
    PLAIN_ENDPOINT_OPTION.test(name)
      ? []
      : [{ kind: "network-option", field: "NetworkingConfig.EndpointsConfig", name }],
  );
}

/** What a body asks for that the workload's form does not hold. */
function otherGrants(request: DecodedRequest, body: GoStruct): readonly Grant[] {
  const reachRuntime = request.version === undefined || compareApiVersions(request.version, ANNOTATIONS_SINCE) >= 0;
  const annotations = reachRuntime ? textMapAt(body, "HostConfig", "Annotations") : [];
  const cgroup = textAt(body, "HostConfig", "Cgroup");
  return [
    ...annotations.map(([name]): Grant => ({ kind: "annotation", field: "HostConfig.Annotations", name })),
    ...(cgroup === "" ? [] : [{ kind: "other", field: "HostConfig.Cgroup", detail: cgroup } as const]),
  ];
}

async function judgeImage(judged: Case, reference: string): Promise<readonly Refusal[]> {
  const refusals = judgeImageUse(reference, undefined, judged.rules);
  if (refusals.length === 0) {
    return refusals;
  }
  // An image named by its id may be one of those that the rules name.
  const image = await judged.objects.image(reference);
  return image.kind === "found" ? judgeImageUse(reference, image.value.tags, judged.rules) : refusals;
}

function limitedOf(body: GoStruct, { config }: Workload): LimitedConfig & Workload["config"]["HostConfig"] {
  const number = (name: string) => numberAt(body, "HostConfig", name) ?? 0;
  return {
    ...config.HostConfig,
    CpuPeriod: number("CpuPeriod"),
    MemorySwap: number("MemorySwap"),
    ShmSize: number("ShmSize"),
  };
}

async function judgeContainerCount({ rules, objects }: Case): Promise<readonly Refusal[]> {
  const most = rules.limits.containers;
  if (most === undefined || (await objects.countContainers(`${OWNER_LABEL}=${rules.name}`)) < most) {
    return [];
  }
  return [
    {
      rule: "limits",
      field: "",
      gain: "",
      technique: "",
      what: { en: `more than ${most} containers at once`, ja: `同時に ${most} 個を超えるコンテナ` },
      change: { en: "remove one first", ja: "先にどれかを削除してください" },
    },
  ];
}

function withDefaults(
  judged: Case,
  body: GoStruct,
  limited: LimitedConfig & Workload["config"]["HostConfig"],
): GoStruct {
  let edited = body;
  for (const { path, value } of defaultEdits(limited, judged.rules)) {
    edited = withField(edited, path, goValue(value));
  }
  return withForcedReadOnly(judged, edited);
}

/** Binds that a rule allows only read-only and makes so. */
function withForcedReadOnly(judged: Case, body: GoStruct): GoStruct {
  const { rules } = judged;
  if (!rules.mounts.some((rule) => rule.forceReadOnly)) {
    return body;
  }
  const isForced = (source: string) => {
    const path = judged.see(source)?.realPath ?? source;
    const grant = { kind: "host-path", path, written: source, readOnly: false, inherited: false } as const;
    const rule = mountRuleFor({ ...grant, propagation: "rprivate" }, rules.mounts);
    return rule?.readOnly === true && rule.forceReadOnly;
  };
  const binds = textsAt(body, "HostConfig", "Binds").map((bind) => {
    const [source = "", target = "", options = ""] = bind.split(":");
    const kept = options.split(",").filter((option) => option !== "rw" && option !== "");
    return source.startsWith("/") && !kept.includes("ro") && isForced(source)
      ? [source, target, [...kept, "ro"].join(",")].join(":")
      : bind;
  });
  const mounts = fieldAt(body, "HostConfig", "Mounts");
  const forced =
    mounts?.kind === "list"
      ? goList(
          mounts.storage.slice(0, mounts.length).map((mount) => {
            const struct = mount?.kind === "struct" ? mount : goStruct({});
            return textAt(mount, "Type") === "bind" && isForced(textAt(mount, "Source"))
              ? withField(struct, ["ReadOnly"], goValue(true))
              : struct;
          }),
        )
      : undefined;
  const edited = binds.length === 0 ? body : withField(body, ["HostConfig", "Binds"], goValue(binds));
  return forced === undefined ? edited : withField(edited, ["HostConfig", "Mounts"], forced);
}

/** Writes the gate's label over whatever the image or the client may say. */
function withOwner({ rules }: Case, body: GoStruct): GoStruct {
  if (!rules.ownOnly && rules.limits.containers === undefined) {
    return body;
  }
  const labels = Object.fromEntries([...textMapAt(body, "Labels"), [OWNER_LABEL, rules.name]]);
  return withField(body, ["Labels"], goValue(labels));
}

/**
 * The engine makes a volume that a bind names and that does not exist, without any label. Written as a mount it can
 * carry one, and is the client's afterwards.
 */
function withOwnedVolumes({ rules }: Case, body: GoStruct, made: ReadonlySet<string>): GoStruct {
  if (made.size === 0) {
    return body;
  }
  const { label, value } = ownerOf(rules);
  const owner = goValue({ [label]: value });
  const binds: string[] = [];
  const mounts = (fieldAt(body, "HostConfig", "Mounts")?.kind === "list" ? mountsOf(body) : []).map((mount) =>
    textAt(mount, "Type") === "volume" && made.has(textAt(mount, "Source"))
      ? withField(
          mount,
          ["VolumeOptions", "Labels"],
          goValue({ ...Object.fromEntries(textMapAt(mount, "VolumeOptions", "Labels")), [label]: value }),
        )
      : mount,
  );
  for (const bind of textsAt(body, "HostConfig", "Binds")) {
    const [source = "", target = "", options = ""] = bind.split(":");
    if (!made.has(source)) {
      binds.push(bind);
      continue;
    }
    const words = options.split(",");
    mounts.push(
      goStruct({
        Type: goValue("volume"),
        Source: goValue(source),
        Target: goValue(target),
        ReadOnly: goValue(words.includes("ro")),
        VolumeOptions: goStruct({ NoCopy: goValue(words.includes("nocopy")), Labels: owner }),
      }),
    );
  }
  const edited = withField(body, ["HostConfig", "Binds"], goValue(binds));
  return withField(edited, ["HostConfig", "Mounts"], goList(mounts));
}

function mountsOf(body: GoStruct): GoStruct[] {
  const list = fieldAt(body, "HostConfig", "Mounts");
  return list?.kind === "list"
    ? list.storage.slice(0, list.length).map((mount) => (mount?.kind === "struct" ? mount : goStruct({})))
    : [];
}
