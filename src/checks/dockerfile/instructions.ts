import type { Dockerfile, DockerfileInstruction } from "../../facts/index.ts";
import type { DockerfileMatch } from "./dockerfile-check.ts";

/** Every instruction, ARGs before the first FROM and triggers of ONBUILD included. */
export const everyInstruction = (file: Dockerfile): readonly DockerfileInstruction[] => [
  ...file.globalArgs,
  ...file.stages.flatMap(({ instructions }) => instructions),
];

/** Instructions of a kind that carry a flag. */
export const flagged = (
  file: Dockerfile,
  keyword: string,
  matches: (flag: DockerfileInstruction["flags"][number]) => boolean,
): readonly DockerfileMatch[] =>
  everyInstruction(file)
    .filter((instruction) => instruction.keyword === keyword && instruction.flags.some(matches))
    .map(({ place }) => ({ place }));

/** The second and later instructions of a kind within one stage. */
export const repeated = (file: Dockerfile, keyword: string): readonly DockerfileMatch[] =>
  file.stages.flatMap(({ instructions }) =>
    instructions
      .filter((instruction) => instruction.keyword === keyword && !instruction.onbuild)
      .slice(1)
      .map(({ place }) => ({ place })),
  );
