import { config } from "../facts/index.ts";
import { check } from "./check.ts";

/** Capabilities beyond the default set. Which of them lead to the host is for the techniques to say. */
export const capabilitiesAdded = check({
  id: "capabilities-added",
  severity: "low",
  title: { en: "Capabilities are added to the default set", ja: "既定に加えてケーパビリティが与えられている" },
  explanation: {
    en: "Docker gives a set that most programs never use up. Every capability beyond it is a privilege that a stolen container has too. Add only those that the program asks for by name, and drop the others.",
    ja: "Docker の既定の集合ですら、ほとんどのプログラムは使い切らない。それを超えるケーパビリティは、コンテナが奪われたときに攻撃者の権限にもなる。プログラムが必要とするものだけを名前で追加し、残りは外すとよい。",
  },
  needs: config.capabilitiesAdded,
  field: "HostConfig.CapAdd",
  remedy: {
    summary: { en: "Remove the capabilities that the program does not need", ja: "不要なケーパビリティを外す" },
    edit: "HostConfig.CapAdd=[]",
  },
  aliases: {
    "cis-docker-1.6.0": ["5.4"],
    kics: ["container_capabilities_unrestricted", "ce76b7d0-9e77-464d-b86f-c5c48e03e22d"],
  },
  examples: {
    flagged: ["docker run --cap-add NET_ADMIN busybox", "docker run --cap-add ALL busybox"],
    clean: ["docker run -d busybox", "docker run --cap-drop ALL busybox", "docker run --privileged busybox"],
  },
});
