// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are shell texts
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ContainerConfig, HostConfig, ImageConfig, MountConfig } from "../../facts/index.ts";
import { ReadError } from "../read-result.ts";
import { DOCKER_FLAGS } from "./docker-flags.ts";
import { joinArguments, readRunArguments, readRunLine } from "./index.ts";
import { RUN_TEXT_CHARACTERS_MAX } from "./limits.ts";

/** A sixteenth of the longest text: enough for a reader that takes the square of it to need minutes. */
const LONG_TEXT_CHARACTERS = RUN_TEXT_CHARACTERS_MAX / 16;

/** Far above what such a text takes (tens of milliseconds) and far below its square. */
const READ_MS_MAX = 3_000;

const word = fc.stringMatching(/^[a-zA-Z0-9][\w .'"$`\\;&|<>(){}*?#~!=-]{0,8}$/);
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
const unique = <T>(arbitrary: fc.Arbitrary<T>) => fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3 });
const capability = fc.constantFrom("ALL", "CAP_NET_RAW", "CAP_SYS_ADMIN", "CAP_SYS_PTRACE");
const dictionary = fc.dictionary(name, word, { minKeys: 1, maxKeys: 3 }).map((map) => ({ ...map }));

const mount: fc.Arbitrary<MountConfig> = fc.record(
  {
    Type: fc.constant("bind"),
    Source: path,
    Target: path,
    ReadOnly: fc.constant(true),
    BindOptions: fc.record({ Propagation: fc.constantFrom("rslave", "rshared", "rprivate") }),
  },
  { requiredKeys: ["Type", "Source", "Target"] },
);

const config: fc.Arbitrary<ImageConfig> = fc.record(
  {
    Image: fc.constantFrom("alpine", "registry.example:5000/a/b:1"),
    User: word,
    Env: unique(name).chain((names) => fc.tuple(...names.map((key) => word.map((value) => `${key}=${value}`)))),
    Cmd: fc.array(
      fc.string({ maxLength: 8 }).map((text) => text.replaceAll("\0", "")),
      { minLength: 1, maxLength: 4 },
    ),
    Entrypoint: fc.tuple(word),
    Volumes: unique(path),
    Labels: dictionary,
    Tty: fc.boolean(),
  },
  { requiredKeys: ["Image"] },
);

const hostConfig: fc.Arbitrary<HostConfig> = fc.record(
  {
    Privileged: fc.boolean(),
    ReadonlyRootfs: fc.boolean(),
    CapAdd: unique(capability).map((list) => list.toSorted()),
    CapDrop: unique(capability).map((list) => list.toSorted()),
    Binds: unique(
      fc
        .tuple(path, path, fc.constantFrom("", ":ro", ":rslave,z"))
        .map((parts) => `${parts[0]}:${parts[1]}${parts[2]}`),
    ),
    Mounts: fc.array(mount, { minLength: 1, maxLength: 2 }),
    Tmpfs: dictionary,
    VolumesFrom: unique(name),
    SecurityOpt: unique(
      fc.constantFrom("no-new-privileges", "apparmor=unconfined", "label=disable", "seccomp=unconfined"),
    ),
    PidMode: fc.constantFrom("host", "container:a"),
    IpcMode: fc.constantFrom("host", "shareable"),
    NetworkMode: fc.constantFrom("host", "none", "backend"),
    UsernsMode: fc.constant("host"),
    GroupAdd: unique(name),
    Memory: fc.integer({ min: 0, max: 2 ** 40 }),
    NanoCpus: fc.integer({ min: 0, max: 64_000 }).map((milli) => milli * 1_000_000),
    PidsLimit: fc.integer({ min: -1, max: 10_000 }),
    Sysctls: fc.record({ "net.core.somaxconn": name }),
    DeviceCgroupRules: unique(fc.constantFrom("c 1:* rwm", "b *:* rw")),
  },
  { requiredKeys: [] },
);

/** The flag of a field that holds one value. */
const SINGLE: Readonly<Record<string, string>> = {
  User: "--user",
  Entrypoint: "--entrypoint",
  Tty: "--tty",
  Privileged: "--privileged",
  ReadonlyRootfs: "--read-only",
  PidMode: "--pid",
  IpcMode: "--ipc",
  NetworkMode: "--network",
  UsernsMode: "--userns",
  Memory: "--memory",
  PidsLimit: "--pids-limit",
};
/** The flag of a field that holds a list. */
const REPEATED: Readonly<Record<string, string>> = {
  Env: "-e",
  Volumes: "-v",
  CapAdd: "--cap-add",
  CapDrop: "--cap-drop",
  Binds: "-v",
  VolumesFrom: "--volumes-from",
  SecurityOpt: "--security-opt",
  GroupAdd: "--group-add",
  DeviceCgroupRules: "--device-cgroup-rule",
};
/** The flag of a field that holds a map, and what stands between key and value. */
const MAPPED: Readonly<Record<string, readonly [flag: string, separator: string]>> = {
  Labels: ["--label", "="],
  Tmpfs: ["--tmpfs", ":"],
  Sysctls: ["--sysctl", "="],
};

/** The words of a run line with this configuration. */
function render({ Config, HostConfig }: ContainerConfig): string[] {
  const words: string[] = [];
  for (const [field, value] of [...Object.entries(Config), ...Object.entries(HostConfig)]) {
    const single = SINGLE[field];
    const repeated = REPEATED[field];
    const mapped = MAPPED[field];
    if (single !== undefined) {
      words.push(`${single}=${String(value)}`);
    } else if (repeated !== undefined) {
      words.push(...(value as readonly string[]).flatMap((entry) => [repeated, entry]));
    } else if (mapped !== undefined) {
      words.push(
        ...Object.entries(value as object).flatMap(([key, text]) => [mapped[0], `${key}${mapped[1]}${String(text)}`]),
      );
    } else if (field === "Mounts") {
      words.push(...(value as readonly MountConfig[]).flatMap((entry) => ["--mount", renderMount(entry)]));
    } else if (field === "NanoCpus") {
      words.push("--cpus", String((value as number) / 1e9));
    }
  }
  return ["docker", "run", ...words, Config.Image ?? "", ...(Config.Cmd ?? [])];
}

function renderMount({ Type, Source, Target, ReadOnly, BindOptions }: MountConfig): string {
  const propagation = BindOptions?.Propagation;
  return [
    `type=${Type}`,
    `source=${Source ?? ""}`,
    `target=${Target}`,
    ...(ReadOnly === true ? ["readonly"] : []),
    ...(propagation === undefined ? [] : [`bind-propagation=${propagation}`]),
  ].join(",");
}

test("a configuration written as a line and read back is the same", () => {
  fc.assert(
    fc.property(config, hostConfig, (Config, HostConfig) => {
      const words = render({ Config, HostConfig });
      const fromWords = readRunArguments(words, "words");
      const fromLine = readRunLine(joinArguments(words).line, "line");
      for (const { workloads, problems } of [fromWords, fromLine]) {
        assert.deepEqual(problems, []);
        assert.deepEqual(workloads[0]?.config, JSON.parse(JSON.stringify({ Config, HostConfig })));
        assert.deepEqual([...(workloads[0]?.unresolved.keys() ?? [])], []);
      }
    }),
    { numRuns: 500 },
  );
});

test("quoted words come back from the shell text as they were", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (words) => {
      const { workloads } = readRunLine(joinArguments(["docker", "run", "x", ...words]).line, "line");
      assert.deepEqual(workloads[0]?.config.Config.Cmd ?? [], words);
    }),
  );
});

test("a line and its split words give the same configuration", () => {
  const flag = fc.constantFrom(
    ...DOCKER_FLAGS.filter((entry) => entry.name !== "help").map((entry) => `--${entry.name}`),
  );
  const words = fc.array(
    fc.oneof(
      flag,
      word,
      path,
      fc.tuple(flag, word).map(([left, right]) => `${left}=${right}`),
    ),
  );
  fc.assert(
    fc.property(words, (rest) => {
      const split = ["docker", "run", ...rest];
      const fromWords = readRunArguments(split, "x");
      const fromLine = readRunLine(joinArguments(split).line, "x");
      assert.deepEqual(fromLine.problems, fromWords.problems);
      assert.deepEqual(
        fromLine.workloads.map((line) => line.config),
        fromWords.workloads.map((line) => line.config),
      );
    }),
    { numRuns: 1_000 },
  );
});

/** Reads a text; the only way out besides a result is a coded error. */
function readSafely(text: string): void {
  try {
    const { workloads, problems } = readRunLine(text, "fuzz", { workingDirectory: "/w", readFile: () => text });
    for (const workload of workloads) {
      for (const field of [
        "Config.Image",
        "HostConfig.Binds[0]",
        "HostConfig.Mounts[9].Source",
        "",
        "].[",
        ...workload.unresolved.keys(),
      ]) {
        const { line = 0, column = 0 } = workload.where(field);
        assert.ok(line >= 1 && column >= 1 && workload.whereFlag(field).uri === "fuzz");
      }
    }
    assert.ok(problems.every(({ place }) => (place.line ?? 0) >= 1 && (place.column ?? 0) >= 1));
  } catch (error) {
    assert.ok(error instanceof ReadError, String(error));
  }
}

const fragment = fc.oneof(
  fc.constantFrom(
    ..."docker podman run create container -it -v --mount --cap-add --privileged= --device -p --gpus -- x".split(" "),
  ),
  fc.constantFrom(
    " ",
    "\n",
    "\\\n",
    "'",
    '"',
    "`",
    "$(",
    ")",
    "${",
    "}",
    "$",
    "$'",
    "<<",
    "<",
    ">",
    "#",
    ";",
    "&",
    "|",
    "{",
    ",",
    "~",
    "*",
  ),
  fc.constantFrom(
    "type=bind,src=",
    "/a:/b",
    "$HOME",
    "=",
    ":",
    "sudo ",
    "A=1 ",
    "toString",
    "__proto__",
    "\r\n",
    "\0",
    "\ud800",
  ),
  fc.constantFrom(...DOCKER_FLAGS.map((entry) => `--${entry.name} `)),
  fc.string({ maxLength: 4 }),
);

test("no text makes the reader fail otherwise than with a coded error", () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 40 }), (parts) => {
      readSafely(parts.join(""));
      readSafely(`docker run ${parts.join(" ")}`);
    }),
    { numRuns: 3_000 },
  );
});

for (const unit of [
  ..."aʘ $ ' \" ` \\ { } ( ) < > # ; & | ~ * ? = : , / - _ 1 . \n \r \t".split(" ").filter((text) => text !== ""),
  ...[
    "$(",
    "${",
    "$((",
    "$a",
    "${a}",
    "`a`",
    "{,}",
    "/*",
    "<<E\n",
    "-v a ",
    "-d",
    "a:",
    ":a",
    "-i'i'",
    '"$a"',
    "'' ",
    "$OPTS ",
    "-p 1 ",
  ],
  ...[
    "-v$A:",
    "type=",
    "src=$a,",
    '"",',
    "docker run x\n",
    "docker run ",
    "A=1 ",
    "@a",
    "--mount a ",
    "-l a ",
    "--x ",
    "sudo ",
    "a\\\n",
  ],
]) {
  test(`a long text of ${JSON.stringify(unit)} is read in time`, () => {
    for (const start of [
      "",
      "docker run ",
      "docker create -d",
      "docker run -v ",
      "docker run --mount ",
      "docker run -m ",
      "podman run --cap-add ",
    ]) {
      const text = start + unit.repeat(Math.floor(LONG_TEXT_CHARACTERS / unit.length));
      const started = performance.now();
      readSafely(text);
      assert.ok(performance.now() - started < READ_MS_MAX);
    }
  });
}
