export { BODY_DEPTH_MAX } from "./body.ts";
export { type DecodedRequest, type DecodeResult, decodeRequest } from "./decode.ts";
export { bodyText, type EncodedRequest, encodeRequest, encodeTarget } from "./encode.ts";
export type { DecodedHeaders } from "./headers.ts";
export { boolValue, type Filters, QUERY_PARAMETERS_MAX, type QueryValue } from "./query.ts";
export type { ReceivedRequest } from "./received-request.ts";
export type { DecodeRefusal, DecodeRefusalCode } from "./refusal.ts";
export { REQUEST_VERSION_MAX, REQUEST_VERSION_MIN, TARGET_CHARACTERS_MAX } from "./target.ts";
export { writeGo } from "./write-go.ts";
