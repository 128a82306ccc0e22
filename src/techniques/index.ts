export { type CveMatch, KNOWN_FAULTS, matchCves } from "./cve/index.ts";
export { escapePath, witnessOf } from "./escape-path.ts";
export { type ExplainedProof, type Explanation, explain } from "./explanation.ts";
export { firstProof } from "./first-proof.ts";
export { type Applied, type Fixpoint, fixpoint } from "./fixpoint.ts";
export { TECHNIQUES } from "./list.ts";
export { PATHS_PER_GAIN_MAX, type Proof, type ProofStep, STEPS_PER_PATH_MAX } from "./prove.ts";
export { type Basis, type Example, type Technique, technique } from "./technique.ts";
export { techniquesFor } from "./windows.ts";
