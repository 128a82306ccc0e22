import { isOlder } from "../../facts/index.ts";
import { objectOf, textOf, versionOf } from "./document.ts";
import {
  type AnswerReader,
  componentOf,
  type EngineAnswers,
  isPodman,
  PODMAN,
  placeIn,
  setFrom,
} from "./engine-answers.ts";

/** Read-only binds are recursive for create calls of this API version and later. */
const RECURSIVE_READ_ONLY_API = "1.44";

/** Which engine it is, and its version. */
export const readEngineKind: AnswerReader = (answers, draft) => {
  const podman = componentOf(answers, PODMAN);
  const knows = textOf(answers.version["Version"]) !== undefined || textOf(answers.info["ServerVersion"]) !== undefined;
  if (podman.index >= 0) {
    setFrom(draft, answers, "engineKind", "podman", `Components[${podman.index}].Name`);
    setFrom(draft, answers, "engine", versionOf(podman.body["Version"]), `Components[${podman.index}].Version`);
    return;
  }
  setFrom(draft, answers, "engineKind", knows ? "docker" : undefined, "ServerVersion");
  const version = engineVersion(answers);
  setFrom(draft, answers, "engine", version?.text, version?.field ?? "");
};

/** Docker's version: /info has it, and /version too. */
export function engineVersion({ info, version }: EngineAnswers): { text: string; field: string } | undefined {
  const fromInfo = versionOf(info["ServerVersion"]);
  const text = fromInfo ?? versionOf(version["Version"]);
  return text === undefined ? undefined : { text, field: fromInfo === undefined ? "Version" : "ServerVersion" };
}

/**
 * The engine's newest API version says which one a create call had only where it is so old that every call was older
 * still.
 */
export const readApiVersion: AnswerReader = (answers, draft) => {
  const text = versionOf(answers.version["ApiVersion"]);
  const isBound = !isPodman(answers) && isOlder(text, RECURSIVE_READ_ONLY_API) === "yes";
  setFrom(draft, answers, "createApi", isBound ? text : undefined, "ApiVersion");
};

/** Docker Desktop, whose version stands in the name of the platform: `Docker Desktop 4.43.1 (198352)`. */
export const readDesktop: AnswerReader = (answers, draft) => {
  const platform = textOf(objectOf(answers.version["Platform"])["Name"]) ?? "";
  const version = /^Docker Desktop (\d+\.\d+[\d.]*)/.exec(platform)?.[1];
  if (version !== undefined) {
    setFrom(draft, answers, "desktop", version, "Platform.Name");
  } else if (textOf(answers.info["OperatingSystem"]) === "Docker Desktop") {
    draft.note(
      {
        en: "the engine runs in the virtual machine of Docker Desktop, whose version it does not tell",
        ja: "エンジンは Docker Desktop の仮想マシンで動いていますが、そのバージョンは分かりません",
      },
      placeIn(answers, "OperatingSystem"),
    );
  }
};

/**
 * runc and containerd. /version names the runtime as the engine's configuration does, so a wrapper of runc is not found
 * there; /info may hold a version or the hash of a commit.
 */
export const readRuntimeVersions: AnswerReader = (answers, draft) => {
  for (const [key, component, field] of [
    ["runc", "runc", "RuncCommit"],
    ["containerd", "containerd", "ContainerdCommit"],
  ] as const) {
    const found = componentOf(answers, component);
    const fromVersion = versionOf(found.body["Version"]);
    const fromInfo = versionOf(objectOf(answers.info[field])["ID"]);
    if (fromVersion !== undefined) {
      setFrom(draft, answers, key, fromVersion, `Components[${found.index}].Version`);
    } else {
      setFrom(draft, answers, key, fromInfo, `${field}.ID`);
    }
  }
};
