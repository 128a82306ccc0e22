export { SESSION_IDLE_MS_DEFAULT, VisitJoiner } from "./join.ts";
export { reportSession } from "./report-session.ts";
export type { Visit, VisitRequest } from "./visit.ts";
export { visitOfRequests } from "./visit-of-requests.ts";
