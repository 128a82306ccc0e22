import { sharing } from "../facts/index.ts";
import { check } from "./check.ts";

/** The container is on the network that everybody is on who names none. */
export const networkDefault = check({
  id: "network-default",
  severity: "info",
  title: { en: "The container is on the default network", ja: "コンテナが既定のネットワークにつながっている" },
  explanation: {
    en: "Every container that names no network shares one: docker0, or the default network of its Compose project. All of them can reach each other's ports, published or not. A network for each group that has to talk keeps a stolen container away from the others.",
    ja: "ネットワークを指定しないコンテナは、docker0 か、Compose プロジェクトの既定のネットワークを共有します。公開していないポートも含めて、互いに到達できます。通信が必要な組ごとにネットワークを分ければ、奪われたコンテナからほかのコンテナを守れます。",
  },
  needs: sharing.defaultNetwork,
  field: "HostConfig.NetworkMode",
  remedy: {
    summary: { en: "Name the networks that it needs", ja: "必要なネットワークを指定する" },
  },
  aliases: { "cis-docker-1.6.0": ["5.30"], kics: ["networks_not_set"] },
  examples: {
    flagged: ["docker run -d busybox", "docker run --network bridge busybox", { compose: "services: {a: {image: x}}" }],
    clean: [
      "docker run --network app busybox",
      "docker run --network none busybox",
      "docker run --network host busybox",
      { compose: "services: {a: {image: x, networks: [app]}}\nnetworks: {app: {}}" },
    ],
  },
});
