/** One installation: a machine that differs from every other in each value that identifies it. */
import { Random } from "../state/random.ts";
import type { KernelBuild, Persona } from "./persona.ts";

export interface Machine {
  readonly seed: string;
  readonly hostname: string;
  readonly kernel: KernelBuild;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly address: string;
  readonly gateway: string;
  readonly resolver: string;
  /** `ID` of `/info`: twelve groups of four. */
  readonly engineId: string;
  /** Milliseconds since 1970. */
  readonly installedAt: number;
  readonly bootedAt: number;
  readonly engineStartedAt: number;
  /** What the site is called in names of containers and in planted secrets. */
  readonly project: string;
  readonly fileSystem: string;
}

const ROLES = [
  "web",
  "app",
  "docker",
  "node",
  "prod",
  "build",
  "worker",
  "backend",
  "svc",
  "ci",
  "stage",
  "api",
] as const;
const SITES = ["fra", "ams", "nyc", "sgp", "lon", "tyo", "iad", "hel", "par", "sfo"] as const;
const PROJECTS = [
  "storefront",
  "billing",
  "inventory",
  "portal",
  "ledger",
  "booking",
  "catalog",
  "helpdesk",
  "reporting",
  "payroll",
  "delivery",
  "newsletter",
  "insights",
  "shipping",
  "orders",
  "members",
] as const;

/** RFC 4648 alphabet, which libtrust's ids are written in. */
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const DAY_MS = 86_400_000;
const GIB = 1024 ** 3;

/** Invents the machine that a seed stands for; `firstSeen` is when the decoy was started for the first time. */
export function inventMachine(seed: string, persona: Persona, firstSeen: number): Machine {
  const random = new Random("machine", seed);
  const installedAt = firstSeen - random.between(40, 400) * DAY_MS - random.below(DAY_MS);
  const bootedAt = firstSeen - random.between(6, 35) * DAY_MS - random.below(DAY_MS);
  const address = `${random.pick(["10", "172.31", "192.168", "10.0", "10.10"])}`;
  const groups = 4 - address.split(".").length;
  const full = [address, ...Array.from({ length: groups }, () => random.between(2, 250))].join(".");
  return {
    seed,
    hostname: inventHostname(random, full),
    kernel: random.pick(persona.kernels),
    cpus: random.pick([2, 2, 4, 4, 8, 8, 16]),
    memoryBytes:
      Math.round(((random.pick([4, 8, 8, 16, 16, 32]) - 0.1 - random.fraction() * 0.15) * GIB) / 4096) * 4096,
    address: full,
    gateway: full.replace(/\d+$/, "1"),
    resolver: random.pick([full.replace(/\d+$/, "1"), "127.0.0.53", full.replace(/\d+$/, "2")]),
    engineId: Array.from({ length: 12 }, () => random.letters(BASE32, 4)).join(":"),
    installedAt,
    bootedAt,
    engineStartedAt: bootedAt + random.between(8_000, 40_000),
    project: random.pick(PROJECTS),
    fileSystem: random.pick(["extfs", "extfs", "xfs"]),
  };
}

function inventHostname(random: Random, address: string): string {
  const role = random.pick(ROLES);
  const number = String(random.between(1, 24)).padStart(2, "0");
  switch (random.below(5)) {
    case 0:
      return `ip-${address.replaceAll(".", "-")}`;
    case 1:
      return `${role}${number}`;
    case 2:
      return `${role}-${number}-${random.pick(SITES)}`;
    case 3:
      return `vps-${random.hex(8)}`;
    default:
      return `${random.pick(PROJECTS)}-${role}-${number}`;
  }
}
