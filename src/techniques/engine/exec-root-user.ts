import { told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * A client that may only exec.
 *
 * Needs: a client with the right to exec, which only somebody who knows the engine's policy can tell.
 */
export const execRootUser = technique({
  id: "exec-root-user",
  attack: ["T1609"],
  severity: "medium",
  title: { en: "An exec as root takes over a hardened container", ja: "root での exec は堅牢化したコンテナを支配する" },
  explanation: {
    en: "docker exec -u 0 starts a process as root, whatever user the container was given. The capability bounds and no-new-privileges of the container remain.",
    ja: "docker exec -u 0 は、コンテナに指定されたユーザにかかわらず、root としてプロセスを起動する。コンテナのケーパビリティの上限と no-new-privileges は残る。",
  },
  basis: "measured",
  needs: told("engine-api.exec", "no"),
  gains: ["other-container-control"],
  examples: {
    open: [{ line: "docker run -u 20000:20000 busybox", host: { facts: { "engine-api.exec": "yes" } } }],
    closed: ["docker run -u 20000:20000 busybox"],
  },
});
