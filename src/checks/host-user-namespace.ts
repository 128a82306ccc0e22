import { config } from "../facts/index.ts";
import { check } from "./check.ts";

/** The container asks to be left out of the engine's mapping of users. */
export const hostUserNamespace = check({
  id: "host-user-namespace",
  severity: "low",
  title: {
    en: "The mapping of users is switched off for this container",
    ja: "このコンテナだけユーザの対応付けを外している",
  },
  explanation: {
    en: "With UsernsMode=host the container keeps the host's user numbers even where the engine maps them for all others, and its root is the host's. On an engine without a mapping the word changes nothing today, and defeats one that is switched on later.",
    ja: "UsernsMode=host を指定したコンテナは、エンジンが他のすべてのコンテナでユーザを対応付けていても、ホストのユーザ番号のまま動き、その root はホストの root になる。対応付けのないエンジンでは今は何も変わらないが、後から有効にしても効かなくなる。",
  },
  needs: config.usernsHostRequested,
  field: "HostConfig.UsernsMode",
  remedy: {
    summary: { en: "Leave the user namespace to the engine", ja: "ユーザ名前空間をエンジンに任せる" },
    edit: 'HostConfig.UsernsMode=""',
  },
  aliases: { "cis-docker-1.6.0": ["5.31"], kics: ["shared_host_user_namespace"] },
  examples: {
    flagged: [
      "docker run --userns host busybox",
      { line: "docker run --userns host busybox", host: { usernsRemap: true } },
    ],
    clean: ["docker run -d busybox", "docker run --user 1000 busybox"],
  },
});
