import { quoteUntrusted } from "../../base/index.ts";
import { textOf, textsOf } from "./document.ts";
import { type AnswerReader, type EngineAnswers, isPodman, placeIn, setFrom } from "./engine-answers.ts";

/** Characters of a profile's name that a note repeats. */
const PROFILE_CHARACTERS_MAX = 120;

/** Profiles of the engine's own: the name before and since Engine 22, and none at all. */
const BUILT_IN_PROFILES = new Set(["default", "builtin"]);

interface SecurityOption {
  readonly field: string;
  readonly profile: string | undefined;
}

/**
 * `SecurityOptions` of /info: `name=seccomp,profile=builtin`, `name=apparmor`, … The engine lists what it uses (moby
 * daemon/info.go, fillSecurityOptions), so what is not in the list is off; Podman's list leaves out user and cgroup
 * namespaces, which it sets per container.
 */
export const readSecurityOptions: AnswerReader = (answers, draft) => {
  const options = textsOf(answers.info["SecurityOptions"]);
  if (options === undefined) {
    return;
  }
  const named = new Map(options.map((option, index) => readOption(option, index)));
  const fieldOf = (name: string) => named.get(name)?.field ?? "SecurityOptions";
  setFrom(draft, answers, "apparmor", named.has("apparmor"), fieldOf("apparmor"));
  setFrom(draft, answers, "engineSelinux", named.has("selinux"), fieldOf("selinux"));
  setFrom(draft, answers, "rootless", named.has("rootless"), fieldOf("rootless"));
  readSeccomp(answers, draft, named.get("seccomp"));
  if (!isPodman(answers)) {
    setFrom(draft, answers, "usernsRemap", named.has("userns") && !named.has("rootless"), fieldOf("userns"));
    setFrom(draft, answers, "defaultCgroupns", named.has("cgroupns") ? "private" : "host", fieldOf("cgroupns"));
  }
  if (named.has("no-new-privileges")) {
    draft.note(
      {
        en: "the engine sets no-new-privileges where a container does not say; this audit does not count on it",
        ja: "コンテナが指定しない場合エンジンが no-new-privileges を設定しますが、この監査では当てにしません",
      },
      placeIn(answers, fieldOf("no-new-privileges")),
    );
  }
};

/** `name=X,key=value,…`, or the bare word that engines before 17.06 gave. */
function readOption(option: string, index: number): [string, SecurityOption] {
  const fields = new Map(
    option.split(",").map((part) => [part.split("=")[0] ?? "", part.slice(part.indexOf("=") + 1)]),
  );
  return [fields.get("name") ?? option, { field: `SecurityOptions[${index}]`, profile: textOf(fields.get("profile")) }];
}

/** No filter in the kernel, or `unconfined` as the engine's default: containers run without one. */
function readSeccomp(
  answers: EngineAnswers,
  draft: Parameters<AnswerReader>[1],
  option: SecurityOption | undefined,
): void {
  const isFiltered = option !== undefined && option.profile !== "unconfined";
  setFrom(draft, answers, "seccomp", isFiltered, option?.field ?? "SecurityOptions");
  if (isFiltered && option.profile !== undefined && !BUILT_IN_PROFILES.has(option.profile)) {
    const name = quoteUntrusted(option.profile, PROFILE_CHARACTERS_MAX);
    draft.note(
      {
        en: `the engine's default seccomp profile is ${name}; it is judged as the one that the engine is built with`,
        ja: `エンジンの既定の seccomp プロファイルは ${name} です。エンジン組み込みのものとして判定します`,
      },
      placeIn(answers, option.field),
    );
  }
}
