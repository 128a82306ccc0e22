import { podRule } from "./pod-rule.ts";
import { runtimeSocketIn } from "./runtime-sockets.ts";
import { shown, violation } from "./violation.ts";

/** Whoever speaks to the runtime makes containers of any kind. */
export const podRuntimeSocket = podRule({
  id: "pod-runtime-socket",
  severity: "low",
  title: { en: "The socket of a container runtime is mounted", ja: "コンテナランタイムのソケットがマウントされている" },
  explanation: {
    en: "Who can connect to the socket of Docker, containerd or CRI-O can start a privileged container on the node, past the API server and every admission. Whether this container's user can connect is told by the techniques; a directory above the socket shows it as well.",
    ja: "Docker、containerd、CRI-O のソケットに接続できれば、API サーバと受付制御を通さずに、ノード上で特権コンテナを起動できます。このコンテナのユーザが接続できるかはテクニックが示します。ソケットの上のディレクトリをマウントしても同じです。",
  },
  aliases: { trivy: ["KSV-0006"], checkov: ["CKV_K8S_27"], kubesec: ["VolumeDockerSock"] },
  find: ({ spec }) =>
    (spec.volumes ?? []).flatMap(({ name = "", hostPath }, index) => {
      const socket = hostPath?.path === undefined ? undefined : runtimeSocketIn(hostPath.path);
      return socket === undefined
        ? []
        : [
            violation(
              undefined,
              ["spec", "volumes", index, "hostPath", "path"],
              `mounts ${socket} with the volume ${shown(name)}`,
              `がボリューム ${shown(name)} で ${socket} をマウントしています`,
            ),
          ];
    }),
  examples: {
    flagged: [
      "{containers: [{name: a, image: a}], volumes: [{name: v, hostPath: {path: /var/run/docker.sock}}]}",
      "{containers: [{name: a, image: a}], volumes: [{name: v, hostPath: {path: /run/containerd/}}]}",
    ],
    clean: ["{containers: [{name: a, image: a}], volumes: [{name: v, hostPath: {path: /run/docker.sock.d}}]}"],
  },
});
