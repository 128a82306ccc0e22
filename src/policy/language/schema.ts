import { z } from "zod";
import { GAINS } from "../../findings/index.ts";
import { PATTERN_CHARACTERS_MAX } from "./pattern.ts";
import { expandVerb, VERB_GROUPS, VERB_IDS } from "./verbs.ts";

/** Clients of one policy. Each may have a listener of its own. */
export const CLIENTS_MAX = 64;

/** Entries of one list of a policy. */
export const LIST_ENTRIES_MAX = 256;

/** Rules in CEL of one client: each is evaluated for each request that it is about. */
export const EXPRESSION_RULES_MAX = 32;

/** Characters of one expression. */
export const EXPRESSION_CHARACTERS_MAX = 2_000;

const text = z.string().min(1).max(PATTERN_CHARACTERS_MAX);
const list = <T extends z.ZodType>(item: T) => z.array(item).max(LIST_ENTRIES_MAX);
const bytes = z.union([
  z.int().nonnegative(),
  // Both cases spelt out: a JSON Schema has no flag for them.
  z.string().regex(/^\d{1,12}([kmgtKMGT][iI]?[bB]?|[bB])?$/, "a size such as 512MB, 2GiB or a number of bytes"),
]);

/** What stands before `.*` in a pattern of verbs. */
const VERB_OBJECTS = [...new Set(VERB_IDS.filter((id) => id.includes(".")).map((id) => id.split(".", 1)[0]))];

// What a function decides is said to editors in the words of JSON Schema as well.
const verbWord = text
  .refine((word) => expandVerb(word).length > 0, { error: "no such verb: see docs/guard/policy.md for the list" })
  .meta({ enum: [...Object.keys(VERB_GROUPS), ...VERB_OBJECTS.map((object) => `${object}.*`), ...VERB_IDS] });

const gainName = z
  .string()
  .refine((name) => GAINS.some((gain) => gain.id === name), {
    error: "no such gain: see docs/reference/gains.md for the list",
  })
  .meta({ enum: GAINS.map((gain) => gain.id) });

const hostPath = text.regex(/^\//, "a path of the host begins with /");

const listener = z.union([
  text,
  z.strictObject({
    address: text.describe("unix:///PATH or tcp://HOST:PORT"),
    mode: z
      .string()
      .regex(/^0?[0-7]{3}$/)
      .optional()
      .describe("mode of the socket, as an octal number: 0660"),
    owner: z.union([text, z.int().nonnegative()]).optional(),
    group: z.union([text, z.int().nonnegative()]).optional(),
    insecurePlainTcp: z.boolean().optional().describe("TCP without TLS on an address that is not loopback"),
  }),
]);

const identity = z.strictObject({
  certificateKey: list(text).optional().describe("SHA-256 of the public key of a client's certificate, as hex"),
  commonName: list(text).optional(),
  subjectAltName: list(text).optional(),
  organizationalUnit: list(text).optional(),
});

const images = z.strictObject({
  use: list(text).optional().describe("patterns of images that containers may be made from; none: any image"),
  digest: z.enum(["required", "optional"]).optional(),
  write: list(text).optional().describe("patterns of names that tag, commit, build, import and push may write"),
  registries: list(text).optional().describe("registries that pull and push may talk to; docker.io is Docker Hub"),
});

const mount = z.strictObject({
  path: hostPath,
  access: z.enum(["read-only", "read-write"]),
  propagation: list(z.enum(["private", "rprivate", "slave", "rslave", "shared", "rshared"])).optional(),
  sockets: z.boolean().optional().describe("the path may be a socket"),
  forceReadOnly: z.boolean().optional().describe("make a bind read-only that asks for more, instead of refusing it"),
});

const limits = z.strictObject({
  memory: bytes.optional().describe("most memory of one container"),
  cpus: z.number().positive().optional().describe("most CPUs of one container"),
  pids: z.int().positive().optional(),
  shm: bytes.optional(),
  containers: z.int().positive().optional().describe("most containers of this client at once, running or not"),
  requestsPerSecond: z.number().positive().optional(),
  requestBurst: z.int().positive().optional(),
  bodyBytes: bytes.optional(),
  memoryRequired: z.boolean().optional().describe("refuse a container without a memory limit instead of setting it"),
});

const defaults = z.strictObject({
  noNewPrivileges: z.boolean().optional(),
  capDrop: list(text).optional(),
  memory: bytes.optional(),
  pids: z.int().positive().optional(),
  readOnlyRootfs: z.boolean().optional(),
});

const expressionRule = z.strictObject({
  name: text,
  verbs: list(verbWord).optional().describe("none: every verb"),
  require: text.max(EXPRESSION_CHARACTERS_MAX).optional().describe("CEL; false or an error refuses the request"),
  permit: text.max(EXPRESSION_CHARACTERS_MAX).optional().describe("CEL; true lifts the refusals of `waives`"),
  waives: list(text).optional().describe("rules (`mounts`, `devices`, …) or gains that `permit` lifts"),
  message: z.union([text, z.strictObject({ en: text, ja: text })]).optional(),
});

const namespaces = z.enum(["pid", "ipc", "network", "uts", "user", "cgroup"]);

/** The rules of one client, as they are written. Every section may be left out. */
export const CLIENT_SCHEMA = z.strictObject({
  preset: text.optional().describe("start from a preset; sections below replace the preset's"),
  mode: z.enum(["enforce", "shadow"]).optional(),
  listen: list(listener).optional(),
  identity: identity.optional(),
  json: z
    .enum(["strict", "tolerant"])
    .optional()
    .describe(
      "strict refuses duplicate and unknown keys; tolerant drops what the engine would not use and writes the rest anew",
    ),
  allow: list(verbWord).optional(),
  deny: list(verbWord).optional(),
  own: z.enum(["only", "any"]).optional(),
  images: images.optional(),
  mounts: list(mount).optional(),
  volumes: z
    .strictObject({ use: list(text).optional(), drivers: list(text).optional() })
    .optional()
    .describe("named volumes: patterns of names, and drivers"),
  capabilities: list(text).optional().describe("capabilities that may be added beyond the default ones"),
  devices: list(
    z.strictObject({
      path: text,
      access: z
        .string()
        .regex(/^[rwm]{1,3}$/)
        .optional(),
    }),
  ).optional(),
  deviceRequests: list(text).optional().describe("drivers or capabilities of device requests, such as gpu"),
  namespaces: z
    .strictObject({ host: list(namespaces).optional(), join: z.enum(["none", "own", "any"]).optional() })
    .optional(),
  networks: z
    .strictObject({
      use: list(text).optional().describe("patterns of names of networks; none: any"),
      drivers: list(text).optional().describe("drivers of networks that may be made or joined"),
    })
    .optional(),
  ports: z
    .strictObject({
      publish: z.enum(["none", "loopback", "any"]),
      range: z
        .string()
        .regex(/^\d{1,5}-\d{1,5}$/)
        .optional()
        .describe("host ports, such as 1024-65535"),
    })
    .optional(),
  confinement: z
    .strictObject({
      seccomp: z.enum(["default", "any"]).optional(),
      appArmor: list(text).optional().describe("further profiles that may be named"),
      selinuxTypes: list(text).optional(),
      maskedPaths: z.enum(["default", "any"]).optional(),
    })
    .optional(),
  runtimes: list(text).optional(),
  cgroupParents: list(text).optional(),
  annotations: list(text).optional().describe("patterns of annotations that are handed to the runtime"),
  logDrivers: list(text).optional(),
  sysctls: list(text).optional(),
  restart: z.boolean().optional().describe("containers may start again by themselves"),
  limits: limits.optional(),
  defaults: defaults.optional(),
  environment: z
    .strictObject({
      allow: list(text).optional(),
      deny: list(text).optional(),
      hide: z.boolean().optional().describe("hide values in answers"),
    })
    .optional(),
  labels: z.strictObject({ allow: list(text).optional(), deny: list(text).optional() }).optional(),
  build: z
    .strictObject({
      remote: list(text).optional().describe("patterns of addresses that a build may fetch its context from"),
      network: list(z.enum(["default", "none", "bridge", "named"])).optional(),
    })
    .optional(),
  gains: z.strictObject({ allow: list(gainName).optional() }).optional(),
  rules: z.array(expressionRule).max(EXPRESSION_RULES_MAX).optional(),
});

/** A whole policy, as it is written. */
export const POLICY_SCHEMA = z.strictObject({
  version: z.literal(1),
  language: z.enum(["en", "ja"]).optional(),
  clients: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, "a name of small letters, digits, . _ and -"),
      CLIENT_SCHEMA,
    )
    .refine((clients) => Object.keys(clients).length > 0, { error: "a policy needs at least one client" })
    .refine((clients) => Object.keys(clients).length <= CLIENTS_MAX, { error: `more than ${CLIENTS_MAX} clients` })
    .meta({ minProperties: 1, maxProperties: CLIENTS_MAX }),
});

export type WrittenClient = z.infer<typeof CLIENT_SCHEMA>;
export type WrittenPolicy = z.infer<typeof POLICY_SCHEMA>;

/** The JSON Schema of a policy file, for editors. */
export const policyJsonSchema = (): unknown => z.toJSONSchema(POLICY_SCHEMA, { io: "input" });
