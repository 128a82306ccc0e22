/** The kinds of engine that tests can start. What each is for: docs of the file with its name. */
export const ENGINE_KINDS = ["rootful", "userns-remap", "rootless", "tls", "podman"] as const;

/** One of {@link ENGINE_KINDS}. */
export type EngineKind = (typeof ENGINE_KINDS)[number];

/** Whether the text names a kind. */
export function isEngineKind(text: string): text is EngineKind {
  return (ENGINE_KINDS as readonly string[]).includes(text);
}
