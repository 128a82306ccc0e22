export { readCreateRequest } from "./create-request.ts";
export { workloadOfDecodedBody } from "./decoded-body.ts";
