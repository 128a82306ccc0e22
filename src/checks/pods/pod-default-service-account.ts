import { podRule } from "./pod-rule.ts";
import { violation } from "./violation.ts";

/** An account that every pod of the namespace shares. */
export const podDefaultServiceAccount = podRule({
  id: "pod-default-service-account",
  severity: "info",
  title: { en: "The default service account is used", ja: "既定のサービスアカウントを使っている" },
  explanation: {
    en: "The default account is that of every pod of the namespace that names none: a role that one of them needs is given to all. Name an account of its own.",
    ja: "default アカウントは、指定のないすべての Pod が共有します。1 つのために与えたロールが全部に効きます。専用のアカウントを指定してください。",
  },
  aliases: { kubesec: ["ServiceAccountName"] },
  find: ({ spec }) =>
    ["", "default"].includes(spec.serviceAccountName ?? spec.serviceAccount ?? "")
      ? [
          violation(
            undefined,
            ["spec", "serviceAccountName"],
            "uses the default service account",
            "が既定のサービスアカウントを使っています",
          ),
        ]
      : [],
  examples: {
    flagged: ["containers: [{name: a, image: a}]", "{serviceAccountName: default, containers: [{name: a, image: a}]}"],
    clean: [
      "{serviceAccountName: web, containers: [{name: a, image: a}]}",
      "{serviceAccount: web, containers: [{name: a, image: a}]}",
    ],
  },
});
