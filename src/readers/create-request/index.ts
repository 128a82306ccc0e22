export { readCreateRequest } from "./create-request.ts";
