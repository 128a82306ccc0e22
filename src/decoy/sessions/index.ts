export { reportSession } from "./report-session.ts";
export type { Visit, VisitRequest } from "./visit.ts";
