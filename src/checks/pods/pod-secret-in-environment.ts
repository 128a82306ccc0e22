import { podRule } from "./pod-rule.ts";
import { inContainers, shown, violation } from "./violation.ts";

/** Environments end up in logs, crash reports and /proc. */
export const podSecretInEnvironment = podRule({
  id: "pod-secret-in-environment",
  severity: "info",
  title: { en: "A Secret is handed over in the environment", ja: "Secret を環境変数で渡している" },
  explanation: {
    en: "Environment variables are inherited by every child process, and end up in logs and crash reports. Mount the Secret as a file, which only its owner reads and which is renewed in place.",
    ja: "環境変数は子プロセスに引き継がれ、ログやクラッシュレポートにも残ります。Secret はファイルとしてマウントしてください。所有者だけが読め、その場で更新されます。",
  },
  aliases: { checkov: ["CKV_K8S_35"] },
  find: (pod) =>
    inContainers(pod, (placed) => {
      const { env = [], envFrom = [] } = placed.container;
      return [
        ...env.flatMap(({ name = "", valueFrom }, index) =>
          valueFrom?.secretKeyRef === undefined
            ? []
            : [
                violation(
                  placed,
                  [...placed.path, "env", index],
                  `gets ${shown(name)} from a Secret`,
                  `が ${shown(name)} を Secret から受け取っています`,
                ),
              ],
        ),
        ...envFrom.flatMap(({ secretRef }, index) =>
          secretRef === undefined
            ? []
            : [
                violation(
                  placed,
                  [...placed.path, "envFrom", index],
                  `gets the Secret ${shown(secretRef.name ?? "")} as variables`,
                  `が Secret ${shown(secretRef.name ?? "")} を変数として受け取っています`,
                ),
              ],
        ),
      ];
    }),
  examples: {
    flagged: [
      "containers: [{name: a, image: a, env: [{name: P, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]",
      "containers: [{name: a, image: a, envFrom: [{secretRef: {name: s}}]}]",
    ],
    clean: ["containers: [{name: a, image: a, envFrom: [{configMapRef: {name: s}}]}]"],
  },
});
