export { applyEdit, applyEdits, EditError, readOnlyBind, type Subject, sameOption } from "./apply.ts";
export { UNUSED_USER } from "./candidates.ts";
export { engineRefusal } from "./refusal.ts";
export { replacementsForPrivileged } from "./replacements.ts";
export {
  EDITS_PER_FIX_MAX,
  EVALUATIONS_MAX,
  type Evaluate,
  type Evaluation,
  FIXES_MAX,
  type ProofLeaf,
  type Remedies,
  searchFixes,
} from "./search.ts";
