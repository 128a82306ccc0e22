import { seccomp } from "../facts/index.ts";
import { check } from "./check.ts";

/** No filter of system calls. Privileged containers have none either. */
export const seccompOff = check({
  id: "seccomp-off",
  severity: "low",
  title: { en: "System calls are not filtered", ja: "システムコールが制限されていない" },
  explanation: {
    en: "The engine's default profile refuses calls that programs in containers do not need, and that faults in the kernel are reached through. Without it every call is open to the container. A program that needs one more call should have a profile with that call instead.",
    ja: "エンジンの既定のプロファイルは、コンテナ内のプログラムには不要で、カーネルの欠陥に到達する経路となるシステムコールを拒否する。これを外すと、すべてのシステムコールが開かれる。一つだけ必要なら、それを許すプロファイルを用意するとよい。",
  },
  needs: seccomp.off,
  field: "HostConfig.SecurityOpt",
  remedy: {
    summary: { en: "Use the engine's default seccomp profile", ja: "エンジンの既定の seccomp プロファイルを使う" },
    edit: "HostConfig.SecurityOpt-=seccomp=unconfined",
  },
  aliases: { "cis-docker-1.6.0": ["5.22"], kics: ["default_seccomp_profile_disabled"] },
  examples: {
    flagged: [
      "docker run --security-opt seccomp=unconfined busybox",
      "docker run --privileged busybox",
      { line: "docker run -d busybox", host: { seccomp: false } },
    ],
    clean: ["docker run -d busybox", "docker run --security-opt seccomp=builtin busybox"],
  },
});
