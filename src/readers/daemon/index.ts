export { readEngine } from "./read-engine.ts";
