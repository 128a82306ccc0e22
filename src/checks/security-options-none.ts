import { sharing } from "../facts/index.ts";
import { check } from "./check.ts";

/** Nothing is said of security options, so that the container has whatever its host gives. */
export const securityOptionsNone = check({
  id: "security-options-none",
  severity: "info",
  title: { en: "No security option is set", ja: "セキュリティオプションが設定されていない" },
  explanation: {
    en: "Security options choose the seccomp profile, the AppArmor or SELinux profile and no-new-privileges. Without any, the engine's defaults hold, and they differ from host to host. At the least, set no-new-privileges.",
    ja: "セキュリティオプションでは、seccomp、AppArmor、SELinux のプロファイルと no-new-privileges を選びます。何も書かなければエンジンの既定になり、ホストによって異なります。少なくとも no-new-privileges を設定するとよいです。",
  },
  needs: sharing.noSecurityOptions,
  field: "HostConfig.SecurityOpt",
  remedy: {
    summary: { en: "Set no-new-privileges", ja: "no-new-privileges を設定する" },
    edit: "HostConfig.SecurityOpt+=no-new-privileges",
  },
  aliases: { kics: ["security_opt_not_set", "610e266e-6c12-4bca-9925-1ed0cd29742b"] },
  examples: {
    flagged: ["docker run -d busybox", "docker run --cap-drop ALL busybox"],
    clean: [
      "docker run --security-opt no-new-privileges busybox",
      "docker run --security-opt apparmor=web busybox",
      "docker run --security-opt systempaths=unconfined busybox",
    ],
  },
});
