import { all, gained, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From the engine's data root to the host.
 *
 * Needs all of: writing the data root, and an engine that starts again some day, which is taken for granted.
 */
export const tamperDataRootRestart = technique({
  id: "tamper-data-root-restart",
  attack: ["T1554"],
  severity: "high",
  title: {
    en: "Stored container settings are believed at the next start",
    ja: "書き換えた保存済み設定が次の起動で使われる",
  },
  explanation: {
    en: "The engine reads the stored settings of its containers when it starts and does not question them. One that was changed to privileged, or to bind /, runs that way after the next restart or reboot.",
    ja: "エンジンは起動時に保存済みのコンテナ設定を読み、疑わずに使う。privileged や / のバインドに書き換えられた設定は、次の再起動の後、そのとおりに動く。",
  },
  basis: "documented",
  needs: all(gained("host-file-write(/var/lib/docker)"), told("engine.restart", "yes")),
  gains: ["host-root"],
  examples: {
    open: ["docker run -v /var/lib/docker:/mnt busybox"],
    closed: ["docker run -v /var/lib/docker:/mnt:ro busybox", "docker run -v data:/mnt busybox"],
  },
});
