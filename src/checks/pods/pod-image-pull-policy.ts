import { imageName } from "./image-name.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, violation } from "./violation.ts";

/** An image that lies on the node already is used by whoever knows its name. */
export const podImagePullPolicy = podRule({
  id: "pod-image-pull-policy",
  severity: "info",
  title: { en: "Images on the node are used unasked", ja: "ノード上のイメージを確認なしに使う" },
  explanation: {
    en: "Unless the policy is Always, a node starts an image that it has without asking the registry, so that a pod without credentials can use another's private image. Always is the default for latest only.",
    ja: "Always でないかぎり、ノードは手元にあるイメージをレジストリに確認せずに使うため、資格情報のない Pod でも、ほかの Pod の非公開イメージを使えます。Always が既定なのは latest だけです。",
  },
  aliases: { checkov: ["CKV_K8S_15"] },
  find: (pod) =>
    inContainers(pod, (placed) => {
      const { image = "", imagePullPolicy } = placed.container;
      const { tag, digest } = imageName(image);
      const byDefault = digest === undefined && (tag === undefined || tag === "latest") ? "Always" : "IfNotPresent";
      return image === "" || (imagePullPolicy ?? byDefault) === "Always"
        ? undefined
        : violation(
            placed,
            [...placed.path, "imagePullPolicy"],
            "does not always ask the registry",
            "がレジストリに毎回確認しません",
          );
    }),
  examples: {
    flagged: [
      "containers: [{name: a, image: 'a:1'}]",
      "containers: [{name: a, image: a, imagePullPolicy: IfNotPresent}]",
    ],
    clean: ["containers: [{name: a, image: 'a:1', imagePullPolicy: Always}]", "containers: [{name: a, image: a}]"],
  },
});
