import { noNewPrivileges, not } from "../facts/index.ts";
import { check } from "./check.ts";

/**
 * Setuid files inside the container still give what they promise.
 *
 * privileged-nonroot-latent and setuid-escalation-inside say what follows for a container that does not run as root.
 */
export const newPrivilegesAllowed = check({
  id: "new-privileges-allowed",
  severity: "low",
  title: { en: "Programs in the container can gain privileges", ja: "コンテナ内のプログラムが権限を得られる" },
  explanation: {
    en: "Without no-new-privileges a setuid file such as su or sudo makes an ordinary user root inside the container, with every capability that the container was given. Setting it costs nothing to programs that start as the user they stay.",
    ja: "no-new-privileges がなければ、su や sudo のような setuid ファイルによって、一般ユーザがコンテナ内の root になり、コンテナに与えられたすべてのケーパビリティを得る。起動時のユーザのまま動くプログラムには、設定しても支障がない。",
  },
  needs: not(noNewPrivileges),
  field: "HostConfig.SecurityOpt",
  remedy: {
    summary: { en: "Set no-new-privileges", ja: "no-new-privileges を設定する" },
    edit: "HostConfig.SecurityOpt+=no-new-privileges",
  },
  aliases: {
    "cis-docker-1.6.0": ["5.26"],
    kics: ["no_new_privileges_not_set", "27fcc7d6-c49b-46e0-98f1-6c082a6a2750"],
  },
  examples: {
    flagged: ["docker run -d busybox", "docker run --security-opt no-new-privileges:false busybox"],
    clean: [
      "docker run --security-opt no-new-privileges busybox",
      "docker run --security-opt no-new-privileges:true busybox",
    ],
  },
});
