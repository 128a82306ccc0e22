import { not, userDeclaredNonRoot } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Root by default or by declaration. */
export const imageOnbuildUserRoot = technique({
  id: "image-onbuild-user-root",
  attack: ["T1610"],
  severity: "info",
  title: { en: "The container runs as root", ja: "コンテナが root で動く" },
  explanation: {
    en: "Neither the configuration nor the image names another user, so the process is user 0. By itself it leads nowhere; it is the condition that most of the ways out have in common.",
    ja: "設定でもイメージでも別のユーザを指定していないため、プロセスは uid 0 で動く。それだけでは何も起きないが、脱出経路の大半に共通する条件である。",
  },
  basis: "documented",
  needs: not(userDeclaredNonRoot),
  gains: [],
  examples: {
    open: ["docker run busybox", "docker run --user root busybox"],
    closed: ["docker run --user app busybox", "docker run --user 1000:1000 --security-opt no-new-privileges busybox"],
  },
});
