/**
 * Workloads that stand there to be found: a web server, a database, a worker. Each carries credentials that nobody uses,
 * different in every installation, so that one that turns up somewhere else tells where it was taken.
 */
import { Random, stableId } from "../state/random.ts";
import type { Machine } from "./machine.ts";

export interface Bait {
  readonly name: "web" | "database" | "worker";
  describe(machine: Machine): BaitContainer;
}

export interface BaitContainer {
  readonly image: string;
  readonly name: string;
  readonly env: readonly string[];
  readonly labels: readonly (readonly [string, string])[];
  /** `HOST:CONTAINER`. */
  readonly ports: readonly string[];
  readonly volume: readonly [name: string, path: string] | undefined;
}

/** A credential that was planted, for `sekisho decoy canary`. */
export interface Canary {
  readonly container: string;
  readonly variable: string;
  readonly value: string;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const AWS_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A secret of the installation by its purpose. */
function secret(machine: Machine, purpose: string, length: number, alphabet = ALPHABET): string {
  return new Random("canary", machine.seed, purpose).letters(alphabet, length);
}

const databasePassword = (machine: Machine): string => secret(machine, "database", 20);

export const BAITS: readonly Bait[] = [
  {
    name: "web",
    describe: (machine) => ({
      image: "nginx:1.25",
      name: `${machine.project}-web-1`,
      env: [
        `APP_SECRET=${stableId("canary", machine.seed, "app").slice(0, 40)}`,
        `API_TOKEN=${secret(machine, "api", 36)}`,
        "APP_ENV=production",
      ],
      labels: compose(machine, "web"),
      ports: ["80:80"],
      volume: undefined,
    }),
  },
  {
    name: "database",
    describe: (machine) => ({
      image: "postgres:15",
      name: `${machine.project}-db-1`,
      env: [
        `POSTGRES_USER=${machine.project}`,
        `POSTGRES_PASSWORD=${databasePassword(machine)}`,
        `POSTGRES_DB=${machine.project}`,
      ],
      labels: compose(machine, "db"),
      ports: [],
      volume: [`${machine.project}_pgdata`, "/var/lib/postgresql/data"],
    }),
  },
  {
    name: "worker",
    describe: (machine) => ({
      image: "redis:7",
      name: `${machine.project}-queue-1`,
      env: [
        `DATABASE_URL=postgres://${machine.project}:${databasePassword(machine)}@${machine.project}-db-1:5432/${machine.project}`,
        `AWS_ACCESS_KEY_ID=AKIA${secret(machine, "aws-id", 16, AWS_ALPHABET)}`,
        `AWS_SECRET_ACCESS_KEY=${secret(machine, "aws-key", 40)}`,
        "AWS_DEFAULT_REGION=eu-central-1",
      ],
      labels: compose(machine, "queue"),
      ports: [],
      volume: undefined,
    }),
  },
];

function compose(machine: Machine, service: string): [string, string][] {
  return [
    ["com.docker.compose.config-hash", stableId("compose", machine.seed, service)],
    ["com.docker.compose.container-number", "1"],
    ["com.docker.compose.oneoff", "False"],
    ["com.docker.compose.project", machine.project],
    ["com.docker.compose.project.config_files", `/opt/${machine.project}/docker-compose.yml`],
    ["com.docker.compose.project.working_dir", `/opt/${machine.project}`],
    ["com.docker.compose.service", service],
    ["com.docker.compose.version", "1.29.2"],
  ];
}

/** Variables of the baits whose values are secrets. */
const SECRET_NAMES = /(?:SECRET|TOKEN|PASSWORD|DATABASE_URL|ACCESS_KEY)/;

/** Every planted credential of an installation. */
export function canariesOf(machine: Machine): Canary[] {
  return BAITS.flatMap((bait) => {
    const described = bait.describe(machine);
    return described.env.flatMap((variable) => {
      const equals = variable.indexOf("=");
      const name = variable.slice(0, equals);
      return SECRET_NAMES.test(name)
        ? [{ container: described.name, variable: name, value: variable.slice(equals + 1) }]
        : [];
    });
  });
}
