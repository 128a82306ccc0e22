import { all, cap, lsm, mount, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Covering paths of the host with mounts.
 *
 * Needs all of: a bind with shared propagation, CAP_SYS_ADMIN in the first user namespace, a mount that seccomp and the
 * LSM let through.
 */
export const mountPropagationShared = technique({
  id: "mount-propagation-shared",
  attack: ["T1611"],
  severity: "high",
  title: { en: "Mounts made in the container appear on the host", ja: "コンテナ内のマウントがホストに現れる" },
  explanation: {
    en: "With shared propagation a mount that the container makes below the bind is also made on the host, where it covers what was there. It takes CAP_SYS_ADMIN in the first user namespace and a permitted mount. Docker refuses the option for a directory whose own mount is private.",
    ja: "共有伝播では、コンテナがバインドの下で行ったマウントがホストにも現れ、そこにあったものを覆い隠す。最初のユーザ名前空間の CAP_SYS_ADMIN と、許可されたマウントが要る。元のマウントが private なディレクトリに対しては、Docker がこの指定を拒否する。",
  },
  basis: "documented",
  needs: all(mount.propagation("shared"), cap("SYS_ADMIN"), userns.host, seccomp.allows("mount"), lsm.allows("mount")),
  gains: ["host-file-write(covered)"],
  aliases: { "cis-docker-1.6.0": ["5.20"] },
  examples: {
    open: [
      "docker run --cap-add SYS_ADMIN -v /mnt/data:/data:shared busybox",
      "docker run --privileged -v /mnt/data:/data:rshared busybox",
    ],
    closed: [
      "docker run -v /mnt/data:/data:shared busybox",
      "docker run --cap-add SYS_ADMIN -v /mnt/data:/data:rslave busybox",
      { line: "docker run --cap-add SYS_ADMIN -v /mnt/data:/data:shared busybox", host: { apparmor: true } },
    ],
  },
});
