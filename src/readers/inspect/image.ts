import { invariant } from "../../base/index.ts";
import {
  decodeGo,
  type GoTypeError,
  type JsonObject,
  pointerTo,
  STRING,
  STRINGS,
  structOf,
} from "../../engine/index.ts";
import type { DescribedImage } from "../../facts/index.ts";
import { asKeys, asString, asStrings, type JsonSource, READ_CONFIG } from "../container-json/index.ts";

const IMAGE_DOCUMENT = structOf("ImageInspect", {
  Id: STRING,
  RepoTags: STRINGS,
  RepoDigests: STRINGS,
  Config: pointerTo(
    structOf("Config", {
      ...Object.fromEntries(READ_CONFIG.fields.map(({ name, type }) => [name, type])),
      OnBuild: STRINGS,
    }),
  ),
});

/** Characters of an image's id that Docker prints. */
const SHORT_DIGEST_CHARACTERS = 12;

/** One document of `docker image inspect`; `errors` are the fields that are of another type than the engine's. */
export function readImage(
  source: JsonSource,
  node: JsonObject,
  idOf: (name: string) => string,
): { readonly image: DescribedImage; readonly errors: readonly GoTypeError[] } {
  const { value, errors } = decodeGo(IMAGE_DOCUMENT, node);
  invariant(value?.kind === "struct", "an object decodes into a struct");
  const field = (name: string) => value.fields.get(name);
  const written = field("Config");
  const config = (name: string) => (written?.kind === "struct" ? written.fields.get(name) : undefined);
  const health = config("Healthcheck");
  const digest = asString(field("Id")).replace(/^sha256:/, "");
  const named = [...asStrings(field("RepoTags")), ...asStrings(field("RepoDigests"))][0];
  const name = named || digest.slice(0, SHORT_DIGEST_CHARACTERS) || "image";
  const image: DescribedImage = {
    id: idOf(name),
    name,
    source: source.placeAt(node.start),
    user: asString(config("User")),
    env: asStrings(config("Env")),
    entrypoint: asStrings(config("Entrypoint")),
    cmd: asStrings(config("Cmd")),
    healthcheck: health?.kind === "struct" ? asStrings(health.fields.get("Test")) : [],
    onBuild: asStrings(config("OnBuild")),
    volumes: asKeys(config("Volumes")),
    exposedPorts: asKeys(config("ExposedPorts")),
  };
  return { image, errors };
}
