import type { Dockerfile } from "../../facts/index.ts";
import type { DockerfileMatch } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** EXPOSE instructions with a port or a range that matches. */
export const exposed = (file: Dockerfile, matches: (from: number, to: number) => boolean): readonly DockerfileMatch[] =>
  everyInstruction(file)
    .filter(
      ({ keyword, words }) =>
        keyword === "EXPOSE" &&
        words.some((word) => {
          const [, from, to = from] = /^(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(word) ?? [];
          return from !== undefined && matches(Number(from), Number(to));
        }),
    )
    .map(({ place }) => ({ place }));
