/** What a request asks of the engine. */
export type ActKind = (typeof ROUTES)[number][0] | "unknown";

const CONTAINER = "/containers/(?<container>[^/]+)";

/** Every call that means something in a story: its name, its method, its path without the version. The first that fits counts. */
const ROUTES = [
  ["ping", /^(?:GET|HEAD)$/, /^\/_ping$/],
  ["version", /^GET$/, /^\/version$/],
  ["info", /^GET$/, /^\/info$/],
  ["disk-usage", /^GET$/, /^\/system\/df$/],
  ["events", /^GET$/, /^\/events$/],
  ["registry-login", /^POST$/, /^\/auth$/],
  ["list-containers", /^GET$/, /^\/containers\/(?:json|ps)$/],
  ["create-container", /^POST$/, /^\/containers\/create$/],
  ["prune", /^POST$/, /^\/(?:containers|images|volumes|networks|build)\/prune$/],
  ["inspect-container", /^GET$/, new RegExp(`^${CONTAINER}/json$`)],
  ["list-processes", /^GET$/, new RegExp(`^${CONTAINER}/top$`)],
  ["container-logs", /^GET$/, new RegExp(`^${CONTAINER}/logs$`)],
  ["container-changes", /^GET$/, new RegExp(`^${CONTAINER}/changes$`)],
  ["container-stats", /^GET$/, new RegExp(`^${CONTAINER}/stats$`)],
  ["export-container", /^GET$/, new RegExp(`^${CONTAINER}/export$`)],
  ["read-files", /^GET$/, new RegExp(`^${CONTAINER}/archive$`)],
  ["stat-file", /^HEAD$/, new RegExp(`^${CONTAINER}/archive$`)],
  ["write-files", /^PUT$/, new RegExp(`^${CONTAINER}/archive$`)],
  ["read-files", /^POST$/, new RegExp(`^${CONTAINER}/copy$`)],
  ["start-container", /^POST$/, new RegExp(`^${CONTAINER}/start$`)],
  ["stop-container", /^POST$/, new RegExp(`^${CONTAINER}/stop$`)],
  ["stop-container", /^POST$/, new RegExp(`^${CONTAINER}/kill$`)],
  ["restart-container", /^POST$/, new RegExp(`^${CONTAINER}/restart$`)],
  ["pause-container", /^POST$/, new RegExp(`^${CONTAINER}/(?:un)?pause$`)],
  ["update-container", /^POST$/, new RegExp(`^${CONTAINER}/update$`)],
  ["rename-container", /^POST$/, new RegExp(`^${CONTAINER}/rename$`)],
  ["resize", /^POST$/, new RegExp(`^(?:${CONTAINER}|/exec/(?<exec>[^/]+))/resize$`)],
  ["attach", /^POST$/, new RegExp(`^${CONTAINER}/attach$`)],
  ["attach", /^GET$/, new RegExp(`^${CONTAINER}/attach/ws$`)],
  ["wait", /^POST$/, new RegExp(`^${CONTAINER}/wait$`)],
  ["create-exec", /^POST$/, new RegExp(`^${CONTAINER}/exec$`)],
  ["remove-container", /^DELETE$/, new RegExp(`^${CONTAINER}$`)],
  ["start-exec", /^POST$/, /^\/exec\/(?<exec>[^/]+)\/start$/],
  ["inspect-exec", /^GET$/, /^\/exec\/(?<exec>[^/]+)\/json$/],
  ["list-images", /^GET$/, /^\/images\/json$/],
  ["search-images", /^GET$/, /^\/images\/search$/],
  ["pull-image", /^POST$/, /^\/images\/create$/],
  ["load-image", /^POST$/, /^\/images\/load$/],
  ["save-image", /^GET$/, /^\/images\/(?:.+\/)?get$/],
  ["push-image", /^POST$/, /^\/images\/(?<image>.+)\/push$/],
  ["tag-image", /^POST$/, /^\/images\/(?<image>.+)\/tag$/],
  ["inspect-image", /^GET$/, /^\/images\/(?<image>.+)\/(?:json|history)$/],
  ["inspect-image", /^GET$/, /^\/distribution\/(?<image>.+)\/json$/],
  ["remove-image", /^DELETE$/, /^\/images\/(?<image>.+)$/],
  ["build-image", /^POST$/, /^\/build$/],
  ["commit-container", /^POST$/, /^\/commit$/],
  [
    "open-build-session",
    /^(?:POST|GET)$/,
    /^\/(?:grpc|session|moby\.buildkit\.[^/]+\/.*|moby\.filesync\.[^/]+\/.*|grpc\.health\.[^/]+\/.*)$/,
  ],
  ["list-volumes", /^GET$/, /^\/volumes(?:\/[^/]+)?$/],
  ["create-volume", /^POST$/, /^\/volumes\/create$/],
  ["remove-volume", /^DELETE$/, /^\/volumes\/[^/]+$/],
  ["list-networks", /^GET$/, /^\/networks(?:\/[^/]+)?$/],
  ["create-network", /^POST$/, /^\/networks\/create$/],
  ["change-network", /^(?:POST|DELETE)$/, /^\/networks\/[^/]+(?:\/(?:dis)?connect)?$/],
  ["join-swarm", /^POST$/, /^\/swarm\/join$/],
  ["leave-swarm", /^POST$/, /^\/swarm\/leave$/],
  ["init-swarm", /^POST$/, /^\/swarm\/init$/],
  ["read-swarm", /^GET$/, /^\/(?:swarm|nodes|services|tasks)(?:\/.*)?$/],
  ["create-service", /^POST$/, /^\/services\/(?:create|[^/]+\/update)$/],
  ["read-secrets", /^GET$/, /^\/(?:secrets|configs)(?:\/.*)?$/],
  ["read-plugins", /^GET$/, /^\/plugins(?:\/.*)?$/],
  ["install-plugin", /^POST$/, /^\/plugins\/(?:pull|create|[^/]+\/enable)$/],
] as const satisfies readonly (readonly [string, RegExp, RegExp])[];

/** A path taken apart. */
export interface Route {
  readonly kind: ActKind;
  readonly apiVersion: string | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly container: string | undefined;
  readonly exec: string | undefined;
  readonly image: string | undefined;
}

/** Finds what a request asks for. Paths are decoded first, as an engine does. */
export function routeOf(method: string, target: string): Route {
  const withoutOrigin = target.replace(/^https?:\/\/[^/]*/i, "");
  const mark = withoutOrigin.indexOf("?");
  const raw = mark < 0 ? withoutOrigin : withoutOrigin.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? "" : withoutOrigin.slice(mark + 1));
  const decoded = decodePath(raw).replace(/\/{2,}/g, "/");
  const [, apiVersion, path = decoded] = /^\/v(\d+\.\d+)(\/.*)$/.exec(decoded) ?? [];
  for (const [kind, methods, pattern] of ROUTES) {
    const match = methods.test(method) ? pattern.exec(path) : null;
    if (match !== null) {
      const { container, exec, image } = match.groups ?? {};
      return { kind, apiVersion, path, query, container, exec, image };
    }
  }
  return { kind: "unknown", apiVersion, path, query, container: undefined, exec: undefined, image: undefined };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) {
      return path;
    }
    throw error;
  }
}
