import type { DecodedRequest } from "../../../engine/index.ts";
import type { HostConfig, Workload } from "../../../facts/index.ts";
import {
  judgeContainer,
  judgeImageUse,
  judgeImageWrite,
  judgeLabels,
  judgeRegistry,
  OWNER_LABEL,
  type Refusal,
} from "../../../policy/index.ts";
import {
  absent,
  type Case,
  isOwned,
  type Outcome,
  parameter,
  parameters,
  passes,
  refuses,
  withParameter,
} from "../case.ts";
import { imageNameOwner } from "../image-names.ts";
import { checkedNetwork } from "../networks.ts";
import { needsVerb } from "./container-use.ts";

/** Joins the name and the tag of two parameters. */
const named = (name: string, tag: string): string =>
  name === "" || tag === "" ? name : tag.startsWith("sha256:") ? `${name}@${tag}` : `${name}:${tag}`;

/** A pull from a registry, or an import of a file system: from the body, or from an address that the engine fetches. */
export async function pullOrImport(judged: Case): Promise<Outcome> {
  const { request } = judged;
  const source = parameter(request, "fromSrc");
  const from = parameter(request, "fromImage");
  if (source === "" || from !== "") {
    const reference = named(from, parameter(request, "tag"));
    return refuses(
      judged,
      ...judgeRegistry(reference, "fromImage", judged.rules),
      ...judgeImageUse(reference, undefined, { ...judged.rules, digestRequired: false }),
    );
  }
  const missing = needsVerb(judged, "image.import");
  if (missing !== undefined) {
    return refuses(judged, missing);
  }
  const name = named(parameter(request, "repo"), parameter(request, "tag"));
  return refuses(
    judged,
    ...(source === "-" ? [] : [fetched("fromSrc", source)]),
    ...judgeImageWrite(name, "repo", judged.rules),
    ...(await imageNameOwner(judged, name, "repo")),
  );
}

/** The engine itself would fetch an address: from its network, with its rights. */
const fetched = (field: string, address: string): Refusal => ({
  rule: "build",
  field,
  gain: "localhost-service-access",
  technique: "",
  what: {
    en: `letting the engine fetch ${JSON.stringify(address.slice(0, 100))}`,
    ja: `エンジンに ${JSON.stringify(address.slice(0, 100))} を取得させること`,
  },
  change: { en: "send the content in the request", ja: "内容を要求の本文で送ってください" },
});

export function pushImage(judged: Case): Outcome {
  return refuses(judged, ...judgeRegistry(judged.request.path["name"] ?? "", "name", judged.rules));
}

export async function tagImage(judged: Case): Promise<Outcome> {
  const name = named(parameter(judged.request, "repo"), parameter(judged.request, "tag"));
  return refuses(
    judged,
    ...judgeImageWrite(name, "repo", judged.rules),
    ...(await imageNameOwner(judged, name, "repo")),
  );
}

/** A term may name the registry that is asked: `127.0.0.1:5000/x`. */
export const searchImages = (judged: Case): Outcome =>
  refuses(judged, ...judgeRegistry(parameter(judged.request, "term"), "term", judged.rules));

/** An image of a path that a client may use may be looked at. */
export function lookAtImage(judged: Case): Outcome {
  const names = [judged.request.path["name"] ?? "", ...parameters(judged.request, "names")].filter(
    (name) => name !== "",
  );
  const hidden = judged.rules.imageUse.patterns.includes("**")
    ? undefined
    : names.find((name) => judgeImageUse(name, undefined, { ...judged.rules, digestRequired: false }).length > 0);
  return hidden === undefined ? passes(judged) : absent(judged, `No such image: ${hidden}`);
}

export async function removeImage(judged: Case): Promise<Outcome> {
  if (!judged.rules.ownOnly) {
    return passes(judged);
  }
  const name = judged.request.path["name"] ?? "";
  const found = await judged.objects.image(name);
  const isOthers = found.kind === "found" && !isOwned(found.value.labels, judged.rules);
  return found.kind === "absent" || isOthers ? absent(judged, `No such image: ${name}`) : passes(judged);
}

/** A build with the classic builder: its steps run as containers with what the parameters say. */
export async function buildImage(judged: Case): Promise<Outcome> {
  const { request, rules } = judged;
  const tunnel =
    parameter(request, "version") === "2" ||
    parameter(request, "session") !== "" ||
    parameter(request, "outputs") !== ""
      ? needsVerb(judged, "buildkit")
      : undefined;
  const remote = parameter(request, "remote");
  const names = parameters(request, "t");
  const labels = jsonMap(parameter(request, "labels"));
  const refusals: Refusal[] = [
    ...(tunnel === undefined ? [] : [tunnel]),
    ...(remote === "" || rules.buildRemote.match(remote) ? [] : [fetched("remote", remote)]),
    ...names.flatMap((name) => judgeImageWrite(name, "t", rules)),
    ...(labels === undefined ? [unreadable("labels")] : judgeLabels(Object.entries(labels), "labels", rules)),
    ...(await judgeSteps(judged)),
  ];
  for (const name of names) {
    refusals.push(...(await imageNameOwner(judged, name, "t")));
  }
  if (refusals.length > 0 || labels === undefined) {
    return refuses(judged, ...refusals);
  }
  return { request: rules.ownOnly ? withOwnedImage(request, labels, rules.name) : request, refusals };
}

function withOwnedImage(
  request: DecodedRequest,
  labels: Readonly<Record<string, string>>,
  owner: string,
): DecodedRequest {
  const value = JSON.stringify({ ...labels, [OWNER_LABEL]: owner });
  return withParameter(request, "labels", { kind: "json", value });
}

/** The containers of the steps, judged as any other. */
async function judgeSteps(judged: Case): Promise<readonly Refusal[]> {
  const { request, rules } = judged;
  const mode = parameter(request, "networkmode");
  const options = jsonList(parameter(request, "securityopt"));
  if (options === undefined) {
    return [unreadable("securityopt")];
  }
  const config: HostConfig = {
    NetworkMode: mode,
    CgroupParent: parameter(request, "cgroupparent"),
    SecurityOpt: options,
  };
  const checked = await checkedNetwork(judged, mode, "networkmode");
  const workload: Workload = {
    id: "build",
    kind: "create-request",
    name: "build",
    source: { uri: "build" },
    config: { Config: {}, HostConfig: config },
    where: (field) => ({ uri: "build", field }),
    unresolved: new Map(),
    surroundings: {},
  };
  const subject = {
    workload,
    host: await judged.host(),
    see: judged.see,
    further: checked.grants,
    purpose: "made" as const,
  };
  return [...judgeContainer(subject, rules), ...checked.refusals, ...judgeBuildNetwork(mode, judged)];
}

const PLAIN_MODES: ReadonlySet<string> = new Set(["default", "none", "bridge"]);

function judgeBuildNetwork(mode: string, { rules }: Case): readonly Refusal[] {
  const kind = mode === "" ? "default" : PLAIN_MODES.has(mode) ? mode : "named";
  return mode === "host" || mode.startsWith("container:") || rules.buildNetworks.has(kind)
    ? []
    : [
        {
          rule: "build",
          field: "networkmode",
          gain: "",
          technique: "",
          what: {
            en: `a build in the network ${mode.slice(0, 100)}`,
            ja: `ネットワーク ${mode.slice(0, 100)} でのビルド`,
          },
          change: { en: "use the default network", ja: "既定のネットワークを使ってください" },
        },
      ];
}

const unreadable = (field: string): Refusal => ({
  rule: "engine",
  field,
  gain: "",
  technique: "",
  what: { en: `a parameter ${field} that cannot be read`, ja: `読み取れないパラメータ ${field}` },
  change: { en: "leave it out", ja: "この指定を外してください" },
});

/**
 * A parameter that holds a JSON object of texts. A key that comes twice is refused: the engine would take the last, and
 * what is forwarded is the text as it came.
 */
function jsonMap(text: string): Readonly<Record<string, string>> | undefined {
  const value = parsed(text === "" ? "{}" : text);
  if (value === null) {
    return {};
  }
  const entries = typeof value === "object" && !Array.isArray(value) ? Object.entries(value as object) : undefined;
  return entries?.every((entry): entry is [string, string] => typeof entry[1] === "string")
    ? Object.fromEntries(entries)
    : undefined;
}

function jsonList(text: string): readonly string[] | undefined {
  const value = parsed(text === "" ? "[]" : text);
  if (value === null) {
    return [];
  }
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
