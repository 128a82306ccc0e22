import { all, seccomp, told, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Looking for keys of the same user of the host. Reachability, not theft: keyrings are per user namespace since 5.3. */
export const keyringAccess = technique({
  id: "keyring-access",
  attack: ["T1552"],
  severity: "low",
  title: { en: "The kernel's keyrings can be reached", ja: "カーネルのキーリングに到達できる" },
  explanation: {
    en: "Keyrings belong to a user within a user namespace, not to a container. A process with the same user id as one on the host that keeps keys there may find them. The default filter refuses the call.",
    ja: "キーリングはコンテナではなく、ユーザ名前空間の中のユーザに属する。ホストで鍵を置いているユーザと同じ uid のプロセスは、それを見つけられるかもしれない。既定のフィルタは keyctl を拒否する。",
  },
  basis: "reasoned",
  needs: all(seccomp.allows("keyctl"), userns.host, told("host.keys-of-same-user")),
  gains: ["host-info-leak"],
  examples: {
    open: [],
    possible: ["docker run --security-opt seccomp=unconfined busybox"],
    closed: [
      "docker run busybox",
      { line: "docker run --security-opt seccomp=unconfined busybox", host: { usernsRemap: true } },
    ],
  },
});
