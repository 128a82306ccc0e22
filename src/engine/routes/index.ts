export { CONTAINER_CREATE, SERVICE_SPEC } from "./bodies.ts";
export { findRoute, type MatchedRoute, ROUTES } from "./catalogue.ts";
export type { Hijack, ParameterKind, Route, RouteBody, RouteClass } from "./route.ts";
