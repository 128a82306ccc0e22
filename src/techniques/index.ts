export { type CveMatch, KNOWN_FAULTS, matchCves } from "./cve/index.ts";
export { firstProof } from "./first-proof.ts";
export { type Fixpoint, fixpoint } from "./fixpoint.ts";
export { TECHNIQUES } from "./list.ts";
export {
  escapePath,
  PATHS_PER_GAIN_MAX,
  type Proof,
  type ProofStep,
  Prover,
  placeOf,
  STEPS_PER_PATH_MAX,
  witnessOf,
} from "./prove.ts";
export { type Basis, type Example, type Technique, technique } from "./technique.ts";
export { techniquesFor } from "./windows.ts";
