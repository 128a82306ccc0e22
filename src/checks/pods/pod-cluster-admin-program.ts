import { imageName } from "./image-name.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, shown, violation } from "./violation.ts";

const PROGRAMS: readonly (readonly [RegExp, string, Readonly<Record<string, readonly string[]>>])[] = [
  [/(^|\/)tiller$/, "Tiller", { trivy: ["KSV-0102"], checkov: ["CKV_K8S_34"] }],
  [
    /(^|\/)kubernetes(ui\/|-)dashboard(-amd64)?$|(^|\/)kubernetesui\/dashboard$/,
    "Kubernetes Dashboard",
    { checkov: ["CKV_K8S_33"] },
  ],
];

/** Programs that hold the cluster's rights and have opened them to others before. */
export const podClusterAdminProgram = podRule({
  id: "pod-cluster-admin-program",
  severity: "low",
  title: { en: "A program that hands out the cluster's rights", ja: "クラスタの権限を渡してしまうプログラム" },
  explanation: {
    en: "Tiller answers anybody in the cluster with its own rights, which are usually all of them, and has had no release since 2020. The Dashboard does what its account may, for whoever reaches it.",
    ja: "Tiller は、クラスタ内の誰にでも自身の権限(通常は全権限)で応じ、2020 年以降更新されていません。Dashboard は、届いた者のために自身のアカウントの権限で動きます。",
  },
  aliases: { trivy: ["KSV-0102"], checkov: ["CKV_K8S_33", "CKV_K8S_34"] },
  find: (pod) =>
    inContainers(pod, (placed) => {
      const { image = "" } = placed.container;
      const { repository } = imageName(image);
      return PROGRAMS.flatMap(([pattern, name, aliases]) =>
        pattern.test(repository)
          ? [
              violation(
                placed,
                [...placed.path, "image"],
                `runs ${name} (${shown(image)})`,
                `が ${name}(${shown(image)})を動かしています`,
                aliases,
              ),
            ]
          : [],
      );
    }),
  examples: {
    flagged: [
      "containers: [{name: a, image: 'gcr.io/kubernetes-helm/tiller:v2.16'}]",
      "containers: [{name: a, image: 'kubernetesui/dashboard:v2.7'}]",
    ],
    clean: ["containers: [{name: a, image: 'example/distiller:1'}]"],
  },
});
