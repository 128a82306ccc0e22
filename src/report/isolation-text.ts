import { type Language, quoteUntrusted } from "../base/index.ts";
import {
  CAPABILITIES,
  type ContainerFacts,
  defaultCapabilities,
  type EffectiveMount,
  type HostFacts,
  type Known,
  viewOf,
  visibleSockets,
} from "../facts/index.ts";
import { isolationWords, NAMESPACE_MEANINGS } from "../text/index.ts";
import type { Ink, Paint } from "./terminal/paint.ts";
import { displayWidth, padEnd, wrap } from "./terminal/width.ts";

/** What /proc says of a running container, beside the host's own. Keys are the eight kinds of namespace. */
export interface ObservedNamespaces {
  readonly host: ReadonlyMap<string, string>;
  readonly container: ReadonlyMap<string, string>;
}

/** How the isolation view is written. */
export interface IsolationOptions {
  readonly language: Language;
  readonly columns: number;
  readonly paint: Paint;
  /** Present for a running container on this host. */
  readonly observed?: ObservedNamespaces;
}

/** Column at which the text of a row begins. */
const LABEL_COLUMNS = 16;

/** Most mounts that are shown; a summary line counts the rest. */
const MOUNTS_SHOWN_MAX = 12;

/** The walls between one container and its host on one screen: what holds, and what it would mean if it did not. */
export function isolationToText(facts: ContainerFacts, host: HostFacts, options: IsolationOptions): string {
  const view = new IsolationView(facts, host, options);
  return `${view.write().join("\n")}\n`;
}

class IsolationView {
  readonly #facts: ContainerFacts;
  readonly #host: HostFacts;
  readonly #options: IsolationOptions;
  readonly #lines: string[] = [];

  constructor(facts: ContainerFacts, host: HostFacts, options: IsolationOptions) {
    this.#facts = facts;
    this.#host = host;
    this.#options = options;
  }

  write(): string[] {
    const { workload } = this.#facts;
    this.#lines.push(
      this.#options.paint(quoteUntrusted(`${workload.name}  ${workload.config.Config.Image ?? ""}`, 120), "strong"),
      "",
    );
    this.#namespaces();
    this.#capabilities();
    this.#confinement();
    this.#user();
    this.#mounts();
    this.#ways();
    return this.#lines;
  }

  #heading(text: string): void {
    this.#lines.push(this.#options.paint(text, "strong"));
  }

  #row(label: string, text: string, ink: Ink = "plain"): void {
    const room = Math.max(this.#options.columns - LABEL_COLUMNS - 2, 20);
    const [first = "", ...rest] = wrap(text, room);
    this.#lines.push(`  ${padEnd(label, LABEL_COLUMNS)}${this.#options.paint(first, ink)}`);
    for (const line of rest) {
      this.#lines.push(" ".repeat(LABEL_COLUMNS + 2) + this.#options.paint(line, ink));
    }
  }

  #namespaces(): void {
    const words = isolationWords(this.#options.language);
    this.#heading(words.namespaces);
    for (const kind of ["mnt", "pid", "net", "ipc", "uts", "user", "cgroup", "time"]) {
      const { state, ink } = this.#namespace(kind);
      const meaning = NAMESPACE_MEANINGS[kind]?.[this.#options.language] ?? "";
      this.#row(kind, `${state}${this.#inodes(kind)}: ${meaning}`, ink);
    }
  }

  /** Observed links decide over the configuration; both stand for the same thing and are compared in a test. */
  #namespace(kind: string): { state: string; ink: Ink } {
    const words = isolationWords(this.#options.language);
    const { namespaces, ids } = this.#facts;
    if (kind === "time" || kind === "mnt") {
      return { state: kind === "time" ? words.host : words.own, ink: kind === "time" ? "faint" : "plain" };
    }
    const entry = namespaces[kind as keyof typeof namespaces] as { host: Known; shared: Known } | undefined;
    const host: Known =
      entry === undefined ? (ids.sameIds === "yes" ? "yes" : ids.sameIds === "no" ? "no" : "unknown") : entry.host;
    if (host === "yes") {
      return { state: words.host, ink: kind === "user" || kind === "cgroup" ? "faint" : "open" };
    }
    if (host === "unknown") {
      return { state: words.unknown, ink: "weakened" };
    }
    return entry?.shared === "yes" ? { state: words.shared, ink: "weakened" } : { state: words.own, ink: "plain" };
  }

  #inodes(kind: string): string {
    const { observed } = this.#options;
    const number = (text: string | undefined) => /\[(\d+)\]/.exec(text ?? "")?.[1] ?? "?";
    return observed === undefined
      ? ""
      : ` (${number(observed.host.get(kind))} / ${number(observed.container.get(kind))})`;
  }

  #capabilities(): void {
    const words = isolationWords(this.#options.language);
    const { bounding, identities } = this.#facts;
    const defaults = defaultCapabilities(this.#host);
    const root = identities[0]?.uid0 !== "no";
    this.#heading(`${words.capabilities}  (${words.capabilityLegend})`);
    const names = CAPABILITIES.filter((name) => bounding.has(name) || defaults.has(name));
    const cells = names.map((name) => {
      const marks = `${bounding.has(name) && root ? "e" : "-"}${bounding.has(name) ? "b" : "-"}${defaults.has(name) ? "d" : "-"}`;
      return {
        text: `${marks} ${name}`,
        ink: (bounding.has(name) && !defaults.has(name) ? (root ? "open" : "weakened") : "plain") as Ink,
      };
    });
    const width = Math.max(...cells.map(({ text }) => displayWidth(text)), 10) + 2;
    const perLine = Math.max(Math.floor((this.#options.columns - 2) / width), 1);
    for (let index = 0; index < cells.length; index += perLine) {
      const line = cells
        .slice(index, index + perLine)
        .map(({ text, ink }) => this.#options.paint(padEnd(text, width), ink));
      this.#lines.push(`  ${line.join("").trimEnd()}`);
    }
    if (!root && bounding.size > 0) {
      this.#row("", words.inert, "faint");
    }
  }

  #confinement(): void {
    const words = isolationWords(this.#options.language);
    const { seccomp, lsm, noNewPrivileges, masked, readOnlyPaths } = this.#facts;
    this.#heading(words.confinement);
    const seccompText = {
      off: words.seccompOff,
      default: words.seccompDefault,
      custom: words.seccompCustom,
      unknown: words.unknown,
    }[seccomp.kind];
    this.#row(
      "seccomp",
      seccompText,
      seccomp.kind === "off" ? "open" : seccomp.kind === "default" ? "plain" : "weakened",
    );
    for (const [label, module] of [
      ["AppArmor", lsm.appArmor],
      ["SELinux", lsm.selinux],
    ] as const) {
      const state =
        module.standard === "yes"
          ? words.lsmStandard
          : module.standard === "unknown" || module.custom !== "no"
            ? words.unknown
            : words.lsmOff;
      this.#row(label, state, module.standard === "yes" ? "plain" : "weakened");
    }
    this.#row(
      "no-new-privs",
      noNewPrivileges === "yes" ? words.nnpYes : words.nnpNo,
      noNewPrivileges === "yes" ? "plain" : "weakened",
    );
    const open = masked.paths.length === 0 || readOnlyPaths.paths.length === 0;
    this.#row(words.masked, open ? words.maskedOff : words.maskedDefault, open ? "open" : "plain");
  }

  #user(): void {
    const words = isolationWords(this.#options.language);
    const { identities, ids, workload } = this.#facts;
    const start = identities[0];
    const gids = start === undefined || start.gids.length === 0 ? "?" : start.gids.join(",");
    this.#row(words.identity, `uid ${start?.name ?? "?"} gid ${gids}`, start?.uid0 === "yes" ? "weakened" : "plain");
    const offset = ids.gidOffset === undefined ? "" : ` (0 → ${ids.gidOffset})`;
    this.#row(
      words.idMap,
      ids.sameIds === "no" ? `${words.idMapped}${offset}` : ids.sameIds === "yes" ? words.idSame : words.unknown,
      ids.sameIds === "no" ? "plain" : "weakened",
    );
    const { CgroupParent = "", Memory = 0, PidsLimit = 0 } = workload.config.HostConfig;
    const limit = (label: string, value: number) => `${label} ${value > 0 ? value : words.noLimit}`;
    this.#row(words.limits, `${limit(words.memory, Memory)}; ${limit(words.pids, PidsLimit)}`);
    if (CgroupParent !== "") {
      this.#row(words.cgroupTree, quoteUntrusted(CgroupParent, 80), "weakened");
    }
  }

  #mounts(): void {
    const words = isolationWords(this.#options.language);
    const mounts = this.#facts.mounts.filter((mount) => !mount.plainVolume);
    this.#heading(words.mounts);
    if (mounts.length === 0) {
      this.#row("", words.noMounts);
    }
    for (const mount of mounts.slice(0, MOUNTS_SHOWN_MAX)) {
      const state =
        mount.readOnly === "yes"
          ? mount.recursive === "yes"
            ? words.readOnly
            : words.readOnlyTop
          : mount.readOnly === "no"
            ? words.writable
            : words.unknown;
      this.#row(
        "",
        `${pathOf(mount)} → ${quoteUntrusted(mount.target, 80)}  ${state}`,
        mount.readOnly === "yes" && mount.recursive === "yes" ? "plain" : "weakened",
      );
    }
    if (mounts.length > MOUNTS_SHOWN_MAX) {
      this.#row("", `… +${mounts.length - MOUNTS_SHOWN_MAX}`, "faint");
    }
  }

  #ways(): void {
    const words = isolationWords(this.#options.language);
    const { Devices = [], DeviceCgroupRules = [] } = this.#facts.workload.config.HostConfig;
    const named = [...Devices.map((device) => device.PathOnHost), ...DeviceCgroupRules].filter((text) => text !== "");
    const all = this.#facts.privileged === "yes";
    const devices = all ? words.allDevices : named.length > 0 ? quoteUntrusted(named.join(", "), 300) : words.noDevices;
    this.#row(words.devices, devices, all ? "open" : named.length > 0 ? "weakened" : "plain");
    const identity = this.#facts.identities[0];
    const sockets = identity === undefined ? [] : visibleSockets(viewOf(this.#facts, this.#host, identity));
    this.#row(
      words.sockets,
      sockets.length === 0 ? words.noSockets : sockets.join(", "),
      sockets.length === 0 ? "plain" : "open",
    );
  }
}

const pathOf = (mount: EffectiveMount): string => quoteUntrusted(mount.hostPath ?? "?", 120);
