export { DOCKERFILE_BYTES_MAX, DOCKERFILE_LINES_MAX, looksLikeDockerfile, readDockerfile } from "./read-dockerfile.ts";
