import { aiAgent } from "./ai-agent.ts";
import { ci } from "./ci.ts";
import { compose } from "./compose.ts";
import { observer } from "./observer.ts";
import { portainerReadonly } from "./portainer-readonly.ts";
import type { Preset } from "./preset.ts";
import { testcontainers } from "./testcontainers.ts";
import { traefik } from "./traefik.ts";
import { watchtower } from "./watchtower.ts";

export type { Preset } from "./preset.ts";

/** Every preset, by its id. */
export const PRESETS: readonly Preset[] = [
  aiAgent,
  ci,
  compose,
  observer,
  portainerReadonly,
  testcontainers,
  traefik,
  watchtower,
];
