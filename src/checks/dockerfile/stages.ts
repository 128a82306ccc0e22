import { invariant } from "../../base/index.ts";
import type { Dockerfile, DockerfileStage } from "../../facts/index.ts";

/** The stage that the image is made of. */
export function lastStage({ stages }: Dockerfile): DockerfileStage {
  const last = stages.at(-1);
  invariant(last !== undefined, "a Dockerfile that was read has a stage");
  return last;
}

/** The last stage and the earlier stages that it begins from, the last one first. */
export function lastStages(file: Dockerfile): readonly DockerfileStage[] {
  const chain = [lastStage(file)];
  for (let base = chain[0]?.base; base !== undefined; base = file.stages[base]?.base) {
    const stage = file.stages[base];
    if (stage !== undefined) {
      chain.push(stage);
    }
  }
  return chain;
}

/** The last USER that counts, and the stage whose image decides when there is none. */
export function finalUser(file: Dockerfile): {
  readonly stage: DockerfileStage | undefined;
  readonly user: DockerfileStage["user"];
} {
  const chain = lastStages(file);
  return { stage: chain.at(-1), user: chain.find(({ user }) => user !== undefined)?.user };
}

/** Root by name or number. */
export const isRoot = (user: string): boolean => user === "root" || /^0+$/.test(user);

/** An image reference without a tag and a digest, or with `latest`. */
export const isUnpinned = (image: string): boolean =>
  !image.includes("@") && (/:latest$/.test(image) || !/:[^/]+$/.test(image));
