/** An image reference taken apart. */
export interface ImageName {
  readonly registry: string | undefined;
  readonly namespace: string | undefined;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Takes an image reference apart as Docker does: a first part with a dot, a colon or `localhost` is a registry. */
export function parseImage(reference: string): ImageName {
  const [beforeDigest = "", digest] = reference.split("@", 2);
  const parts = beforeDigest.split("/");
  const first = parts[0] ?? "";
  const hasRegistry = parts.length > 1 && (/[.:]/.test(first) || first === "localhost");
  const registry = hasRegistry && !/^(?:index\.|registry-1\.)?docker\.io$/.test(first) ? first : undefined;
  const rest = hasRegistry ? parts.slice(1) : parts;
  const [repository = "", tag] = (rest.at(-1) ?? "").split(":", 2);
  const namespace = rest.slice(0, -1).join("/");
  return {
    registry,
    namespace: namespace === "" || (namespace === "library" && registry === undefined) ? undefined : namespace,
    repository,
    tag,
    digest,
  };
}
