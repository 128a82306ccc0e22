export type { ImageCheck } from "./image-check.ts";
export { IMAGE_CHECKS } from "./list.ts";
