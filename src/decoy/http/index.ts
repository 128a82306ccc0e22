export { type BodyFailure, bodiesInMemory, type ReceivedBody } from "./body.ts";
export type { ByteInput } from "./byte-input.ts";
export { type ConnectionSettings, type Request, type RequestIds, serveConnection } from "./connection.ts";
export { cleanPath, utf8, withPath } from "./go-url.ts";
export { type HeadDialect, hasToken } from "./head.ts";
export * as HTTP_LIMITS from "./limits.ts";
export { Query } from "./query.ts";
export { Response } from "./response.ts";
