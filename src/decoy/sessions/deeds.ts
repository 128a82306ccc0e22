import { cleanPath, isAtOrBelow, splitBind } from "../../facts/index.ts";
import { type Act, landingPath, memberOf, type SceneContainer, textOf, wordsOf } from "./acts/index.ts";
import { type Payload, readCommand, readScript, type ShellCommand, type ShellReading } from "./shell/index.ts";

/** Where a command came from. */
export type DeedRole = "container" | "exec" | "stream" | "build" | "file" | "healthcheck" | "query";

/** One command that the visitor wanted run, with the request that it came in. */
export interface Deed {
  readonly act: Act;
  readonly role: DeedRole;
  readonly command: ShellCommand;
  /** The container that it would run in; `undefined` for a build. */
  readonly container: SceneContainer | undefined;
}

/** A decoded text and the request that it came in. */
export interface FoundPayload extends Payload {
  readonly act: Act;
}

/** Everything that was read out of the acts. */
export interface Deeds {
  readonly deeds: readonly Deed[];
  readonly payloads: readonly FoundPayload[];
  /** Comments of scripts: words of the authors about what they do. */
  readonly comments: readonly { readonly act: Act; readonly text: string }[];
}

/** Most commands of one visit. */
export const DEEDS_MAX = 10_000;

/** Most bytes of a file that is read as a script. */
const SCRIPT_FILE_BYTES_MAX = 512 * 1024;

/** Reads every command out of the acts of a visit: container commands, execs, typed lines, builds, copied scripts. */
export function readDeeds(acts: readonly Act[]): Deeds {
  const deeds: Deed[] = [];
  const payloads: FoundPayload[] = [];
  const comments: { act: Act; text: string }[] = [];
  for (const act of acts) {
    for (const { role, reading } of readingsOf(act)) {
      if (deeds.length < DEEDS_MAX) {
        deeds.push(...reading.commands.map((command): Deed => ({ act, role, command, container: act.subject })));
      }
      payloads.push(...reading.payloads.map((payload) => ({ ...payload, act })));
      comments.push(...[...new Set(reading.comments)].map((text) => ({ act, text })));
    }
  }
  return { deeds, payloads, comments };
}

interface RoleReading {
  readonly role: DeedRole;
  readonly reading: ShellReading;
}

function readingsOf(act: Act): readonly RoleReading[] {
  const readings: RoleReading[] = [];
  const surroundings = { environment: environmentOf(act), files: act.subject?.files ?? new Map() };
  if (act.argv.length > 0) {
    const role = act.kind === "create-exec" ? "exec" : "container";
    readings.push({ role, reading: readCommand(act.argv, surroundings) });
  }
  if (act.kind === "create-container" || act.kind === "create-service") {
    readings.push(...fromCreate(act, surroundings));
  }
  if (act.request.stream !== undefined && act.request.stream.length > 0) {
    readings.push({ role: "stream", reading: readScript(typedText(act.request.stream), surroundings) });
  }
  for (const { script, argv } of act.dockerfile?.scripts ?? []) {
    const known = { environment: act.dockerfile?.environment ?? new Map() };
    const reading = argv === undefined ? readScript(script ?? "", known) : readCommand(argv, known);
    readings.push({ role: "build", reading });
  }
  for (const entry of act.archive.filter(({ type, bytes }) => type === "file" && bytes <= SCRIPT_FILE_BYTES_MAX)) {
    const text = entry.data.toString("utf8");
    if (/^#!|^\s*(?:curl|wget|apk|apt-get)\s/.test(text) || /\.(?:sh|bash)$/.test(entry.path)) {
      readings.push({ role: act.kind === "build-image" ? "build" : "file", reading: readScript(text, surroundings) });
    }
  }
  if (act.kind === "unknown") {
    const text = [...act.query.values(), act.request.body?.toString("utf8").slice(0, 65_536) ?? ""].join("\n");
    if (/\b(?:wget|curl|tftp)\b/.test(text)) {
      readings.push({ role: "query", reading: readScript(text.replace(/[&+]/g, " ")) });
    }
  }
  return readings;
}

function fromCreate(act: Act, surroundings: Parameters<typeof readScript>[1]): readonly RoleReading[] {
  const readings: RoleReading[] = [];
  const [kind, ...test] = wordsOf(act.json, "Healthcheck", "Test");
  if (kind === "CMD-SHELL" || kind === "CMD") {
    const reading = kind === "CMD" ? readCommand(test, surroundings) : readScript(test.join(" "), surroundings);
    readings.push({ role: "healthcheck", reading });
  }
  const service = memberOf(act.json, "TaskTemplate", "ContainerSpec");
  const words = [...wordsOf(service, "Command"), ...wordsOf(service, "Args")];
  if (words.length > 0) {
    readings.push({ role: "container", reading: readCommand(words, surroundings) });
  }
  for (const entry of wordsOf(act.json, "Env")) {
    const reading = readCommand(["env", entry.slice(entry.indexOf("=") + 1)], surroundings);
    if (reading.payloads.length > 0) {
      readings.push({ role: "container", reading: { ...reading, commands: reading.commands.slice(1) } });
    }
  }
  return readings;
}

function environmentOf(act: Act): ReadonlyMap<string, string> {
  const entries = [...(act.subject?.workload?.config.Config.Env ?? []), ...wordsOf(act.json, "Env")];
  return new Map(
    entries.flatMap((entry): [string, string][] => {
      const at = entry.indexOf("=");
      return at <= 0 ? [] : [[entry.slice(0, at), entry.slice(at + 1)]];
    }),
  );
}

/** What somebody typed into a terminal: without escape sequences, and with what was rubbed out taken out. */
export function typedText(stream: Buffer): string {
  const plain = stream
    .toString("utf8")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are control characters
    .replace(/\u001b(?:\[[0-9;?]*[A-Za-z~]|O[A-Z]|.)/g, "")
    .replace(/\r\n?/g, "\n");
  const typed: string[] = [];
  for (const sign of plain) {
    if (sign === "\b" || sign === "\u007f") {
      typed.pop();
    } else if (sign === "\u0015" || sign === "\u0003") {
      while (typed.length > 0 && typed.at(-1) !== "\n") {
        typed.pop();
      }
    } else if (sign >= " " || sign === "\n" || sign === "\t") {
      typed.push(sign);
    }
  }
  return typed.join("");
}

/** A directory of the host that a container sees. */
export interface HostMount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** The host's directories in a container: binds, bind mounts, and volumes of the local driver that stand for a path. */
export function hostMountsOf(
  container: SceneContainer | undefined,
  volumes: ReadonlyMap<string, string>,
): readonly HostMount[] {
  const { Binds = [], Mounts = [] } = container?.workload?.config.HostConfig ?? {};
  const fromBinds = Binds.map((bind): HostMount => {
    // A drive of Windows, as Docker Desktop takes it, has a colon of its own.
    const drive = /^[A-Za-z]:(?=[\\/][^:]*:\/)/.exec(bind)?.[0] ?? "";
    const { source, target = "/", options } = splitBind(bind.slice(drive.length));
    const readOnly = options.includes("ro") || options.includes("rro");
    return { source: drive + (volumes.get(source) ?? source), target: cleanPath(target), readOnly };
  });
  const fromMounts = Mounts.map((mount): HostMount => {
    const options = mount.VolumeOptions?.DriverConfig?.Options ?? {};
    const device = mount.Type === "volume" ? (options["device"] ?? volumes.get(mount.Source ?? "")) : mount.Source;
    return { source: device ?? "", target: cleanPath(mount.Target), readOnly: mount.ReadOnly === true };
  });
  return [...fromBinds, ...fromMounts]
    .filter(({ source }) => /^(?:\/|[A-Za-z]:[\\/])/.test(source))
    .map((mount) => ({ ...mount, source: mount.source.startsWith("/") ? cleanPath(mount.source) : mount.source }));
}

/** Volumes that the visitor made of a path of the host, by name. */
export function volumeDevices(acts: readonly Act[]): ReadonlyMap<string, string> {
  const devices = new Map<string, string>();
  for (const { kind, json } of acts) {
    const [name, device] = [textOf(json, "Name"), textOf(json, "DriverOpts", "device")];
    if (kind === "create-volume" && name !== undefined && device !== undefined) {
      devices.set(name, device);
    }
  }
  return devices;
}

/** A path that a command names, and whose it is. */
export interface PlacedPath {
  readonly path: string;
  readonly onHost: boolean;
}

/** The path of the host behind a path that a command names; the path in the container when it lies in no mount. */
export function placePath(deed: Deed, path: string, mounts: readonly HostMount[]): PlacedPath {
  const { root, inHostNamespaces } = deed.command.context;
  const home = path.replace(/^~(?=\/|$)/, "/root");
  const absolute = home.startsWith("/") ? home : `${deed.command.directory.replace(/\/+$/, "")}/${home}`;
  if (inHostNamespaces) {
    return { path: cleanPath(absolute), onHost: true };
  }
  const inside = cleanPath(root + absolute);
  const mount = mounts
    .filter(({ target }) => isAtOrBelow(inside, target))
    .sort((left, right) => right.target.length - left.target.length)[0];
  if (mount === undefined) {
    return { path: root !== "" ? cleanPath(absolute) : inside, onHost: false };
  }
  const rest = inside.slice(mount.target === "/" ? 0 : mount.target.length);
  return { path: mount.source === "/" ? rest || "/" : `${mount.source.replace(/\/+$/, "")}${rest}`, onHost: true };
}

/** Files of an archive with the place where each lands. */
export function landedFiles(act: Act): readonly {
  readonly path: string;
  readonly sha256: string | undefined;
  readonly mode: number;
  readonly data: Buffer;
}[] {
  return act.archive
    .filter(({ type }) => type === "file")
    .map((entry) => ({ path: landingPath(act, entry), sha256: entry.sha256, mode: entry.mode, data: entry.data }));
}
