import {
  all,
  any,
  cap,
  hostuid0,
  lsm,
  matchesHostUser,
  mount,
  rootless,
  rootOn,
  told,
  uid0,
} from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Credentials of clients. The public parts of .ssh are left out; names that projects use too count in homes only. */
const CREDENTIALS = new RegExp(
  [
    "/\\.(aws|azure|kube|gnupg|password-store)(/.*)?$",
    "/\\.ssh(/(?!known_hosts|authorized_keys|config$|.*\\.pub$).*)?$",
    "/\\.(netrc|git-credentials|pgpass|vault-token|pypirc|my\\.cnf)$",
    "/\\.config/(gcloud|gh|rclone)(/.*)?$",
    "/\\.docker/config\\.json$",
    "^/(root|home/[^/]+)/\\.(docker|npmrc)$",
  ].join("|"),
);

/** Who may read them: their owner, and root unless it dropped the capabilities over other users' files. */
const OWNER = any(
  all(
    hostuid0,
    any(
      cap("DAC_OVERRIDE"),
      cap("DAC_READ_SEARCH"),
      cap("SETUID"),
      mount.any("/root"),
      mount.matching("files of root", /^\/root\//),
    ),
  ),
  matchesHostUser,
  all(rootless, uid0),
);

/**
 * Credential files in a bind.
 *
 * Needs all of: a file or directory that holds credentials by its name, and an id that may read it. Not enough: a
 * container path of that name.
 */
export const bindUserSecrets = technique({
  id: "bind-user-secrets",
  attack: ["T1552.001", "T1552.004"],
  severity: "high",
  title: { en: "Credentials of the host or its users can be read", ja: "ホストや利用者の資格情報を読める" },
  explanation: {
    en: "Cloud keys, kubeconfigs, registry logins and SSH keys lie in files with well-known names, and a bind hands them to whatever runs in the container. Read-only does not matter. Whole homes are judged as possible, because only the host knows what lies in them.",
    ja: "クラウドの鍵、kubeconfig、レジストリのログイン情報、SSH の鍵はよく知られた名前のファイルにあり、バインドすればコンテナ内で動くものすべてに渡る。読取り専用かどうかは関係ない。ホーム全体のバインドは、中身をホストしか知らないため「可能性あり」と判定する。",
  },
  basis: "documented",
  needs: any(
    all(
      mount.matching("user credentials", CREDENTIALS),
      OWNER,
      any(lsm.allows("file-host"), mount.relabelled("/home/*/*"), mount.relabelled("/root/*")),
    ),
    all(any(mount.any("/home/*"), mount.any("/root")), OWNER, told("host.home-credentials"), lsm.allows("file-host")),
    all(mount.any("/etc/shadow"), rootOn("/etc/shadow"), lsm.allows("file-host")),
  ),
  gains: ["cred-theft"],
  examples: {
    open: [
      "docker run -v /home/dev/.aws:/root/.aws:ro amazon/aws-cli",
      "docker run -v /root/.docker/config.json:/config.json:ro busybox",
      "docker run -v /etc:/host/etc:ro busybox",
    ],
    possible: ["docker run -v /home/dev:/mnt:ro busybox", "docker run -u 1000:1000 -v /home/dev/.aws:/mnt:ro busybox"],
    closed: [
      "docker run -v /home/dev/.ssh/known_hosts:/etc/ssh/ssh_known_hosts:ro busybox",
      "docker run -v /home/dev/src:/src busybox",
      "docker run -u 20000:20000 -v /home/dev/.aws:/mnt:ro busybox",
      "docker run -v aws:/root/.aws busybox",
    ],
  },
});
