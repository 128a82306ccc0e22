import { CONTAINER_ROUTES } from "./container-routes.ts";
import { IMAGE_ROUTES } from "./image-routes.ts";
import { LIBPOD_ROUTES } from "./libpod-routes.ts";
import { NETWORK_AND_VOLUME_ROUTES } from "./network-volume-routes.ts";
import type { Route } from "./route.ts";
import { SWARM_AND_PLUGIN_ROUTES } from "./swarm-routes.ts";
import { SYSTEM_ROUTES } from "./system-routes.ts";

/** Every route of the Engine API that we know. What is not here does not pass. */
export const ROUTES: readonly Route[] = [
  ...SYSTEM_ROUTES,
  ...CONTAINER_ROUTES,
  ...IMAGE_ROUTES,
  ...NETWORK_AND_VOLUME_ROUTES,
  ...SWARM_AND_PLUGIN_ROUTES,
  ...LIBPOD_ROUTES,
];

/** A route, and what its path holds in place of the names. */
export interface MatchedRoute {
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly route: Route;
  readonly segments: readonly string[];
  /** Where the part of several segments begins; -1: there is none. */
  readonly wide: number;
}

/** Patterns by method and first segment. Routes with fewer names come first: `/containers/json` before `/containers/{id}`. */
const PATTERNS = index();

function index(): ReadonlyMap<string, readonly Pattern[]> {
  const patterns = new Map<string, Pattern[]>();
  for (const route of ROUTES) {
    const segments = route.path.slice(1).split("/");
    const key = `${route.method} ${segments[0]}`;
    const list = patterns.get(key) ?? [];
    list.push({ route, segments, wide: segments.findIndex((segment) => segment.endsWith("*}")) });
    patterns.set(key, list);
  }
  for (const list of patterns.values()) {
    list.sort((left, right) => namesIn(left) - namesIn(right));
  }
  return patterns;
}

/** How much of a path is open; a part of several segments is the most open. */
function namesIn({ segments, wide }: Pattern): number {
  return segments.filter((segment) => segment.startsWith("{")).length + (wide < 0 ? 0 : 10);
}

/**
 * The route of a method and a path in segments, decoded. The engine's router takes the longest name that leaves the end
 * of a route matching, so `/images/a/push/push` is a push of `a/push`.
 */
export function findRoute(method: string, segments: readonly string[]): MatchedRoute | undefined {
  for (const pattern of PATTERNS.get(`${method} ${segments[0]}`) ?? []) {
    const path = match(pattern, segments);
    if (path !== undefined) {
      return { route: pattern.route, path };
    }
  }
  return undefined;
}

function match({ segments, wide }: Pattern, actual: readonly string[]): Record<string, string> | undefined {
  const extra = actual.length - segments.length;
  if (wide < 0 ? extra !== 0 : extra < 0) {
    return undefined;
  }
  const path: Record<string, string> = {};
  let at = 0;
  for (const [position, segment] of segments.entries()) {
    const width = position === wide ? extra + 1 : 1;
    const value = actual.slice(at, at + width).join("/");
    at += width;
    if (!segment.startsWith("{")) {
      if (segment !== value) {
        return undefined;
      }
    } else if (value === "") {
      return undefined;
    } else {
      path[segment.slice(1, segment.endsWith("*}") ? -2 : -1)] = value;
    }
  }
  return path;
}
