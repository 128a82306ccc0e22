import type { ClientRules } from "../language/client-rules.ts";
import { shown, shownList } from "./grant-words.ts";
import type { Refusal } from "./refusal.ts";

/** The label by which the gate knows whose an object is. Only the gate writes it. */
export const OWNER_LABEL = "sekisho.client";

/** Labels of a request that the policy refuses, the gate's own among them. */
export function judgeLabels(
  names: Iterable<readonly [string, string]>,
  field: string,
  rules: ClientRules,
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  for (const [name, value] of names) {
    // A client that makes a container again echoes the labels of the old one.
    const isOwn = name === OWNER_LABEL && value === rules.name;
    if (
      (name === OWNER_LABEL && !isOwn) ||
      rules.labels.deny.match(name) ||
      !(isOwn || rules.labels.allow.match(name))
    ) {
      refusals.push({
        rule: "labels",
        field,
        gain: "",
        technique: "",
        what: { en: `the label ${shown(name)}`, ja: `ラベル ${shown(name)}` },
        change: { en: "leave it out", ja: "この指定を外してください" },
      });
    }
  }
  return refusals;
}

/** Variables of a request that the policy refuses. */
export function judgeEnvironment(variables: readonly string[], field: string, rules: ClientRules): readonly Refusal[] {
  const { allow, deny } = rules.environment;
  return variables.flatMap((variable, index): Refusal[] => {
    const name = variable.split("=", 1)[0] ?? "";
    return !deny.match(name) && allow.match(name)
      ? []
      : [
          {
            rule: "environment",
            field: `${field}[${index}]`,
            gain: "",
            technique: "",
            what: { en: `the environment variable ${shown(name)}`, ja: `環境変数 ${shown(name)}` },
            change: { en: "leave it out", ja: "この指定を外してください" },
          },
        ];
  });
}

/** A verb that a client does not have. */
export function verbRefusal(
  verb: string,
  rules: ClientRules,
  title: { readonly en: string; readonly ja: string },
): Refusal {
  return {
    rule: "allow",
    field: "",
    gain: "",
    technique: "",
    what: { en: `${verb} (${title.en})`, ja: `${verb}（${title.ja}）` },
    change: {
      en: `the policy allows ${rules.name} ${shownList(rules.verbs)}`,
      ja: `ポリシーが ${rules.name} に許可しているのは ${shownList(rules.verbs)} です`,
    },
  };
}
