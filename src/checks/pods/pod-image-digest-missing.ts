import { imageName } from "./image-name.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, shown, violation } from "./violation.ts";

/** A tag can be moved; a digest cannot. */
export const podImageDigestMissing = podRule({
  id: "pod-image-digest-missing",
  severity: "info",
  title: { en: "The image is not named by its digest", ja: "イメージがダイジェストで指定されていない" },
  explanation: {
    en: "Whoever may push to the registry can move a tag to another image. A digest names exactly one.",
    ja: "レジストリに push できる者は、タグを別のイメージへ付け替えられます。ダイジェストが指すイメージはただ 1 つです。",
  },
  aliases: { checkov: ["CKV_K8S_43"], kubesec: ["ImageDigest"] },
  find: (pod) =>
    inContainers(pod, (placed) => {
      const { image = "" } = placed.container;
      return image === "" || imageName(image).digest !== undefined
        ? undefined
        : violation(placed, [...placed.path, "image"], `runs ${shown(image)}`, `のイメージは ${shown(image)} です`);
    }),
  examples: {
    flagged: ["containers: [{name: a, image: 'nginx:1.29'}]"],
    clean: ["containers: [{name: a, image: 'nginx:1.29@sha256:00'}]"],
  },
});
