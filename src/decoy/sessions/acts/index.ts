export type { Act, RegistryAccount, SceneContainer } from "./act.ts";
export type { ArchiveEntry } from "./archive.ts";
export { type ImageName, parseImage } from "./image-name.ts";
export { memberOf, parseLoose, textOf, wordsOf } from "./loose-json.ts";
export { landingPath, readActs } from "./read-acts.ts";
export { type ActKind, routeOf } from "./routes.ts";
