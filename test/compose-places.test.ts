import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sekisho, testFolder } from "./support/cli.ts";

const FOLDER = testFolder("compose-places");

const COMPOSE = `services:
  other:
    image: x
  web:
    image: nginx
    privileged: true
    cap_add:
      - CHOWN
      - SYS_ADMIN
    security_opt: ["seccomp:unconfined"]
    volumes:
      - data:/data
      - /var/run/docker.sock:/var/run/docker.sock
volumes: {data: {}}
`;

/** What an engine says of the service, and of the files that it was made from. */
const inspected = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify([
    {
      Id: "0123456789ab".repeat(5).slice(0, 64),
      Name: "/p-web-1",
      State: { Running: true, Pid: 1 },
      Config: { Image: "nginx", User: "", Labels: labels },
      HostConfig: {
        Privileged: true,
        CapAdd: ["CAP_SYS_ADMIN", "CAP_CHOWN"],
        SecurityOpt: ["seccomp=unconfined"],
        Binds: ["/etc/other:/o:rw", "/var/run/docker.sock:/var/run/docker.sock:rw"],
        NetworkMode: "p_default",
      },
    },
  ]);

const labelled = (files: string, directory: string) => ({
  "com.docker.compose.project.config_files": files,
  "com.docker.compose.project.working_dir": directory,
  "com.docker.compose.service": "web",
});

interface SarifResult {
  readonly ruleId: string;
  readonly suppressions?: readonly unknown[];
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region?: { readonly startLine: number };
      };
    },
  ];
}

async function resultsOf(name: string, document: string): Promise<readonly SarifResult[]> {
  const file = join(FOLDER, name);
  writeFileSync(file, document);
  const { stdout } = await sekisho(["audit", file, "-f", "sarif"]);
  return (JSON.parse(stdout) as { runs: readonly [{ results: readonly SarifResult[] }] }).runs[0].results;
}

const placeOf = (results: readonly SarifResult[], rule: string): string => {
  const { artifactLocation, region } =
    results.find(({ ruleId }) => ruleId === rule)?.locations[0].physicalLocation ?? {};
  return `${artifactLocation?.uri.split("/").at(-1)}:${region?.startLine}`;
};

test("a container that Compose made is reported at the line of its file", async () => {
  mkdirSync(join(FOLDER, "project"));
  const compose = join(FOLDER, "project", "compose.yaml");
  writeFileSync(compose, COMPOSE);
  const cases = [labelled(compose, join(FOLDER, "project")), labelled("compose.yaml", join(FOLDER, "project"))];
  for (const labels of cases) {
    const results = await resultsOf("inspect.json", inspected(labels));
    assert.equal(placeOf(results, "privileged-flag"), "compose.yaml:6");
    assert.equal(placeOf(results, "sock-docker"), "compose.yaml:13");
    assert.equal(placeOf(results, "new-privileges-allowed"), "compose.yaml:10");
    assert.equal(placeOf(results, "seccomp-off"), "compose.yaml:6", "privileged switches it off first");
    assert.equal(placeOf(results, "runs-as-root"), "compose.yaml:4", "what is not written: the service");
  }
});

test("labels that lead nowhere leave the places where they are", async () => {
  const elsewhere = join(FOLDER, "notes.txt");
  writeFileSync(elsewhere, "no compose: [");
  for (const labels of [
    {},
    labelled("/nonexistent/compose.yaml", "/nonexistent"),
    labelled(elsewhere, FOLDER),
    labelled("compose.yaml", "relative"),
    { ...labelled(join(FOLDER, "project", "compose.yaml"), FOLDER), "com.docker.compose.service": "nobody" },
  ]) {
    assert.match(placeOf(await resultsOf("inspect.json", inspected(labels)), "privileged-flag"), /^inspect\.json:/);
  }
});

test("a comment in a file that only a label names makes no exception", async () => {
  const compose = join(FOLDER, "quiet.yaml");
  writeFileSync(
    compose,
    COMPOSE.replace("privileged: true", "privileged: true # sekisho:ignore privileged-flag because"),
  );
  const results = await resultsOf("inspect.json", inspected(labelled(compose, FOLDER)));
  const found = results.find(({ ruleId }) => ruleId === "privileged-flag");
  assert.equal(placeOf(results, "privileged-flag"), "quiet.yaml:6");
  assert.equal(found?.suppressions, undefined);
});

test("a baseline holds however the path of the file is spelled", async () => {
  writeFileSync(join(FOLDER, "a.yml"), COMPOSE);
  const baseline = join(FOLDER, "baseline.json");
  const run = (...args: readonly string[]) => sekisho(["audit", ...args], { cwd: FOLDER });
  assert.equal((await run("a.yml", "--write-baseline", baseline)).status, 1);
  for (const spelled of [
    "a.yml",
    "./a.yml",
    "project/../a.yml",
    join(FOLDER, "a.yml"),
    `../${FOLDER.split("/").at(-1)}/a.yml`,
  ]) {
    const { status, stdout } = await run(spelled, "--baseline", baseline);
    assert.equal(status, 0, `${spelled}\n${stdout}`);
  }
  assert.equal((await run("project", "--baseline", baseline)).status, 1, "another file");
});
