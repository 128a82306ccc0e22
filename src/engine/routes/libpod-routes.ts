import type { Route } from "./route.ts";
import { route, STREAM } from "./route.ts";

/**
 * Podman's own API below /libpod. Its requests are not judged, so they are one class: whoever may make them has what
 * Podman's user has. The path is matched, the rest is passed on as data.
 */
export const LIBPOD_ROUTES: readonly Route[] = (["GET", "HEAD", "POST", "PUT", "DELETE"] as const).map((method) =>
  route(`libpod.${method.toLowerCase()}`, `${method} /libpod/{path*}`, "host-equivalent", {
    api: "libpod",
    body: STREAM,
  }),
);
