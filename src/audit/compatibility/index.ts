export { ENGINE_ALTERNATIVES, ROOTLESS_LIMITS } from "./alternatives.ts";
export { compatibilityOf } from "./compatibility.ts";
export { REASONS as HOME_REASONS } from "./reasons.ts";
export { FEATURES as compatibleFeatures } from "./table.ts";
