import { ns } from "../facts/index.ts";
import { check } from "./check.ts";

/** The host's cgroup tree can be seen. On cgroup version 1 this is the engine's default. */
export const hostCgroupNamespace = check({
  id: "host-cgroup-namespace",
  severity: "info",
  title: { en: "The host's cgroup namespace is shared", ja: "ホストの cgroup 名前空間を共有している" },
  explanation: {
    en: "In the host's cgroup namespace the container sees where it and its neighbours stand in the tree, and a bound cgroup file system shows the whole of it. What can be done with that is for the techniques to say. A private namespace costs nothing but a flag.",
    ja: "ホストの cgroup 名前空間では、自身と隣のコンテナがツリーのどこにあるかが見え、cgroup ファイルシステムをバインドすれば全体が見える。それで何ができるかは個別の手口として報告される。専用の名前空間にするには、指定を一つ加えるだけでよい。",
  },
  needs: ns.cgroup.host,
  field: "HostConfig.CgroupnsMode",
  remedy: {
    summary: { en: "Use a private cgroup namespace", ja: "専用の cgroup 名前空間を使う" },
    edit: 'HostConfig.CgroupnsMode="private"',
  },
  examples: {
    flagged: ["docker run --cgroupns host busybox", { line: "docker run -d busybox", host: { cgroup: 1 } }],
    clean: ["docker run -d busybox", "docker run --cgroupns private busybox"],
  },
});
