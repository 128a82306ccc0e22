export { gateMark, severityGlyph, stateGlyph } from "./glyphs.ts";
export { isolationPicture, type PictureWords } from "./isolation-picture.ts";
export { type GraphWords, pathGraph } from "./path-graph.ts";
export { smallPlan } from "./plan-small.ts";
export { openWalls, type Plan, planOf, WALLS, type Wall, type WallState } from "./walls.ts";
