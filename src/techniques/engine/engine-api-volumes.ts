import { gained } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Stored data, by way of the engine. */
export const engineApiVolumes = technique({
  id: "engine-api-volumes",
  attack: ["T1552.007", "T1005"],
  severity: "high",
  title: {
    en: "The engine's API reads volumes, secrets and configs",
    ja: "エンジン API でボリュームやシークレットを読める",
  },
  explanation: {
    en: "A client can start a container with any volume of the engine, or copy files out of any container. Swarm secrets are given to a service that the client defines.",
    ja: "クライアントは、エンジンの任意のボリュームを付けたコンテナを起動でき、任意のコンテナからファイルを取り出せる。Swarm のシークレットも、クライアントが定義したサービスに渡される。",
  },
  basis: "documented",
  needs: gained("engine-api"),
  gains: ["cred-theft", "other-container-read"],
  examples: {
    open: ["docker run -v /var/run/docker.sock:/var/run/docker.sock busybox"],
    closed: ["docker run busybox", "docker run -v data:/data busybox"],
  },
});
