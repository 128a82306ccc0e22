export type { DockerfileCheck, DockerfileMatch } from "./dockerfile-check.ts";
export { DOCKERFILE_CHECKS } from "./list.ts";
export { isSecret } from "./secrets.ts";
