import type { Workload } from "../../../facts/index.ts";
import { ReadError, readCreateRequest } from "../../../readers/index.ts";
import { headerOf, type Visit, type VisitRequest } from "../visit.ts";
import type { Act, RegistryAccount, SceneContainer } from "./act.ts";
import { type ArchiveEntry, readArchive } from "./archive.ts";
import { type DockerfileReading, readDockerfile } from "./dockerfile.ts";
import { memberOf, parseLoose, textOf, wordsOf } from "./loose-json.ts";
import { type Route, routeOf } from "./routes.ts";

/** Turns the requests of a visit into acts, and joins them to the containers that they are about. */
export function readActs(visit: Visit): readonly Act[] {
  const scene = new Scene();
  return visit.requests.map((request) => scene.act(request));
}

class Scene {
  readonly #made: { readonly container: SceneContainer; readonly id: string | undefined }[] = [];
  readonly #found = new Map<string, SceneContainer>();
  readonly #execs: { readonly container: SceneContainer; readonly id: string | undefined }[] = [];

  act(request: VisitRequest): Act {
    const route = routeOf(request.method, request.target);
    const json = route.kind === "write-files" || route.kind === "build-image" ? undefined : parseLoose(request.body);
    const accepted = request.status === undefined || request.status < 400;
    const archive = readsArchive(route) && request.body !== undefined ? readArchive(request.body) : [];
    const subject = this.#subject(route, request, json);
    if (route.kind === "write-files" && subject !== undefined) {
      keepFiles(subject, route, archive);
    }
    return {
      ...route,
      request,
      json,
      subject,
      argv: argvOf(route, json, subject),
      archive,
      dockerfile: route.kind === "build-image" ? dockerfileOf(route, archive, request.body) : undefined,
      registryAccount: accountOf(route, request, json),
      accepted,
    };
  }

  #subject(route: Route, request: VisitRequest, json: unknown): SceneContainer | undefined {
    if (route.kind === "create-container") {
      const container = containerOf(String(this.#made.length + 1), route, request);
      this.#made.push({ container, id: request.created?.containerId });
      return container;
    }
    if (route.exec !== undefined) {
      return (this.#execs.find(({ id }) => id?.startsWith(route.exec ?? "")) ?? this.#execs.at(-1))?.container;
    }
    const reference =
      route.container ?? (route.kind === "commit-container" ? (route.query.get("container") ?? undefined) : undefined);
    if (reference === undefined) {
      return undefined;
    }
    const container = this.#container(reference, request.named?.containerId);
    if (route.kind === "create-exec") {
      this.#execs.push({ container, id: request.created?.execId });
    }
    if (route.kind === "start-container" && typeof json === "object" && json !== null && Object.keys(json).length > 0) {
      addHostConfig(container, request, json);
    }
    return container;
  }

  #container(reference: string, resolved: string | undefined): SceneContainer {
    const known = this.#made.find(({ container, id }) =>
      id === undefined
        ? container.name === reference
        : id === resolved || id.startsWith(reference) || container.name === reference,
    );
    // Without a recorded answer an id that nobody knows is that of the container made last.
    const guess = resolved === undefined ? this.#made.findLast(({ id }) => id === undefined) : undefined;
    const key = resolved ?? reference;
    const found = known?.container ?? this.#found.get(key) ?? guess?.container;
    if (found !== undefined) {
      return found;
    }
    const there: SceneContainer = {
      key,
      madeByVisitor: false,
      image: undefined,
      name: reference,
      workload: undefined,
      request: undefined,
      files: new Map(),
    };
    this.#found.set(key, there);
    return there;
  }
}

/** Engines before API 1.24 take the host configuration with the start. */
function addHostConfig(container: SceneContainer, request: VisitRequest, json: object): void {
  const merged = {
    Image: container.image ?? "unknown",
    Cmd: container.workload?.config.Config.Cmd ?? ["sh"],
    HostConfig: json,
  };
  container.workload = workloadOf(Buffer.from(JSON.stringify(merged)), request) ?? container.workload;
}

const readsArchive = ({ kind }: Route): boolean =>
  kind === "write-files" || kind === "build-image" || kind === "load-image";

function containerOf(key: string, route: Route, request: VisitRequest): SceneContainer {
  const workload = request.body === undefined ? undefined : workloadOf(request.body, request);
  return {
    key,
    madeByVisitor: true,
    image: workload?.config.Config.Image,
    name: route.query.get("name") ?? undefined,
    workload,
    request,
    files: new Map(),
  };
}

/** The container that a create body asks for; `undefined` when an engine could not read it. */
function workloadOf(body: Buffer, request: VisitRequest): Workload | undefined {
  try {
    return readCreateRequest({ text: body.toString("utf8"), uri: `request ${request.number}` }).workloads[0];
  } catch (error) {
    if (error instanceof ReadError) {
      return undefined;
    }
    throw error;
  }
}

function argvOf(route: Route, json: unknown, subject: SceneContainer | undefined): readonly string[] {
  if (route.kind === "create-container") {
    const { Entrypoint = [], Cmd = [] } = subject?.workload?.config.Config ?? {};
    return [...Entrypoint, ...Cmd];
  }
  return route.kind === "create-exec" ? wordsOf(json, "Cmd") : [];
}

/** The path that a file of an archive gets in the container. */
export function landingPath(route: Route, entry: ArchiveEntry): string {
  const directory = route.query.get("path") ?? "/";
  return `${directory.replace(/\/+$/, "")}/${entry.path.replace(/^(?:\.?\/)+/, "")}`;
}

function keepFiles(container: SceneContainer, route: Route, archive: readonly ArchiveEntry[]): void {
  for (const entry of archive) {
    if (entry.type === "file") {
      container.files.set(landingPath(route, entry), entry.data);
    }
  }
}

function dockerfileOf(
  route: Route,
  archive: readonly ArchiveEntry[],
  body: Buffer | undefined,
): DockerfileReading | undefined {
  const wanted = (route.query.get("dockerfile") ?? "Dockerfile").replace(/^(?:\.?\/)+/, "");
  const entry =
    archive.find(({ path }) => path.replace(/^(?:\.?\/)+/, "") === wanted) ??
    archive.find(({ path }) => /(?:^|\/)Dockerfile[^/]*$/i.test(path));
  const text = entry?.data.toString("utf8") ?? (archive.length === 0 ? body?.toString("utf8") : undefined);
  return text !== undefined && /^\s*FROM\s/im.test(text) ? readDockerfile(text) : undefined;
}

function accountOf(route: Route, request: VisitRequest, json: unknown): RegistryAccount | undefined {
  const header = headerOf(request, "x-registry-auth") ?? undefined;
  const sent =
    route.kind === "registry-login"
      ? json
      : header === undefined
        ? undefined
        : parseLoose(Buffer.from(header, "base64"));
  const configs = headerOf(request, "x-registry-config");
  const several: unknown = configs === undefined ? undefined : parseLoose(Buffer.from(configs, "base64"));
  const first = typeof several === "object" && several !== null ? Object.values(several)[0] : undefined;
  return accountFrom(sent ?? first);
}

function accountFrom(value: unknown): RegistryAccount | undefined {
  const basic = textOf(value, "auth");
  const [basicUser, ...basicPassword] =
    basic === undefined ? [] : Buffer.from(basic, "base64").toString("utf8").split(":");
  const username = textOf(value, "username") || basicUser;
  const password = textOf(value, "password") || (basicPassword.length > 0 ? basicPassword.join(":") : undefined);
  const email = textOf(value, "email");
  const server = textOf(value, "serveraddress");
  const token = textOf(value, "identitytoken") || textOf(value, "registrytoken");
  const account = {
    ...(username && { username }),
    ...(password && { password }),
    ...(email && { email }),
    ...(server && { server }),
    ...(token && { token }),
  };
  return username || password || token || memberOf(value, "auth") ? account : undefined;
}
