import { podRule } from "./pod-rule.ts";
import { inContainers, shown, violation } from "./violation.ts";

const NAME = /(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)$/i;

/** A file name, an address, a switch or another variable is no secret. */
const HARMLESS = /^(|\/.*|\.\/.*|https?:\/\/.*|true|false|\d{1,3}|\$\(.*\)|changeme)$/i;

/** A password that everybody reads who reads the manifest. */
export const podLiteralSecret = podRule({
  id: "pod-literal-secret",
  severity: "low",
  title: { en: "A credential stands in the manifest", ja: "マニフェストに資格情報が書かれている" },
  explanation: {
    en: "A value written here is read by whoever reads the repository or may get the object. Keep it in a Secret, and give it out anew if it was real.",
    ja: "ここに書いた値は、リポジトリやオブジェクトを読める全員に見えます。Secret に移し、本物だったなら発行し直してください。",
  },
  find: (pod) =>
    inContainers(pod, (placed) =>
      (placed.container.env ?? []).flatMap(({ name = "", value = "" }, index) =>
        NAME.test(name) && !HARMLESS.test(value)
          ? [
              violation(
                placed,
                [...placed.path, "env", index, "value"],
                `has the value of ${shown(name)} in plain text`,
                `の ${shown(name)} の値が平文です`,
              ),
            ]
          : [],
      ),
    ),
  examples: {
    flagged: ["containers: [{name: a, image: a, env: [{name: DB_PASSWORD, value: hunter2}]}]"],
    clean: [
      "containers: [{name: a, image: a, env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]",
      "containers: [{name: a, image: a, env: [{name: TOKEN, value: /run/token}, {name: TOKEN_TTL, value: '3600'}]}]",
    ],
  },
});
