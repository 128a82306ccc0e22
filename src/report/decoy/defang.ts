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
