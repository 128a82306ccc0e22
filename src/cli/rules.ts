import type { Language } from "../base/index.ts";
import { ALL_POD_RULES, CHECKS, DOCKERFILE_CHECKS, HOST_CHECKS, IMAGE_CHECKS } from "../checks/index.ts";
import type { RuleLookup, RuleText } from "../report/index.ts";
import { KNOWN_FAULTS, TECHNIQUES } from "../techniques/index.ts";

/** Every rule that a finding may name: techniques, checks and published faults, in the words of a language. */
export function rulesIn(language: Language): readonly RuleText[] {
  const techniques = TECHNIQUES.map(({ id, severity, title, explanation, attack, aliases }) => ({
    id,
    severity,
    title: title[language],
    explanation: explanation[language],
    attack,
    aliases: aliases ?? {},
  }));
  const checks = [...CHECKS, ...DOCKERFILE_CHECKS, ...IMAGE_CHECKS, ...ALL_POD_RULES, ...HOST_CHECKS].map(
    ({ id, severity, title, explanation, aliases }) => ({
      id,
      severity,
      title: title[language],
      explanation: explanation[language],
      attack: [],
      aliases: aliases ?? {},
    }),
  );
  const faults = KNOWN_FAULTS.map(({ id, severity, title }) => ({
    id: id.toLowerCase(),
    severity,
    title: title[language],
    explanation: title[language],
    attack: [],
    aliases: { cve: [id] },
  }));
  return [...techniques, ...checks, ...faults];
}

/** Finds a rule by its id. */
export function ruleLookup(language: Language): RuleLookup {
  const rules = new Map(rulesIn(language).map((rule) => [rule.id, rule]));
  return (id) => rules.get(id);
}
