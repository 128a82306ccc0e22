import { EngineError } from "./engine-error.ts";

/** The newest API that we know. A newer engine is spoken to in this version; every engine speaks its older ones. */
export const API_VERSION_MAX = "1.51";

/** What an engine speaks that does not say: the version before `/_ping` told it (docker/docker client, NegotiateAPIVersion). */
const API_VERSION_UNSTATED = "1.24";

/** The version for requests to an engine whose `/_ping` says `serverVersion`: the older of its and ours. */
export function negotiateApiVersion(serverVersion: string | undefined): string {
  const version = serverVersion === undefined || serverVersion === "" ? API_VERSION_UNSTATED : serverVersion;
  const server = /^(\d{1,4})\.(\d{1,4})$/.exec(version);
  if (server === null) {
    throw new EngineError("BAD_ANSWER", "the engine's Api-Version is no version such as 1.51: is it an engine at all?");
  }
  return compareApiVersions(version, API_VERSION_MAX) < 0 ? version : API_VERSION_MAX;
}

/** Negative when `left` is older. Parts are compared as numbers: 1.9 is older than 1.24. */
export function compareApiVersions(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split(".").map(Number);
  const [rightMajor = 0, rightMinor = 0] = right.split(".").map(Number);
  return leftMajor - rightMajor || leftMinor - rightMinor;
}
