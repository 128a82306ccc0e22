import type { KeyReader } from "./draft.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { childOf, itemsOf, type Written } from "./tree.ts";
import { booleanOf } from "./values.ts";

/** `credential_spec`. */
export const noteCredentialSpec: KeyReader = (draft, written) => {
  draft.file.problems.note(written, MESSAGES.credentialSpec());
};

/** `build`: other containers than the service's run then; what they may do is no matter of this configuration. */
export const noteBuild: KeyReader = (draft, written) => {
  const entry = (key: string): Written | undefined =>
    written.node.kind === "map" ? childOf(written.node, written.path, key) : undefined;
  const network = entry("network");
  const asked = entry("privileged") ?? entry("entitlements") ?? (isHost(network) ? network : undefined);
  if (asked !== undefined && !(asked.node.kind === "scalar" && asked.node.value === false)) {
    draft.file.problems.note(asked, MESSAGES.buildPrivileges());
  }
};

function isHost(written: Written | undefined): boolean {
  return written?.node.kind === "scalar" && written.node.value === "host";
}

/**
 * `post_start` and `pre_stop`: commands that Compose runs in the container, where `privileged: true` stands for
 * `docker exec --privileged`. The engine's form has no place for them, so the service may be privileged.
 */
export const readHooks: KeyReader = (draft, written) => {
  for (const item of written.node.kind === "list" ? itemsOf(written.node, written.path) : []) {
    const privileged = item.node.kind === "map" ? childOf(item.node, item.path, "privileged") : undefined;
    if (privileged === undefined || booleanOf(draft.file.problems, privileged).value === false) {
      continue;
    }
    draft.file.problems.note(privileged, MESSAGES.privilegedHook());
    if (draft.host.Privileged !== true) {
      draft.at("HostConfig.Privileged", privileged.node);
      draft.leaveOpen("HostConfig.Privileged", REASONS.hook);
    }
  }
};
