import type { KeyReader } from "./draft.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { childOf, itemsOf, type Written } from "./tree.ts";
import { booleanOf } from "./values.ts";

/** `credential_spec`. */
export const noteCredentialSpec: KeyReader = (draft, written) => {
  draft.file.problems.note(written, MESSAGES.credentialSpec());
};

/** `build`: other containers than the service's run then, and these keys give them rights on the host that builds. */
export const readBuild: KeyReader = (draft, written) => {
  const { node, path } = written;
  const entry = (key: string): Written | undefined => (node.kind === "map" ? childOf(node, path, key) : undefined);
  const [privileged, entitlements, network] = [entry("privileged"), entry("entitlements"), entry("network")];
  const asked =
    (isNo(privileged) ? undefined : privileged) ??
    (entitlements?.node.kind === "list" && entitlements.node.items.length === 0 ? undefined : entitlements) ??
    (isHost(network) ? network : undefined);
  if (asked === undefined) {
    return;
  }
  const field = `build.${asked.path.slice(path.length + 1)}`;
  draft.at(field, asked.node);
  draft.build = { field };
  if (asked.node.kind === "scalar" && asked.node.unknown !== undefined) {
    draft.leaveOpen("build", REASONS.variables(asked.node.unknown));
  }
};

const isNo = (written: Written | undefined): boolean =>
  written?.node.kind === "scalar" && /^(false|no|n|off)$/i.test(written.node.text);

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
