import { looksLikeCompose } from "../../readers/compose/index.ts";
import { looksLikeDockerfile } from "../../readers/dockerfile/index.ts";
import { looksLikeKubernetes } from "../../readers/kubernetes/index.ts";

/** Kinds of input that `--as` can name. */
export const INPUT_KINDS = ["inspect", "create-request", "docker-run", "compose", "dockerfile", "kubernetes"] as const;

/** One of {@link INPUT_KINDS}. */
export type InputKind = (typeof INPUT_KINDS)[number];

/** Characters at the beginning that decide. */
const LOOKED_AT_MAX = 64 * 1024;

/** What a text is, by its content; `undefined` when it is none of ours. */
export function detectKind(text: string): InputKind | undefined {
  const head = text.slice(0, LOOKED_AT_MAX);
  if (looksLikeKubernetes(text)) {
    return "kubernetes";
  }
  if (/^\s*[[{]/.test(head)) {
    if (/^\s*\{[^{}[\]]*"services"\s*:\s*\{/.test(head)) {
      return "compose"; // YAML is a superset of JSON
    }
    return /"(State|HostnamePath|ResolvConfPath|RestartCount|LogPath|RootFS)"\s*:/.test(head)
      ? "inspect"
      : "create-request";
  }
  if (looksLikeCompose(text)) {
    return "compose";
  }
  if (looksLikeDockerfile(text)) {
    return "dockerfile";
  }
  return /^\s*(\$ )?(sudo )?([\w=./-]+ )*(docker|podman)\s+([\w./:=-]+\s+)*?(run|create)\b/m.test(head)
    ? "docker-run"
    : undefined;
}
