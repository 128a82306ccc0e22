import type { DeclaredFile } from "./declarations.ts";
import type { KeyReader, ServiceDraft } from "./draft.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { childOf, itemsOf, type Written } from "./tree.ts";
import { booleanOf, listOf, textOf } from "./values.ts";
import type { ReadText } from "./variables.ts";
import { addBind, addFileMount } from "./volumes.ts";

/**
 * `secrets` and `configs` of a service. Outside Swarm, Compose binds the host's file into the container, read-only
 * (docker/compose, buildContainerSecretMounts); content that comes from elsewhere is copied in and shows nothing of the
 * host.
 */
export function readFiles(kind: "secret" | "config", directory: string): KeyReader {
  return (draft, written) => {
    const list = listOf(draft, written, "HostConfig.Mounts");
    for (const item of list === undefined ? [] : itemsOf(list, written.path)) {
      readFile(draft, item, kind, directory);
    }
  };
}

function readFile(draft: ServiceDraft, item: Written, kind: "secret" | "config", directory: string): void {
  const { problems, declarations } = draft.file;
  const part = (key: string): ReadText | undefined => {
    const child = item.node.kind === "map" ? childOf(item.node, item.path, key) : undefined;
    return child && textOf(problems, child);
  };
  const source = item.node.kind === "map" ? part("source") : textOf(problems, item, "textOrMap");
  if (source === undefined || source.reason !== undefined) {
    draft.leaveOpen("HostConfig.Mounts", source?.reason ?? REASONS.wrongType("textOrMap"));
    return;
  }
  const declared: DeclaredFile | undefined = declarations[`${kind}s`].get(source.text);
  if (declared === undefined) {
    problems.error(item, MESSAGES.undeclared(kind, source.text));
    return;
  }
  if (declared.external) {
    problems.note(item, MESSAGES.notMountable(kind, source.text));
    return;
  }
  if (declared.file !== undefined) {
    const target = part("target")?.text ?? source.text;
    addFileMount(draft, declared.file, target.startsWith("/") ? target : `${directory}/${target}`, item);
  }
}

const SOCKET = "/var/run/docker.sock";

/** `use_api_socket`: Compose binds the engine's socket and hands over the caller's registry credentials. */
export const readUseApiSocket: KeyReader = (draft, written) => {
  const { value, reason } = booleanOf(draft.file.problems, written);
  if (value === false) {
    return;
  }
  const open = new Map<"", string>(reason === undefined ? [] : [["", reason]]);
  addBind(draft, { type: "bind", source: SOCKET, target: SOCKET, written, parts: new Map(), open }, SOCKET);
  const env = draft.image.Env ?? [];
  if (!env.some((variable) => variable.startsWith("DOCKER_CONFIG="))) {
    draft.image.Env = [...env, "DOCKER_CONFIG=/run/secrets/docker"];
  }
};
