export { CONTAINERS_MAX, LIST_DEPTH_MAX, PROBLEMS_MAX } from "./limits.ts";
export { looksLikeKubernetes } from "./looks-like.ts";
export { readKubernetes } from "./read-kubernetes.ts";
