export type { ContainerSummary, EngineDocument, EnginePing, VolumeSummary } from "./answers.ts";
export { API_VERSION_MAX, compareApiVersions, negotiateApiVersion } from "./api-version.ts";
export { createEngineClient, type EngineClient } from "./client.ts";
export { CONFIG, CREATE_REQUEST, CREATE_REQUEST_WITH_FLAT_FIELDS, HOST_CONFIG } from "./create-body.ts";
export { type EffectiveHostConfig, effectiveHostConfig, type PlacedField } from "./effective-host-config.ts";
export { type EndpointSources, resolveEndpoint } from "./endpoint.ts";
export { DEFAULT_HOST, type EngineEndpoint, type TcpEndpoint, type UnixEndpoint } from "./endpoint-address.ts";
export type { EngineTls, FileReader } from "./endpoint-tls.ts";
export { EngineError, type EngineErrorCode } from "./engine-error.ts";
export { ENGINE_LIMITS, type EngineLimits } from "./engine-limits.ts";
export { ANOMALIES_MAX, type Anomaly, type AnomalyKind, listAnomalies } from "./go-anomalies.ts";
export { decodeGo, type GoDecoded } from "./go-decode.ts";
export { foldKey } from "./go-fold.ts";
export { JSON_DEPTH_MAX, type JsonParseOptions, parseGoJson } from "./go-json.ts";
export { JsonError, type JsonErrorCode } from "./go-json-error.ts";
export { type LineAndColumn, LineIndex } from "./go-json-lines.ts";
export type { JsonArray, JsonDocument, JsonMember, JsonNode, JsonObject } from "./go-json-node.ts";
export { decodeGoText, type GoText } from "./go-json-text.ts";
export { type FoundPlace, findPlace } from "./go-path.ts";
export {
  BOOL,
  fieldFor,
  type GoField,
  type GoStructType,
  type GoType,
  INT64,
  mapOf,
  pickFields,
  pointerTo,
  STRING,
  STRING_MAP,
  STRINGS,
  sliceOf,
  structOf,
} from "./go-type.ts";
export { type GoList, type GoMap, type GoStruct, type GoTypeError, type GoValue, itemsOf } from "./go-value.ts";
export {
  BODY_DEPTH_MAX,
  bodyText,
  boolValue,
  type DecodedHeaders,
  type DecodedRequest,
  type DecodeRefusal,
  type DecodeRefusalCode,
  type DecodeResult,
  decodeRequest,
  type EncodedRequest,
  encodeRequest,
  encodeTarget,
  type Filters,
  QUERY_PARAMETERS_MAX,
  type QueryValue,
  REQUEST_VERSION_MAX,
  REQUEST_VERSION_MIN,
  type ReceivedRequest,
  TARGET_CHARACTERS_MAX,
  writeGo,
} from "./requests/index.ts";
export {
  findRoute,
  type Hijack,
  type MatchedRoute,
  type ParameterKind,
  ROUTES,
  type Route,
  type RouteBody,
  type RouteClass,
} from "./routes/index.ts";
