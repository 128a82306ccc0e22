import type { EngineKind } from "./kinds.ts";
import { podman } from "./podman.ts";
import type { EngineRecipe } from "./recipe.ts";
import { rootful } from "./rootful.ts";
import { rootless } from "./rootless.ts";
import { tls } from "./tls.ts";
import { usernsRemap } from "./userns-remap.ts";

/** How each kind is started. */
export const RECIPES: Readonly<Record<EngineKind, EngineRecipe>> = {
  rootful,
  "userns-remap": usernsRemap,
  rootless,
  tls,
  podman,
};
