import type { ClientRules } from "../language/client-rules.ts";
import type { Activation } from "../language/expression.ts";
import type { Refusal } from "./refusal.ts";

/** Whether a client has rules in CEL about a verb: only then is the request made ready for them. */
export const hasExpressions = (rules: ClientRules, verb: string): boolean =>
  rules.rules.some((rule) => rule.verbs === undefined || rule.verbs.has(verb));

/**
 * Applies the rules in CEL: `require` adds a refusal unless it is true, `permit` lifts refusals when it is true. What
 * cannot be evaluated counts as refused, and never as permitted.
 */
export function applyExpressions(
  refusals: readonly Refusal[],
  activation: Activation,
  verb: string,
  rules: ClientRules,
): readonly Refusal[] {
  let left = refusals;
  const added: Refusal[] = [];
  for (const rule of rules.rules) {
    if (rule.verbs !== undefined && !rule.verbs.has(verb)) {
      continue;
    }
    if (rule.require !== undefined && rule.require.evaluate(activation) !== true) {
      added.push({
        rule: "rules",
        detail: rule.name,
        field: "",
        gain: "",
        technique: "",
        what: { en: `the request by rule ${rule.name}`, ja: `規則 ${rule.name} によりこの要求` },
        change: rule.message ?? {
          en: `it must satisfy ${rule.require.text}`,
          ja: `${rule.require.text} を満たす必要があります`,
        },
      });
    }
    if (rule.permit !== undefined && left.length > 0 && rule.permit.evaluate(activation) === true) {
      // A gain is lifted by its own name only: to lift `mounts` does not lift what a mount leads to.
      left = left.filter((refusal) => !rule.waives.has(refusal.rule === "gains" ? refusal.gain : refusal.rule));
    }
  }
  return [...left, ...added];
}
