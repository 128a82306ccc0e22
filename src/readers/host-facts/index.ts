export { draftLayer, type HostLayer, type LayerDraft, mergeHostFacts } from "./layer.ts";
export { HOST_FACTS_CHARACTERS_MAX, readHostFacts } from "./read-host-facts.ts";
