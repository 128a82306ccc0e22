import {
  CONFIG,
  CREATE_REQUEST_WITH_FLAT_FIELDS,
  fieldFor,
  type GoStructType,
  HOST_CONFIG,
  type JsonObject,
  pointerTo,
  structOf,
} from "../../engine/index.ts";

/**
 * How a body is laid out:
 *
 * - `api`: the body of `POST /containers/create`, with the fields of `Config` at its top;
 * - `split`: members `Config` and `HostConfig` as in an inspect document, for files that people and tools write.
 */
export type BodyForm = "api" | "split";

export const BODY_TYPES: Readonly<Record<BodyForm, GoStructType>> = {
  api: CREATE_REQUEST_WITH_FLAT_FIELDS,
  split: structOf("SplitConfig", { Config: pointerTo(CONFIG), HostConfig: pointerTo(HOST_CONFIG) }),
};

/**
 * A body with a `Config` member is split only when none of `Config`'s fields stands at its top. An engine ignores a
 * member `Config` and refuses a body without any of `Config`'s fields ("Config cannot be empty"), so nothing that an
 * engine would accept is ever taken for a split one; see the "form" rows of create-request.test.ts.
 */
export function formOf(body: JsonObject): BodyForm {
  const hasConfig = body.members.some(({ key, value }) => key === "Config" && /^(object|null)$/.test(value.kind));
  return hasConfig && !body.members.some((member) => fieldFor(CONFIG, member.key) !== undefined) ? "split" : "api";
}
