import type { ImageCheck } from "./image-check.ts";
import { imageEngineClient } from "./image-engine-client.ts";
import { imageMinerCommand } from "./image-miner-command.ts";
import { imagePipeToShell } from "./image-pipe-to-shell.ts";
import { imageRunsAsRoot } from "./image-runs-as-root.ts";
import { imageSecretInEnv } from "./image-secret-in-env.ts";
import { imageSensitiveVolume } from "./image-sensitive-volume.ts";
import { imageSshPort } from "./image-ssh-port.ts";

/** Every check of images, by id. */
export const IMAGE_CHECKS: readonly ImageCheck[] = [
  imageEngineClient,
  imageMinerCommand,
  imagePipeToShell,
  imageRunsAsRoot,
  imageSecretInEnv,
  imageSensitiveVolume,
  imageSshPort,
];
