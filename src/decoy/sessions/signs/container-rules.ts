import type { LocalizedText } from "../../../base/index.ts";
import type { Act, SceneContainer } from "../acts/index.ts";
import { type ImageTrust, imitatedImage, namesMiner, trustOf } from "../image-trust.ts";
import { MINING_FLAGS, POOL } from "../mining-words.ts";
import { isEngineSocket, reachesHost } from "./escape.ts";
import type { Scene, SceneRule, Sign } from "./sign.ts";

type Found = Omit<Sign, "rule">;

/** Weights of one danger by what is known of the image. */
type ByTrust = Readonly<Record<ImageTrust, number>>;

const ROOT_WRITABLE: ByTrust = {
  tool: 0,
  base: 60,
  official: 50,
  publisher: 30,
  registry: 35,
  local: 50,
  personal: 65,
};
const ROOT_READABLE: ByTrust = { tool: 0, base: 30, official: 15, publisher: 5, registry: 10, local: 15, personal: 35 };
const PART_WRITABLE: ByTrust = { tool: 0, base: 40, official: 10, publisher: 5, registry: 5, local: 10, personal: 40 };
const SOCKET: ByTrust = { tool: 0, base: 40, official: 10, publisher: 5, registry: 5, local: 10, personal: 35 };
const PRIVILEGED: ByTrust = { tool: 0, base: 25, official: 10, publisher: 5, registry: 10, local: 15, personal: 30 };
const HOST_PID: ByTrust = { tool: 0, base: 15, official: 5, publisher: 5, registry: 5, local: 5, personal: 20 };

/** Rules over what the visitor's containers are, before any command. */
export const CONTAINER_RULES: readonly SceneRule[] = [
  {
    id: "container-made",
    find: (scene) =>
      made(scene).map(({ act }) =>
        note(act, ["T1610"], 0, { en: "A container was made", ja: "コンテナが作成されました" }),
      ),
  },
  { id: "host-root-mounted", find: (scene) => made(scene).flatMap((each) => hostMounts(scene, each)) },
  { id: "privileged", find: (scene) => made(scene).flatMap(privileged) },
  { id: "host-processes-seen", find: (scene) => made(scene).flatMap(hostPid) },
  { id: "host-reached", find: hostReached },
  { id: "stranger-image", find: (scene) => made(scene).flatMap((each) => strangerImage(scene, each)) },
  { id: "imitated-image", find: (scene) => made(scene).flatMap(imitation) },
  { id: "mining-image", find: (scene) => [...made(scene), ...pulled(scene)].flatMap(miningImage) },
  { id: "mining-arguments", find: (scene) => made(scene).flatMap(miningArguments) },
  { id: "system-container-name", find: (scene) => made(scene).flatMap(borrowedContainerName) },
  { id: "ssh-published", find: (scene) => made(scene).flatMap(sshPublished) },
];

interface Made {
  readonly act: Act;
  readonly image: string;
  readonly trust: ImageTrust;
  readonly container: SceneContainer | undefined;
}

const made = (scene: Scene): readonly Made[] =>
  scene.acts
    .filter(({ kind }) => kind === "create-container")
    .map((act) => {
      const image = act.subject?.image ?? "";
      return { act, image, trust: trustFor(scene, image), container: act.subject };
    });

const pulled = (scene: Scene): readonly Made[] =>
  scene.acts
    .filter(({ kind, query }) => kind === "pull-image" && query.get("fromImage") !== null)
    .map((act) => ({
      act,
      image: act.query.get("fromImage") ?? "",
      trust: trustOf(act.query.get("fromImage") ?? ""),
      container: undefined,
    }));

/** An image that the visitor built or tagged is what they made of it, whatever its name. */
function trustFor(scene: Scene, image: string): ImageTrust {
  const built = scene.acts.some(
    ({ kind, query }) =>
      kind === "build-image" && query.get("t")?.replace(/:latest$/, "") === image.replace(/:latest$/, ""),
  );
  return built ? "local" : trustOf(image);
}

function note(
  act: Act,
  attack: readonly string[],
  weight: number,
  because: LocalizedText,
  quote?: string,
  basis: Sign["basis"] = "observed",
): Found {
  return {
    attack,
    weight,
    basis,
    because,
    request: act.request.number,
    quote: quote ?? `${act.request.method} ${act.request.target}`,
  };
}

function hostMounts(scene: Scene, { act, trust, container }: Made): readonly Found[] {
  return scene.mountsOf(container).flatMap(({ source, target, readOnly }) => {
    const quote = `${source}:${target}${readOnly ? ":ro" : ""}`;
    if (isEngineSocket(source)) {
      return [
        note(
          act,
          ["T1611"],
          SOCKET[trust],
          {
            en: "The container was to get the socket of the engine",
            ja: "コンテナにエンジンのソケットを渡そうとしました",
          },
          quote,
        ),
      ];
    }
    if (!reachesHost(source)) {
      return [];
    }
    const whole =
      /^(?:\/|\/host_mnt(?:\/[a-z])?|\/mnt\/host\/[a-z]|\/run\/desktop\/mnt\/host\/[a-z]|[A-Za-z]:[\\/]*)$/.test(
        source,
      );
    if (whole) {
      const weights = readOnly ? ROOT_READABLE : ROOT_WRITABLE;
      return [
        note(
          act,
          ["T1611"],
          weights[trust],
          readOnly
            ? {
                en: "The container was to see all files of the host",
                ja: "コンテナからホストの全ファイルを見えるようにしようとしました",
              }
            : {
                en: "The container was to get the whole disk of the host, writable",
                ja: "コンテナにホストのディスク全体を書き込み可能で渡そうとしました",
              },
          quote,
        ),
      ];
    }
    const mild = /^\/(?:home\/[^/]+|dev|sys|proc|lib\S*|usr\S*|run\S*|var\/run\S*)$/.test(source);
    return readOnly
      ? []
      : [
          note(
            act,
            ["T1611"],
            mild ? Math.min(PART_WRITABLE[trust], 15) : PART_WRITABLE[trust],
            {
              en: "The container was to get a system directory of the host, writable",
              ja: "コンテナにホストのシステムディレクトリを書き込み可能で渡そうとしました",
            },
            quote,
          ),
        ];
  });
}

function privileged({ act, trust, container }: Made): readonly Found[] {
  return container?.workload?.config.HostConfig.Privileged === true
    ? [
        note(
          act,
          ["T1611"],
          PRIVILEGED[trust],
          { en: "The container was to be privileged", ja: "コンテナを特権モードで動かそうとしました" },
          '"Privileged": true',
        ),
      ]
    : [];
}

function hostPid({ act, trust, container }: Made): readonly Found[] {
  return container?.workload?.config.HostConfig.PidMode === "host"
    ? [
        note(
          act,
          [],
          HOST_PID[trust],
          {
            en: "The container was to see the processes of the host",
            ja: "コンテナからホストのプロセスを見えるようにしようとしました",
          },
          '"PidMode": "host"',
        ),
      ]
    : [];
}

/** What the analyser proves: with these settings the host falls. */
function hostReached({ containers }: Scene): readonly Found[] {
  return containers.flatMap(({ container, gains }) => {
    const root = gains.find(({ gain, certainty }) => gain === "host-root" && certainty === "yes");
    return root === undefined || container.request === undefined
      ? []
      : [
          {
            attack: ["T1611"],
            weight: 0,
            basis: "observed" as const,
            because: {
              en: `A real engine would have given away root on the host: ${root.techniques.slice(0, 3).join(", ")}`,
              ja: `本物のエンジンであればホストの root を奪われていました: ${root.techniques.slice(0, 3).join("、")}`,
            },
            request: container.request.number,
            quote: `${container.request.method} ${container.request.target}`,
          },
        ];
  });
}

function strangerImage(scene: Scene, { act, image, trust, container }: Made): readonly Found[] {
  if (trust !== "personal") {
    return [];
  }
  const { Config, HostConfig } = container?.workload?.config ?? {};
  const automatic = scene.userAgents.every(
    (agent) => !/^(?:Docker-Client|docker|compose|docker-sdk|docker-py|Testcontainers|tc-|Portainer)/i.test(agent),
  );
  const servesNobody =
    Object.keys(HostConfig?.PortBindings ?? {}).length === 0 &&
    (HostConfig?.Binds ?? []).length + (HostConfig?.Mounts ?? []).length === 0 &&
    Object.keys(Config?.Labels ?? {}).length === 0 &&
    Config?.Tty !== true;
  const ownScript =
    /^\/(?!usr\/|bin\/|docker-)\S*\.(?:sh|py|pl)$/.test(act.argv.at(-1) ?? "") ||
    /^\/(?:root|toor|tmp|var)\//.test(act.argv[0] ?? "");
  const throwaway = /\d{4,}\//.test(image) || /_latest(?::|$)/.test(image);
  const ordinary =
    Config?.Labels !== undefined && Object.keys(Config.Labels).some((label) => label.startsWith("com.docker.compose"));
  const weight =
    25 +
    10 * Number(automatic) +
    15 * Number(servesNobody) +
    10 * Number(ownScript) +
    15 * Number(throwaway) +
    10 * Number(HostConfig?.NetworkMode === "host") -
    20 * Number(ordinary);
  return [
    note(
      act,
      ["T1204.003"],
      Math.max(weight, 0),
      {
        en: "An image of an account that nobody knows was to be run",
        ja: "無名のアカウントのイメージを動かそうとしました",
      },
      image,
    ),
  ];
}

function imitation({ act, image }: Made): readonly Found[] {
  const real = imitatedImage(image);
  return real === undefined
    ? []
    : [
        note(
          act,
          ["T1036.005", "T1204.003"],
          25,
          {
            en: `The image is named so that it looks like "${real}"`,
            ja: `イメージ名が「${real}」に見せかけられています`,
          },
          image,
        ),
      ];
}

function miningImage({ act, image }: Made): readonly Found[] {
  return namesMiner(image)
    ? [
        note(
          act,
          ["T1496", "T1204.003"],
          80,
          {
            en: "The image's name says that it mines, or sells the machine's line",
            ja: "イメージ名から、採掘または回線の転売を行うものと分かります",
          },
          image,
        ),
      ]
    : [];
}

function miningArguments({ act, trust }: Made): readonly Found[] {
  const words = act.argv.join(" ");
  const environment = (act.subject?.workload?.config.Config.Env ?? []).join(" ");
  return MINING_FLAGS.test(words) ||
    POOL.test(words) ||
    POOL.test(environment) ||
    /\b(?:XMR|MONERO|WALLET|POOL|MINER)_?\w*=/.test(environment)
    ? [
        note(
          act,
          ["T1496"],
          trust === "tool" ? 0 : 80,
          { en: "The container's arguments are those of a miner", ja: "コンテナの引数がマイナーのものです" },
          words === "" ? environment : words,
        ),
      ]
    : [];
}

function borrowedContainerName({ act, container, trust }: Made): readonly Found[] {
  const name = container?.name ?? "";
  const system =
    /^(?:kube[-_]\w+|k8s[-_]\w+|kubelet|coredns|etcd|calico\S*|docker[-_]?\w*(?:agent|proxy|daemon|monitor|service)|dockerd|containerd\S*|systemd\S*|cloud-init|dbus\S*|udev\S*|sshd|crond?|host[-_]\w+|\w+[-_]edagent|node-agent|pause)$/i.test(
      name,
    );
  return system && (trust === "base" || trust === "personal")
    ? [
        note(
          act,
          ["T1036.005"],
          30,
          {
            en: "The container's name makes it look like a part of the system",
            ja: "コンテナ名がシステムの一部に見せかけられています",
          },
          name,
        ),
      ]
    : [];
}

function sshPublished({ act, trust, container }: Made): readonly Found[] {
  const { PortBindings = {} } = container?.workload?.config.HostConfig ?? {};
  const ssh = Object.keys(PortBindings).find((port) => /^22(?:\/tcp)?$/.test(port));
  return ssh === undefined || trust === "official" || trust === "publisher" || trust === "tool"
    ? []
    : [
        note(
          act,
          ["T1021.004"],
          trust === "personal" ? 25 : 10,
          {
            en: "SSH into the container was to be reachable from outside",
            ja: "コンテナへの SSH を外部から届くようにしようとしました",
          },
          ssh,
        ),
      ];
}
