import { gained } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Other containers, by way of the engine. */
export const engineApiPeers = technique({
  id: "engine-api-peers",
  attack: ["T1609", "T1552.007", "T1489"],
  severity: "high",
  title: { en: "The engine's API controls every container", ja: "エンジン API ですべてのコンテナを操作できる" },
  explanation: {
    en: "The API executes commands in every container, shows its environment and stops or removes it. No container of the engine keeps a secret from its clients.",
    ja: "API を使えば、すべてのコンテナでコマンドを実行し、環境変数を見て、停止や削除ができる。そのエンジンのどのコンテナも、API の利用者に秘密を隠せない。",
  },
  basis: "documented",
  needs: gained("engine-api"),
  gains: ["other-container-control", "host-dos", "cred-theft"],
  examples: {
    open: ["docker run -v /var/run/docker.sock:/var/run/docker.sock busybox"],
    closed: ["docker run busybox", "docker run -u 20000:20000 -v /var/run/docker.sock:/docker.sock busybox"],
  },
});
