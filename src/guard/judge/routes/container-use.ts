import {
  type Grant,
  judgeGrant,
  judgeImageWrite,
  judgeLabels,
  judgeLimits,
  type Refusal,
  verbOf,
  verbRefusal,
} from "../../../policy/index.ts";
import {
  absent,
  bodyOf,
  type Case,
  type Outcome,
  parameter,
  passes,
  refuses,
  withBody,
  withParameter,
  withPath,
} from "../case.ts";
import { booleanAt, numberAt, textAt, textMapAt, withoutFields } from "../go-edit.ts";
import { imageNameOwner } from "../image-names.ts";
import type { ContainerObject } from "../objects.ts";
import { findContainer, judgeUse } from "../targets.ts";

/** Runs with the container of a path, resolved to its id; without one, as far as it goes. */
export async function withTarget(
  judged: Case,
  next: (resolved: Case, container: ContainerObject | undefined) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const reference = judged.request.path["id"] ?? "";
  const found = await findContainer(judged, reference);
  switch (found.kind) {
    case "absent":
      return absent(judged, `No such container: ${reference}`);
    case "unasked":
      return next(judged, undefined);
    case "found":
      return next({ ...judged, request: withPath(judged.request, { id: found.value.id }) }, found.value);
  }
}

/** Routes that do something with a container and give nobody anything that it has: only whose it is matters. */
export function touchContainer(judged: Case): Promise<Outcome> | Outcome {
  // Without `own: only` the engine may find the container itself: any answer of its is as good.
  return judged.rules.ownOnly ? withTarget(judged, (resolved) => passes(resolved)) : passes(judged);
}

/** Routes that let somebody into a container, or start it: what it has, they have. */
export function useContainer(judged: Case): Promise<Outcome> {
  return withTarget(judged, async (resolved, container) => ({
    request: resolved.request,
    refusals: container === undefined ? [] : await judgeUse(resolved, container),
  }));
}

/** `start` ignores its body from API 1.24 on; it is left out. A checkpoint is a directory of the host. */
export async function startContainer(judged: Case): Promise<Outcome> {
  if (parameter(judged.request, "checkpoint") !== "" || parameter(judged.request, "checkpoint-dir") !== "") {
    const refusal = needsVerb(judged, "container.checkpoint");
    if (refusal !== undefined) {
      return refuses(judged, refusal);
    }
  }
  const outcome = await useContainer(judged);
  return { ...outcome, request: withBody(outcome.request, undefined) };
}

/** The refusal of a request that would need a further verb. */
export function needsVerb({ rules }: Case, verb: string): Refusal | undefined {
  const title = verbOf(verb)?.title ?? { en: verb, ja: verb };
  return rules.verbs.has(verb) ? undefined : verbRefusal(verb, rules, title);
}

export function createExec(judged: Case): Promise<Outcome> {
  const asked: Grant = { kind: "privileged", field: "Privileged" };
  const refusal = booleanAt(judged.request.body, "Privileged") ? judgeGrant(asked, judged.rules) : undefined;
  const refusals =
    refusal === undefined
      ? []
      : [
          {
            ...refusal,
            technique: "exec-privileged",
            what: { en: "a privileged exec", ja: "特権付きの exec（--privileged）" },
            change: { en: "run it without --privileged", ja: "--privileged を外してください" },
          },
        ];
  return withTarget(judged, async (resolved, container) => ({
    request: resolved.request,
    refusals: [...refusals, ...(container === undefined ? [] : await judgeUse(resolved, container))],
  }));
}

/** An exec leads back to its container, and says itself whether it is privileged. */
export async function startExec(judged: Case): Promise<Outcome> {
  const id = judged.request.path["id"] ?? "";
  const found = await judged.objects.exec(id);
  if (found.kind !== "found") {
    return found.kind === "absent" ? absent(judged, `No such exec instance: ${id}`) : passes(judged);
  }
  const container = await findContainer(judged, found.value.container);
  if (container.kind !== "found") {
    return absent(judged, `No such exec instance: ${id}`);
  }
  const privileged = found.value.privileged
    ? judgeGrant({ kind: "privileged", field: "exec" }, judged.rules)
    : undefined;
  return {
    request: withPath(judged.request, { id: found.value.id }),
    refusals: [...(privileged === undefined ? [] : [privileged]), ...(await judgeUse(judged, container.value))],
  };
}

/** Looking at an exec or resizing its terminal: only whose it is matters. */
export async function touchExec(judged: Case): Promise<Outcome> {
  if (!judged.rules.ownOnly) {
    return passes(judged);
  }
  const id = judged.request.path["id"] ?? "";
  const found = await judged.objects.exec(id);
  if (found.kind === "unasked") {
    return passes(judged);
  }
  const container = found.kind === "found" ? await findContainer(judged, found.value.container) : found;
  return container.kind === "found" ? passes(judged) : absent(judged, `No such exec instance: ${id}`);
}

/** Fields of an update that no engine obeys (measured on Engine 20.10.24); they are left out. */
const IGNORED_BY_UPDATE: ReadonlySet<string> = new Set([
  "CgroupParent",
  "Devices",
  "DeviceCgroupRules",
  "DeviceRequests",
]);

export async function updateContainer(judged: Case): Promise<Outcome> {
  const body = bodyOf(judged);
  const { rules } = judged;
  const limits = {
    ...numbers(judged, ["Memory", "MemorySwap", "NanoCpus", "CpuQuota", "CpuPeriod", "PidsLimit"]),
  };
  const restart = textAt(body, "RestartPolicy", "Name");
  const grants: Grant[] = [
    ...(restart === "" || restart === "no"
      ? []
      : [{ kind: "restart", field: "RestartPolicy", policy: restart } as const]),
    ...(booleanAt(body, "OomKillDisable")
      ? [{ kind: "oom", field: "OomKillDisable", detail: "OomKillDisable" } as const]
      : []),
  ];
  const refusals = [
    ...judgeLimits(limits, rules, "update"),
    ...grants.flatMap((grant) => judgeGrant(grant, rules) ?? []),
  ];
  const outcome = await touchContainer(judged);
  return {
    ...outcome,
    request: body === undefined ? outcome.request : withBody(outcome.request, withoutFields(body, IGNORED_BY_UPDATE)),
    refusals: [...outcome.refusals, ...refusals],
  };
}

function numbers(judged: Case, names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = numberAt(judged.request.body, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** An image of a container: its name may be one that others trust, and it inherits the container's labels. */
export async function commitContainer(judged: Case): Promise<Outcome> {
  const reference = parameter(judged.request, "container");
  const repo = parameter(judged.request, "repo");
  const tag = parameter(judged.request, "tag");
  const name = repo === "" ? "" : `${repo}${tag === "" ? "" : `:${tag}`}`;
  const refusals = [
    ...judgeImageWrite(name, "repo", judged.rules),
    ...(await imageNameOwner(judged, name, "repo")),
    ...judgeLabels(textMapAt(judged.request.body, "Labels"), "Labels", judged.rules),
  ];
  const found = await findContainer(judged, reference);
  if (found.kind === "absent") {
    return absent(judged, `No such container: ${reference}`);
  }
  const named =
    found.kind === "found"
      ? withParameter(judged.request, "container", { kind: "string", value: found.value.id })
      : judged.request;
  return { request: named, refusals };
}
