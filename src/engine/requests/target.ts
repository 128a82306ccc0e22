import { compareApiVersions } from "../api-version.ts";
import { findRoute, type MatchedRoute } from "../routes/index.ts";
import { Refused } from "./refusal.ts";

/** The oldest and the newest API version that are let through (docs of API 1.24 to 1.55). */
export const REQUEST_VERSION_MIN = "1.24";
export const REQUEST_VERSION_MAX = "1.55";

/** Longest request target, in characters. Clients that repeat a create body in the query (dockerode) need some room. */
export const TARGET_CHARACTERS_MAX = 64 * 1024;

/** A target, understood. */
export interface DecodedTarget extends MatchedRoute {
  /** `1.41`; absent where the path names none. */
  readonly version: string | undefined;
  /** The query as written, without `?`. */
  readonly rawQuery: string;
}

/** Letters that a path may hold as they are. */
const PLAIN_PATH = /^\/[A-Za-z0-9._~:@+/-]*$/;

/** Escapes that clients write in the names of images, and what they stand for. */
const ESCAPES: Readonly<Record<string, string>> = { "%2f": "/", "%3a": ":", "%40": "@", "%2b": "+" };

/** Understands a target. @throws {Refused} */
export function decodeTarget(method: string, target: string): DecodedTarget {
  if (target.length > TARGET_CHARACTERS_MAX || !target.startsWith("/") || target.includes("#")) {
    throw new Refused("bad-target", {
      en: "the request target is not a path of the Engine API",
      ja: "要求の対象が Engine API のパスではありません",
    });
  }
  const mark = target.indexOf("?");
  const written = mark < 0 ? target : target.slice(0, mark);
  const path = unescapeNames(written);
  if (!PLAIN_PATH.test(path)) {
    throw notCanonical();
  }
  const { version, segments } = splitVersion(path.slice(1).split("/"));
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    throw notCanonical();
  }
  const matched = findRoute(method, segments);
  if (matched === undefined) {
    throw new Refused("route-not-in-catalogue", {
      en: "this route is not in the catalogue of the Engine API",
      ja: "この経路は Engine API の一覧にありません",
    });
  }
  checkNames(matched, written.includes("%"));
  checkVersion(version, matched);
  return { ...matched, version, rawQuery: mark < 0 ? "" : target.slice(mark + 1) };
}

const unescapeNames = (path: string): string =>
  path.replace(/%../g, (written) => ESCAPES[written.toLowerCase()] ?? written);

function splitVersion(segments: readonly string[]): { version: string | undefined; segments: readonly string[] } {
  const first = segments[0] ?? "";
  if (!/^v\d/.test(first)) {
    return { version: undefined, segments };
  }
  if (!/^v[1-9]\d?\.(?:0|[1-9]\d{0,2})$/.test(first)) {
    throw new Refused("bad-version", {
      en: "the API version is not written as vMAJOR.MINOR",
      ja: "API の版が vMAJOR.MINOR の形で書かれていません",
    });
  }
  return { version: first.slice(1), segments: segments.slice(1) };
}

/** Names with slashes only where the API takes them, and escapes only there. */
function checkNames({ route, path }: MatchedRoute, hasEscapes: boolean): void {
  const wide = route.path.includes("*}");
  if (hasEscapes && !wide) {
    throw notCanonical();
  }
  if (!wide && Object.values(path).some((name) => !/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name))) {
    throw new Refused("bad-target", {
      en: "a name in the path has letters that no name of the engine has",
      ja: "パスの名前に、エンジンの名前では使えない文字があります",
    });
  }
}

function checkVersion(version: string | undefined, { route }: MatchedRoute): void {
  if (version === undefined) {
    return;
  }
  const tooOld = compareApiVersions(version, REQUEST_VERSION_MIN) < 0 || compareApiVersions(version, route.since) < 0;
  const tooNew =
    compareApiVersions(version, REQUEST_VERSION_MAX) > 0 ||
    (route.until !== undefined && compareApiVersions(version, route.until) > 0);
  if (tooOld || tooNew) {
    throw new Refused("version-not-supported", {
      en: `API version ${version} is not supported here: it must be ${route.since} to ${route.until ?? REQUEST_VERSION_MAX}`,
      ja: `API の版 ${version} はここでは使えません。${route.since} から ${route.until ?? REQUEST_VERSION_MAX} までです`,
    });
  }
}

const notCanonical = (): Refused =>
  new Refused("path-not-canonical", {
    en: "the path is not in its plain form: escapes, empty segments or dots are not taken",
    ja: "パスが素の形ではありません。エスケープ、空の区間、ドットの区間は受け取りません",
  });
