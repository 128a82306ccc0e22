import { all, gained, rootless } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From the API of a rootless engine to its account.
 *
 * Needs all of: the API, and an engine without root.
 */
export const engineApiRootless = technique({
  id: "engine-api-rootless",
  attack: ["T1610"],
  severity: "high",
  title: { en: "A rootless engine's API gives its account", ja: "rootless エンジンの API からそのアカウントになれる" },
  explanation: {
    en: "Containers of a rootless engine run with the rights of the account that started it, privileged ones too. Commanding the engine is acting as that account: its files, keys and sessions, and no more.",
    ja: "rootless エンジンのコンテナは、特権であっても、エンジンを起動したアカウントの権限で動く。エンジンを操作することはそのアカウントとして振る舞うことであり、得られるのはそのファイル、鍵、セッションまでである。",
  },
  basis: "documented",
  needs: all(gained("engine-api"), rootless),
  gains: ["host-uid-exec"],
  examples: {
    open: [{ line: "docker run -v /run/user/1000/docker.sock:/docker.sock busybox", host: { rootless: true } }],
    closed: [
      "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox",
      { line: "docker run busybox", host: { rootless: true } },
    ],
  },
});
