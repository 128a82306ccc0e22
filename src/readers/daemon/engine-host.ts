import { isOlder, type Known, notKnown, or } from "../../facts/index.ts";
import { type Document, objectOf, textOf, textsOf, versionOf } from "./document.ts";
import { type AnswerReader, componentOf, isPodman, setFrom } from "./engine-answers.ts";
import { engineVersion } from "./engine-identity.ts";

/** Fields of /info that are facts as they stand. */
export const readPlainFields: AnswerReader = (answers, draft) => {
  const { info, version } = answers;
  const kernel = versionOf(info["KernelVersion"]);
  setFrom(draft, answers, "kernel", kernel ?? versionOf(version["KernelVersion"]), "KernelVersion");
  const cgroup = { "1": 1, "2": 2 }[textOf(info["CgroupVersion"]) ?? ""] as 1 | 2 | undefined;
  setFrom(draft, answers, "cgroup", cgroup, "CgroupVersion");
  setFrom(draft, answers, "dataRoot", textOf(info["DockerRootDir"]), "DockerRootDir");
  setFrom(draft, answers, "defaultRuntime", textOf(info["DefaultRuntime"]), "DefaultRuntime");
};

/** With remapping the data root ends in the first ids: `/var/lib/docker/100000.100000`. */
export const readRemappedIds: AnswerReader = (answers, draft) => {
  const options = textsOf(answers.info["SecurityOptions"]) ?? [];
  const ids = /\/(\d{1,10})\.(\d{1,10})$/.exec(textOf(answers.info["DockerRootDir"]) ?? "");
  if (ids !== null && options.includes("name=userns")) {
    setFrom(draft, answers, "subuid", Number(ids[1]), "DockerRootDir");
    setFrom(draft, answers, "subgid", Number(ids[2]), "DockerRootDir");
  }
};

/** Plugins that the engine asks before it answers. Docker gives null where there is none. */
export const readAuthorization: AnswerReader = (answers, draft) => {
  const plugins = objectOf(answers.info["Plugins"]);
  if ("Authorization" in plugins) {
    setFrom(draft, answers, "authz", (textsOf(plugins["Authorization"]) ?? []).length > 0, "Plugins.Authorization");
  }
};

/**
 * The engine warns in /info of every TCP address it listens on without TLS, or with TLS and without asking for a
 * certificate (moby daemon/info.go, fillAPIInfo). Without a warning it may still listen with TLS and certificates.
 */
export const readWarnings: AnswerReader = (answers, draft) => {
  const warnings = textsOf(answers.info["Warnings"]) ?? [];
  const index = warnings.findIndex((warning) => /API is accessible on https?:\/\//.test(warning));
  setFrom(draft, answers, "engineTcpOpen", index >= 0 ? true : undefined, `Warnings[${index}]`);
};

/** Engine 25, Linux 5.12 and a runtime with the feature are needed (moby, supportsRecursivelyReadOnly). */
export const readRecursiveReadOnly: AnswerReader = (answers, draft) => {
  if (isPodman(answers)) {
    return;
  }
  const kernel = versionOf(answers.info["KernelVersion"]);
  const lacks: readonly (readonly [Known, string])[] = [
    [isOlder(engineVersion(answers)?.text, "25.0"), "ServerVersion"],
    [isOlder(kernel, "5.12"), "KernelVersion"],
    [notKnown(runtimeHasFeature(answers.info, componentOf(answers, "runc").body["Version"])), "Runtimes"],
  ];
  const missing = lacks.find(([known]) => known === "yes");
  const verdict = lacks.map(([known]) => known).reduce(or);
  setFrom(draft, answers, "rro", verdict === "unknown" ? undefined : verdict === "no", missing?.[1] ?? "ServerVersion");
};

/** Runtimes since runc 1.1 list what they can; Engine 25 and later pass the list on. */
function runtimeHasFeature(info: Document, runcVersion: unknown): Known {
  const name = textOf(info["DefaultRuntime"]) ?? "";
  const runtime = objectOf(objectOf(info["Runtimes"])[name]);
  const features = textOf(objectOf(runtime["status"])["org.opencontainers.runtime-spec.features"]);
  const options = features === undefined ? undefined : mountOptionsOf(features);
  if (options !== undefined) {
    return options.includes("rro") ? "yes" : "no";
  }
  const isRunc = name === "runc";
  return isRunc ? notKnown(isOlder(versionOf(runcVersion), "1.1")) : "unknown";
}

/** The list is JSON inside a string. */
function mountOptionsOf(features: string): readonly string[] | undefined {
  try {
    return textsOf(objectOf(JSON.parse(features))["mountOptions"]);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
