import { imageName } from "./image-name.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, shown, violation } from "./violation.ts";

/** What was audited need not be what runs tomorrow. */
export const podImageLatest = podRule({
  id: "pod-image-latest",
  severity: "info",
  title: { en: "The image is not pinned to a version", ja: "イメージのバージョンが固定されていない" },
  explanation: {
    en: "latest, written or left out, is whatever the registry hands out when a node pulls. Two nodes may then run different programs. Name a version, or better a digest.",
    ja: "latest は、明記していても省略していても、ノードが pull した時点でレジストリが返すものになります。ノードごとに違うプログラムが動くこともあります。バージョンか、できればダイジェストを指定してください。",
  },
  aliases: { trivy: ["KSV-0013"], checkov: ["CKV_K8S_14"] },
  find: (pod) =>
    inContainers(pod, (placed) => {
      const { image = "" } = placed.container;
      const { tag, digest } = imageName(image);
      return image === "" || digest !== undefined || (tag !== undefined && tag !== "latest")
        ? undefined
        : violation(placed, [...placed.path, "image"], `runs ${shown(image)}`, `のイメージは ${shown(image)} です`);
    }),
  examples: {
    flagged: [
      "containers: [{name: a, image: nginx}]",
      "containers: [{name: a, image: 'registry:5000/nginx:latest'}]",
      "{containers: [{name: a, image: 'a:1'}], initContainers: [{name: b, image: b}]}",
    ],
    clean: ["containers: [{name: a, image: 'nginx:1.29'}]", "containers: [{name: a, image: 'nginx@sha256:00'}]"],
  },
});
