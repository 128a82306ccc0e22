// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Compose
import assert from "node:assert/strict";
import { posix } from "node:path";
import { describe, test } from "node:test";
import type { ReadProblem } from "../read-result.ts";
import { type ComposeOptions, readCompose, readComposeProject } from "./index.ts";
import { COMPOSE_CHAIN_MAX, COMPOSE_DOCUMENTS_MAX, COMPOSE_FILES_MAX } from "./limits.ts";

const DIRECTORY = "/srv/app";

/** Reads `compose.yaml` of some files below `DIRECTORY`. */
function read(files: Readonly<Record<string, string>>, options: ComposeOptions = {}, names = ["compose.yaml"]) {
  const merged = names.map((name) => ({ uri: `app/${name}`, text: files[name] ?? "" }));
  const { workloads, problems } = readComposeProject(merged, {
    directory: DIRECTORY,
    readFile: (path) => files[posix.relative(DIRECTORY, path)],
    ...options,
  });
  const of = (name: string) => {
    const found = workloads.find((workload) => workload.name === name);
    assert.ok(found, `no service ${name}`);
    return found;
  };
  return { workloads, of, said: problems.map(say) };
}

const say = ({ severity, place, message }: ReadProblem) =>
  `${severity} ${place.uri}:${place.line}:${place.column} ${message.en}`;

const BASE = "services:\n  base:\n    image: nginx\n    cap_add:\n      - SYS_ADMIN\n    privileged: true\n";

describe("places", () => {
  test("what is taken over stands where it was written", () => {
    const { of } = read({
      "compose.yaml":
        "services:\n  web:\n    extends:\n      file: sub/base.yaml\n      service: base\n    cap_add: [NET_RAW]\n",
      "sub/base.yaml": BASE,
    });
    const web = of("web");
    assert.deepEqual(
      ["HostConfig.Privileged", "HostConfig.CapAdd[0]", "HostConfig.CapAdd[1]", "HostConfig.CapAdd", "Config.User"].map(
        (field) => {
          const { uri, line, column } = web.where(field);
          return [uri, line, column];
        },
      ),
      [
        ["app/sub/base.yaml", 6, 17],
        ["app/sub/base.yaml", 5, 9],
        ["app/compose.yaml", 6, 15],
        ["app/compose.yaml", 6, 14],
        ["app/compose.yaml", 2, 3],
      ],
    );
    assert.deepEqual(web.config.HostConfig.CapAdd, ["SYS_ADMIN", "NET_RAW"]);
  });

  test("what a later file writes stands there, and the service where it began", () => {
    const { of } = read(
      {
        "compose.yaml": "services:\n  web:\n    image: nginx\n    privileged: false\n",
        "over.yaml": "x: 1\n\nservices: {web: {privileged: true}}\n",
      },
      {},
      ["compose.yaml", "over.yaml"],
    );
    const web = of("web");
    assert.deepEqual(web.where("HostConfig.Privileged"), {
      uri: "app/over.yaml",
      line: 3,
      column: 30,
      field: "HostConfig.Privileged",
    });
    assert.equal(web.source.line, 2);
    assert.equal(web.id, "app/compose.yaml#web");
  });

  test("a service of an included file stands in that file, and so does what is wrong with it", () => {
    const { of, said } = read({
      "compose.yaml": "include: [../db/db.yaml]\nservices:\n  web: {image: nginx}\n",
      "../db/db.yaml": "services:\n  db:\n    image: postgres\n    cap_add: 5\n",
    });
    assert.equal(of("db").source.uri, "db/db.yaml");
    assert.equal(of("db").source.line, 2);
    assert.deepEqual(said, ["error db/db.yaml:4:14 expected a list"]);
  });

  test("a variable of a file stands in that file", () => {
    const { of } = read({
      "compose.yaml": "services:\n  web: {image: nginx, env_file: [a.env]}\n",
      "a.env": "A=1\n\nDOCKER_HOST=tcp://x:2375\n",
    });
    const { uri, line } = of("web").where("Config.Env[1]");
    assert.deepEqual([uri, line], ["app/a.env", 3]);
  });
});

/** What cannot be followed: what is said of it, and the services of which something is unknown then. */
for (const [name, files, said, unknown] of [
  [
    "a service that is not there",
    { "compose.yaml": "services:\n  web: {extends: base, privileged: true}\n  db: {}\n" },
    ["error app/compose.yaml:2:18 there is no service base to extend in app/compose.yaml"],
    ["web"],
  ],
  [
    "a file that is not there",
    { "compose.yaml": "services:\n  web:\n    extends: {service: x, file: none.yaml}\n  db: {}\n" },
    ["error app/compose.yaml:3:33 the file none.yaml could not be read"],
    ["web"],
  ],
  [
    "itself",
    { "compose.yaml": "services:\n  web: {extends: web}\n" },
    ["error app/compose.yaml:2:18 extends goes round: /srv/app/compose.yaml#web -> /srv/app/compose.yaml#web"],
    ["web"],
  ],
  [
    "a circle of files",
    {
      "compose.yaml": "services:\n  web: {extends: {service: a, file: a.yaml}}\n  db: {}\n",
      "a.yaml": "services:\n  a: {extends: {service: b, file: b.yaml}}\n",
      "b.yaml": "services:\n  b: {extends: {service: a, file: a.yaml}}\n",
    },
    [
      "error app/b.yaml:2:16 extends goes round: /srv/app/compose.yaml#web -> /srv/app/a.yaml#a -> /srv/app/b.yaml#b -> /srv/app/a.yaml#a",
    ],
    ["web"],
  ],
  [
    "a file that is no YAML",
    { "compose.yaml": "services:\n  web: {extends: {service: a, file: a.yaml}}\n", "a.yaml": "services: [\n" },
    [
      "error app/compose.yaml:2:37 the file a.yaml is no Compose file that can be read",
      "error app/a.yaml:2:1 not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["web"],
  ],
  [
    "a file of another kind",
    { "compose.yaml": "services:\n  web: {extends: {service: a, file: a.yaml}}\n", "a.yaml": "kind: Pod\n" },
    ["error app/compose.yaml:2:37 the file a.yaml has no mapping named services"],
    ["web"],
  ],
  ["a service named by a variable", { "compose.yaml": "services:\n  web: {extends: $BASE}\n  db: {}\n" }, [], ["web"]],
  [
    "a number",
    { "compose.yaml": "services:\n  web: {extends: 5}\n" },
    ["error app/compose.yaml:2:18 expected the name of a service, or a mapping with service and file"],
    ["web"],
  ],
  [
    "an artifact",
    { "compose.yaml": "services:\n  web: {extends: {service: a, file: 'oci://docker.io/a/b:1'}}\n" },
    [
      "error app/compose.yaml:2:37 oci://docker.io/a/b:1 lies on another machine; Sekisho fetches nothing, so it is not examined",
    ],
    ["web"],
  ],
] as const) {
  test(`a service that extends ${name} is examined as it stands, and unknown`, () => {
    const result = read(files);
    assert.deepEqual(result.said, said);
    assert.deepEqual(
      result.workloads.filter(({ unresolved }) => unresolved.has("*")).map((workload) => workload.name),
      unknown,
    );
  });
}

test("what is taken over from a service that is itself incomplete is kept", () => {
  const { of } = read({
    "compose.yaml":
      "services:\n  web: {extends: mid}\n  mid: {extends: {service: a, file: none.yaml}, privileged: true}\n",
  });
  assert.equal(of("web").config.HostConfig.Privileged, true);
  assert.ok(of("web").unresolved.has("*"));
});

/** What cannot be included: the services of the file itself are examined. */
for (const [name, include, files, said] of [
  ["a file that is not there", "[none.yaml]", {}, ["error app/compose.yaml:1:11 the file none.yaml could not be read"]],
  [
    "a repository",
    "['https://github.com/a/b.git#main:c']",
    {},
    [
      "error app/compose.yaml:1:11 https://github.com/a/b.git#main:c lies on another machine; Sekisho fetches nothing, so it is not examined",
    ],
  ],
  [
    "itself",
    "[compose.yaml]",
    {},
    ["error app/compose.yaml:1:11 include goes round: /srv/app/compose.yaml -> /srv/app/compose.yaml"],
  ],
  [
    "a circle",
    "[a.yaml]",
    { "a.yaml": "include: [b.yaml]\nservices: {a: {}}\n", "b.yaml": "include: [a.yaml]\nservices: {b: {}}\n" },
    [
      "error app/b.yaml:1:11 include goes round: /srv/app/compose.yaml -> /srv/app/a.yaml -> /srv/app/b.yaml -> /srv/app/a.yaml",
    ],
  ],
  [
    "a file with another service of the same name",
    "[a.yaml]",
    { "a.yaml": "services: {web: {image: other}}\n" },
    [
      "error app/compose.yaml:1:11 the included services.web differs from the one of this file, and Compose refuses that; this file's is examined",
    ],
  ],
  [
    "a variable",
    "[$WHICH]",
    {},
    ["error app/compose.yaml:1:11 which file is included depends on WHICH; it is not examined"],
  ],
  [
    "a mapping without path",
    "[{env_file: x}]",
    {},
    ["error app/compose.yaml:1:11 expected a path, or a mapping with path, project_directory and env_file"],
  ],
  [
    "a missing file of variables",
    "[{path: a.yaml, env_file: none.env}]",
    { "a.yaml": "services: {a: {image: x}}\n" },
    ["error app/compose.yaml:1:36 the file none.env could not be read"],
  ],
] as const) {
  test(`include of ${name} is an error, and the file is examined`, () => {
    const { of, said: actual } = read({
      "compose.yaml": `include: ${include}\nservices:\n  web: {image: nginx, privileged: true}\n`,
      ...files,
    });
    assert.deepEqual(actual, said);
    assert.equal(of("web").config.HostConfig.Privileged, true);
    assert.equal(of("web").unresolved.size, 0);
  });
}

test("a chain of the most steps is followed, and one more is refused", () => {
  const chain = (steps: number) => {
    const links = Array.from({ length: steps }, (_, index) => `  s${index}: {extends: s${index + 1}}\n`);
    return read({ "compose.yaml": `services:\n${links.join("")}  s${steps}: {privileged: true}\n` });
  };
  assert.deepEqual(chain(COMPOSE_CHAIN_MAX).said, []);
  assert.equal(chain(COMPOSE_CHAIN_MAX).of("s0").config.HostConfig.Privileged, true);
  assert.equal(chain(COMPOSE_CHAIN_MAX + 1).said.length, 1);
});

test("includes that multiply end at the most files", () => {
  const files: Record<string, string> = {};
  for (let level = 0; level < 20; level += 1) {
    files[level === 0 ? "compose.yaml" : `l${level}.yaml`] =
      `include: [l${level + 1}.yaml, ./l${level + 1}.yaml]\nservices: {}\n`;
  }
  files["l20.yaml"] = "services: {}\n";
  let asked = 0;
  const result = read(files, {
    readFile: (path) => {
      asked += 1;
      return files[posix.relative(DIRECTORY, path)];
    },
  });
  assert.ok(asked <= COMPOSE_FILES_MAX + 2, `${asked}`);
  assert.match(result.said.join(), /more than 400 files/);
});

test("as many documents as the limit are merged, and one more is refused", () => {
  const documents = (count: number) =>
    Array.from({ length: count }, (_, index) => `services: {web: {cap_add: [C${index}]}}\n`).join("---\n");
  const { of } = read({ "compose.yaml": documents(COMPOSE_DOCUMENTS_MAX) });
  assert.equal(of("web").config.HostConfig.CapAdd?.length, COMPOSE_DOCUMENTS_MAX);
  assert.throws(() => read({ "compose.yaml": documents(COMPOSE_DOCUMENTS_MAX + 1) }), { code: "TOO_LARGE" });
});

test("services that each take over all of the one before are refused before they fill the memory", () => {
  const services = Array.from(
    { length: 4_000 },
    (_, index) => `  s${index}: {extends: s${Math.max(0, index - 1)}x, ports: ['${index + 1}']}`,
  );
  const doubled = Array.from({ length: 40 }, (_, index) => {
    const own = Array.from({ length: 400 }, (__, port) => `'${index * 400 + port + 1}'`).join(",");
    return `  s${index}: {${index > 0 ? `extends: s${index - 1}, ` : ""}ports: [${own}]}`;
  });
  assert.equal(services.length, 4_000);
  const copies = Array.from({ length: 3_000 }, (_, index) => `  c${index}: {extends: s39}`);
  const start = performance.now();
  assert.throws(() => read({ "compose.yaml": `services:\n${[...doubled, ...copies].join("\n")}\n` }), {
    code: "TOO_LARGE",
  });
  assert.ok(performance.now() - start < 10_000);
});

describe("variables", () => {
  const WEB = "services:\n  web:\n    privileged: ${P}\n    user: '${U:-5}'\n";

  test("nothing is known without files of variables", () => {
    const { of, said } = read({ "compose.yaml": WEB });
    assert.deepEqual(
      [...of("web").unresolved],
      [
        ["Config.User", "the value depends on the variable U"],
        ["HostConfig.Privileged", "the value depends on the variable P"],
      ],
    );
    assert.deepEqual(said, []);
  });

  test(".env tells what it sets, and no more", () => {
    const { of } = read({ "compose.yaml": WEB, ".env": "P=true\n" });
    assert.equal(of("web").config.HostConfig.Privileged, true);
    assert.deepEqual([...of("web").unresolved.keys()], ["Config.User"]);
  });

  test("with the caller's environment nothing is left unknown", () => {
    const { of } = read({ "compose.yaml": WEB }, { environment: { P: "true" } });
    assert.deepEqual([of("web").config.Config.User, of("web").config.HostConfig.Privileged], ["5", true]);
    assert.equal(of("web").unresolved.size, 0);
  });

  test("a required variable that is not set is an error with its place and its message", () => {
    const { said } = read(
      { "compose.yaml": "services:\n  web:\n    image: ${IMG:?name ${WHAT:-an image}}\n" },
      { environment: {} },
    );
    assert.deepEqual(said, ["error app/compose.yaml:3:12 the variable IMG has to be set: name an image"]);
  });

  test("a text that is partly known keeps the rest as a template", () => {
    const { of } = read({ "compose.yaml": "services: {web: {volumes: ['${A}:/x:${M}']}}", ".env": "A=/etc\n" });
    const { HostConfig } = of("web").config;
    assert.equal(HostConfig.Mounts?.[0]?.Source, "/etc");
    assert.deepEqual(
      [...of("web").unresolved.keys()],
      ["HostConfig.Mounts[0].ReadOnly", "HostConfig.Mounts[0].BindOptions.Propagation"],
    );
  });

  test("a value is not looked through for variables again", () => {
    const { of } = read({ "compose.yaml": "services: {web: {user: '$A$B'}}", ".env": "A='$C'\n" });
    assert.equal(of("web").config.Config.User, "$$C$B");
    const all = read({ "compose.yaml": "services: {web: {user: '$A'}}" }, { environment: { A: "$C" } });
    assert.equal(all.of("web").config.Config.User, "$C");
  });

  test("a missing --env-file is an error", () => {
    const { said } = read({ "compose.yaml": WEB }, { envFiles: ["none.env"] });
    assert.deepEqual(said, ["error app/compose.yaml:1:1 the file none.env could not be read"]);
  });

  test("a line of .env that sets nothing is an error in that file", () => {
    const { said } = read({ "compose.yaml": WEB, ".env": "P=true\n=x\n" });
    assert.deepEqual(said, ["error app/.env:2:1 this line sets no variable, and Compose refuses it"]);
  });

  test("a variable that is named very often cannot fill the memory", () => {
    const items = Array.from({ length: 2_000 }, () => "$A").join(",");
    assert.throws(
      () => readCompose(`services: {web: {command: [${items}]}}`, "c.yaml", { environment: { A: "x".repeat(20_000) } }),
      { code: "TOO_LARGE" },
    );
  });
});

test("merging values of different kinds is an error, and the later one is examined", () => {
  const { of, said } = read(
    {
      "compose.yaml": "services: {web: {cap_add: [A], privileged: true}}",
      "over.yaml": "services: {web: {cap_add: {B: 1}}}",
    },
    {},
    ["compose.yaml", "over.yaml"],
  );
  assert.match(said[0] ?? "", /^error app\/over.yaml:1:27 this cannot be merged/);
  assert.ok(of("web").unresolved.has("HostConfig.CapAdd"));
});
