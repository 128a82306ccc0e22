export { CONTAINER_JSON_BYTES_MAX, DOCUMENTS_MAX, type JsonInput } from "./container-json/index.ts";
export { readCreateRequest, workloadOfDecodedBody } from "./create-request/index.ts";
export { type InspectedWorkload, type InspectResult, type ObservedContainer, readInspect } from "./inspect/index.ts";
export { problemOf, ReadError, type ReadErrorCode, type ReadProblem, type ReadResult } from "./read-result.ts";
