import { mount } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Mounts taken over from another container.
 *
 * What they show is judged by the techniques for binds; this one says that they are inherited, and that an unknown
 * donor may have brought anything along.
 */
export const volumesFrom = technique({
  id: "volumes-from",
  attack: ["T1611"],
  severity: "high",
  title: { en: "Mounts are inherited from another container", ja: "他のコンテナのマウントを引き継いでいる" },
  explanation: {
    en: "With VolumesFrom a container gets every bind and volume of another one, without a path in its own configuration. Where the other container is known its binds are examined as if they stood here; where it is not, they may be anything.",
    ja: "VolumesFrom では、自分の設定にパスが書かれていなくても、他のコンテナの bind とボリュームをすべて受け取る。相手が分かる場合はその bind をここに書かれたものとして調べる。分からない場合は何でもありうる。",
  },
  basis: "documented",
  needs: mount.inherited,
  gains: [],
  examples: {
    open: [],
    possible: ["docker run --volumes-from backup busybox"],
    closed: ["docker run -v data:/data busybox"],
  },
});
