export { type Decoy, type DecoyOptions, startDecoy } from "./decoy.ts";
export { DecoyError, type DecoyErrorCode } from "./decoy-error.ts";
export { type Planted, plantedIn } from "./planted.ts";
export { reachableEngine } from "./real-engine.ts";
