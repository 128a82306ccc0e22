/** What `sekisho guard doctor` looks at. Everything comes from outside as values, so that a test gives it any host. */
import { analyse } from "../../audit/index.ts";
import { type LocalizedText, quoteUntrusted } from "../../base/index.ts";
import { HOST_CHECKS } from "../../checks/index.ts";
import { isAtOrBelow, type Workload } from "../../facts/index.ts";
import { type Diagnosis, type DoctorInputs, plain, RUNTIME_SOCKETS } from "./diagnosis.ts";
import { gateProcesses } from "./gate-process.ts";
import { listeningPorts } from "./listening.ts";
import { checkListeners, checkPolicyFile } from "./policy-listeners.ts";
import { runtimeSockets } from "./runtime-sockets.ts";

/** Looks for ways past the gate. Reads only. */
export function diagnose(inputs: DoctorInputs): readonly Diagnosis[] {
  return [
    socketMounts(inputs),
    fromHostCheck(inputs, "daemon-tcp-without-tls"),
    listeningPorts(inputs),
    runtimeSockets(inputs),
    fromHostCheck(inputs, "host-docker-group-members"),
    gateProcesses(inputs),
    checkListeners(inputs),
    checkPolicyFile(inputs),
  ];
}

/** Characters of a name that are shown. */
const NAME_CHARACTERS_MAX = 100;

const SOCKETS_TITLE: LocalizedText = {
  en: "containers with a socket of the engine or of a runtime",
  ja: "エンジンやランタイムのソケットを持つコンテナ",
};

function socketMounts({ engine, gates }: DoctorInputs): Diagnosis {
  const id = "socket-in-container";
  if (engine === undefined) {
    return { id, status: "unknown", title: SOCKETS_TITLE, found: [] };
  }
  const sockets = [...RUNTIME_SOCKETS, ...(engine.socketPath === undefined ? [] : [plain(engine.socketPath)])];
  const found = engine.workloads.flatMap((workload): LocalizedText[] => {
    if (gates.has(workload.name) || gates.has(workload.id)) {
      return [];
    }
    const name = quoteUntrusted(workload.name, NAME_CHARACTERS_MAX);
    const source = mountedSources(workload).find((path) => sockets.some((socket) => isAtOrBelow(socket, path)));
    if (source !== undefined) {
      const shown = quoteUntrusted(source, NAME_CHARACTERS_MAX);
      return [{ en: `${name}: mounts ${shown}`, ja: `${name}: ${shown} をマウントしています` }];
    }
    return analyse(workload, engine.host).reached.gains.get("engine-api") === "yes"
      ? [{ en: `${name}: reaches the engine's API`, ja: `${name}: エンジン API に到達できます` }]
      : [];
  });
  const status = found.length > 0 ? "bad" : engine.complete ? "ok" : "unknown";
  return {
    id,
    status,
    title: SOCKETS_TITLE,
    found,
    ...(found.length > 0 && {
      advice: {
        en: "give them a socket of the gate; name the gate's own container with --gate",
        ja: "ゲートのソケットに差し替えてください。ゲート自身のコンテナは --gate で指定してください",
      },
    }),
  };
}

/** Paths of the host that a container shows, by its configuration and, of one that was made, by the engine. */
function mountedSources({ config, surroundings }: Workload): readonly string[] {
  const { Binds = [], Mounts = [] } = config.HostConfig;
  const written = [
    ...Binds.map((bind) => bind.split(":", 1)[0] ?? ""),
    ...Mounts.map(({ Source = "" }) => Source),
    ...Mounts.map(({ VolumeOptions }) => VolumeOptions?.DriverConfig?.Options?.["device"] ?? ""),
    ...(surroundings.resolvedMounts ?? []).map(({ source }) => source),
  ];
  const volumes = [...Binds.map((bind) => bind.split(":", 1)[0] ?? ""), ...Mounts.map(({ Source = "" }) => Source)].map(
    (name) => surroundings.volumes?.get(name)?.options?.["device"] ?? "",
  );
  return [...written, ...volumes, ...written.map((path) => surroundings.realPaths?.get(path) ?? "")]
    .filter((path) => path.startsWith("/"))
    .map(plain);
}

/** A check that `sekisho audit` makes of the host, too. */
function fromHostCheck({ engine }: DoctorInputs, id: string): Diagnosis {
  const check = HOST_CHECKS.find((one) => one.id === id);
  const title = check?.title ?? { en: id, ja: id };
  const verdict = engine === undefined ? undefined : check?.examine(engine.daemon);
  switch (verdict?.status) {
    case "fail":
      return {
        id,
        status: "bad",
        title,
        found: [verdict.detail ?? { en: verdict.place.uri, ja: verdict.place.uri }],
        ...(check !== undefined && { advice: check.explanation }),
      };
    case "pass":
      return { id, status: "ok", title, found: [] };
    case "not-applicable":
      return { id, status: "none", title, found: [] };
    default:
      return { id, status: "unknown", title, found: [] };
  }
}
