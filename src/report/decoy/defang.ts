import type { SessionIndicator } from "../../findings/index.ts";

/** An indicator that nobody clicks on by accident: `hxxp://example[.]net`. For reading, never for machines. */
export function defang({ type, value }: Pick<SessionIndicator, "type" | "value">): string {
  switch (type) {
    case "url":
      return value
        .replace(/^([a-z+]*)tt/i, "$1xx")
        .replace(/^([^:]+:\/\/)([^/]*)/, (_, scheme: string, host: string) => scheme + host.replaceAll(".", "[.]"));
    case "domain":
    case "ipv4":
    case "pool":
    case "email":
      return value.replaceAll(".", "[.]");
    case "ipv6":
      return value.replaceAll(":", "[:]");
    default:
      return value;
  }
}

/** A secret that is shown so far that its owner knows it. */
export function masked(value: string): string {
  const [name, ...secret] = value.split(":");
  return secret.length > 0 ? `${name}:${hide(secret.join(":"))}` : hide(value);
}

const hide = (secret: string): string => `${secret.slice(0, 3)}…(${secret.length})`;

/** A line with ids as people write them: 12 of 64 digits. */
export const shortIds = (line: string): string => line.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, "$1…");
