// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are shell texts
import assert from "node:assert/strict";
import { test } from "node:test";
import { ReadError } from "../read-result.ts";
import { readRunArguments, readRunLine } from "./index.ts";
import {
  DRAWN_FILE_CHARACTERS_MAX,
  PROBLEMS_MAX,
  PUBLISHED_PORTS_MAX,
  RUN_LINES_MAX,
  RUN_TEXT_CHARACTERS_MAX,
  SPLIT_UNKNOWN_PARTS_MAX,
} from "./limits.ts";

const hasCode = (code: string) => (error: unknown) => error instanceof ReadError && error.code === code;

/** Only line of a text. */
function only(text: string, surroundings = {}) {
  const { workloads, problems } = readRunLine(text, "run.sh", surroundings);
  assert.equal(workloads.length, 1);
  const [workload] = workloads;
  assert.ok(workload !== undefined);
  return { ...workload, problems };
}

// Where a run line is found, and where none is.
for (const [text, names] of [
  ["docker run a", ["a"]],
  ["docker container run a", ["a"]],
  ["docker create a; docker container create b", ["a", "b"]],
  ["podman run a && podman create b", ["a", "b"]],
  ["/usr/bin/docker run a", ["a"]],
  ["docker -H tcp://x:1 --context=c -D run a", ["a"]],
  ["docker --tls -l debug container run a", ["a"]],
  ["$ docker run a", ["a"]],
  ["$ sudo docker run a\n$ docker run b", ["a", "b"]],
  ["root@host:~# docker run a", ["a"]],
  ["[root@host ~]# docker run a", ["a"]],
  ["sudo -E -u root docker run a", ["a"]],
  ["sudo A=1 docker run a", ["a"]],
  ["A=1 B='2 3' docker run a", ["a"]],
  ["env -u A B=1 docker run a", ["a"]],
  ["exec nohup timeout 5 docker run a", ["a"]],
  ["if true; then docker run a; else docker run b; fi", ["a", "b"]],
  ["for x in 1 2; do docker run a; done", ["a"]],
  ["f() { docker run a; }", ["a"]],
  ["case $x in y) docker run a;; esac", ["a"]],
  ["! docker run a", ["a"]],
  ["id=$(docker run -d a)", ["a"]],
  ["docker rm `docker run -d a`", ["a"]],
  ["echo x | docker run -i a", ["a"]],
  ["docker run a # docker run b", ["a"]],
  ["# docker run b\ndocker run a", ["a"]],
  ["docker run a \\\r\n  b\r\n", ["a"]],
  ["ExecStart=-/usr/bin/docker run \\\n  --rm a", ["a"]],
  ["$DOCKER run a; ${CONTAINER_ENGINE:-docker} run b", ["a", "b"]],
  ["docker run --name web a; docker run --name web b; docker run --name web-2 c", ["web", "web", "web-2"]],
  ["docker ps; docker run a; docker exec a sh; docker compose run b", ["a"]],
  ["mydocker run b; docker run a", ["a"]],
  ["$OTHER run b; docker run a", ["a"]],
] as const) {
  test(`${JSON.stringify(text)} holds ${names.join(" and ")}`, () => {
    const { workloads, problems } = readRunLine(text, "run.sh");
    assert.deepEqual(
      workloads.map((workload) => workload.name),
      names,
    );
    assert.equal(new Set(workloads.map((workload) => workload.id)).size, names.length);
    assert.deepEqual(problems, []);
  });
}

for (const text of [
  "",
  "echo hello",
  "docker ps",
  "docker build -t run .",
  "# docker run a",
  "run a",
  "docker --help run",
]) {
  test(`${JSON.stringify(text)} is not this input`, () => {
    assert.equal(text === "docker --help run" ? 1 : 0, readable(text));
  });
}

/** Whether the reader takes the text for its own. */
function readable(text: string): number {
  try {
    readRunLine(text, "run.sh");
    return 1;
  } catch (error) {
    assert.ok(hasCode("NOT_THIS_INPUT")(error));
    return 0;
  }
}

// The flags end at the image.
for (const [text, image, words, privileged] of [
  ["docker run a --privileged", "a", ["--privileged"], undefined],
  ["docker run --privileged a", "a", undefined, true],
  ["docker run -- a --privileged", "a", ["--privileged"], undefined],
  ["docker run --privileged=false a", "a", undefined, false],
  ["docker run --privileged=true a", "a", undefined, true],
  ["docker run --privileged true", "true", undefined, true],
  ["docker run -it --rm -w /x --privileged a sh", "a", ["sh"], true],
  ["docker run -itw /x --privileged a", "a", undefined, true],
  ["docker run -itw/x --privileged a", "a", undefined, true],
  ["docker run --name --privileged a", "a", undefined, undefined],
  ["docker run --nonsense=1 --privileged a", "a", undefined, true],
  ["docker run --nonsense 1 --privileged a", "a", undefined, true], // what follows the word is a known flag
  ["docker run --nonsense a sh", "a", ["sh"], undefined],
  ["podman run --rmi --privileged a", "a", undefined, true],
  ["podman run --tz local --privileged a", "a", undefined, true],
] as const) {
  test(`${text} runs ${image} ${words?.join(" ") ?? ""}`, () => {
    const { config } = only(text);
    assert.equal(config.Config.Image, image);
    assert.deepEqual(config.Config.Cmd, words);
    assert.equal(config.HostConfig.Privileged, privileged);
  });
}

// What Podman does otherwise. `docker-run/cli-agreement.test.ts` has what Docker does.
for (const [line, field, expected] of [
  ["docker run --cap-add A,B x", "CapAdd", ["CAP_A,B"]],
  ["podman run --cap-add A,B --cap-add C x", "CapAdd", ["A", "B", "C"]],
  ["podman run --userns=keep-id x", "UsernsMode", "keep-id"],
  ["podman run --uidmap 0:1:1000 x", "UsernsMode", "private"],
  ["podman run --pid private --uts private x", "PidMode", "private"],
  [
    "podman run --security-opt unmask=ALL --security-opt label=disable x",
    "SecurityOpt",
    ["unmask=ALL", "label=disable"],
  ],
  [
    "podman run --network slirp4netns:port_handler=slirp4netns x",
    "NetworkMode",
    "slirp4netns:port_handler=slirp4netns",
  ],
  ["podman run --sysctl kernel.domainname=x x", "Sysctls", { "kernel.domainname": "x" }],
  ["podman run --group-add keep-groups,5 x", "GroupAdd", ["keep-groups", "5"]],
  [
    "podman run --mount type=bind,src=/a,ro,relabel=shared x",
    "Mounts",
    [{ Type: "bind", Source: "/a", Target: "/a", ReadOnly: true }],
  ],
] as const) {
  test(`${line}: ${field}`, () => {
    const { config, problems } = only(line);
    assert.deepEqual(config.HostConfig[field], expected);
    assert.deepEqual(problems, []);
  });
}

for (const [line, expected] of [
  [`podman run --entrypoint '["a","b"]' x`, ["a", "b"]],
  [`docker run --entrypoint '["a","b"]' x`, ['["a","b"]']],
] as const) {
  test(`${line}: Entrypoint`, () => {
    assert.deepEqual(only(line).config.Config.Entrypoint, expected);
  });
}

test("podman --rootfs names a directory, not an image", () => {
  const { config, name } = only("podman run --rootfs /srv/root sh");
  assert.equal(config.Config.Image, undefined);
  assert.equal(name, "/srv/root");
});

// What the line leaves open.
for (const [text, fields] of [
  ["docker run x", []],
  ["docker run -v /a:/b x", []],
  ["docker run -v $A:/b x", ["HostConfig.Binds[0]"]],
  ["docker run -v '$A:/b' x", []],
  ["docker run -v /a:$B x", ["HostConfig.Binds[0].Target"]],
  ["docker run -v /a:/b:$M x", ["HostConfig.Binds[0]"]],
  ["docker run -v $(pwd):/b x", ["HostConfig.Binds[0]"]],
  ["docker run -v ~/a:/b x", ["HostConfig.Binds[0]"]],
  ["docker run -v ./a:/b x", ["HostConfig.Binds[0]"]],
  ["docker run -v $A x", ["HostConfig.Binds[0]"]],
  ["docker run -v ${A:-/a:/b} x", ["HostConfig.Binds[0]"]],
  ["docker run --mount type=bind,src=$A,dst=/b x", ["HostConfig.Mounts[0].Source"]],
  ["docker run --mount type=bind,src=/a,dst=/b,ro=$R x", ["HostConfig.Mounts[0].ReadOnly"]],
  ["docker run --mount $M x", ["HostConfig.Mounts[0]"]],
  ["docker run --mount type=$T,src=/a,dst=/b x", ["HostConfig.Mounts[0]"]],
  ["docker run --mount type=bind,src=./a,dst=/b x", ["HostConfig.Mounts[0].Source"]],
  ["docker run --device $D x", ["HostConfig.Devices[0]"]],
  ["docker run --cap-add $C x", ["HostConfig.CapAdd", "HostConfig.CapAdd[0]"]],
  ["docker run --cap-add={A,B} x", ["HostConfig.CapAdd", "HostConfig.CapAdd[0]"]],
  ["docker run --privileged=$P x", ["HostConfig.Privileged"]],
  ["docker run --privileged=$P --privileged x", []],
  ["docker run --pid=$P x", ["HostConfig.PidMode"]],
  ["docker run -u $(id -u):$(id -g) x", ["Config.User"]],
  ["docker run -p $P:80 x", ["HostConfig.PortBindings"]],
  ["docker run -m $M x", ["HostConfig.Memory"]],
  ["docker run --security-opt seccomp=p.json x", ["HostConfig.SecurityOpt[0]", "seccomp"]],
  ["docker run --security-opt seccomp=$P x", ["HostConfig.SecurityOpt[0]", "seccomp"]],
  ["docker run --security-opt $S x", ["HostConfig.SecurityOpt", "HostConfig.SecurityOpt[0]"]],
  ["docker run -e A x", ["Config.Env[0]"]],
  ["A=1 docker run -e A x", []],
  ["A=$B docker run -e A x", ["Config.Env[0]"]],
  ["docker run --env-file e x", ["Config.Env"]],
  ["docker run --label-file e x", ["Config.Labels"]],
  ["docker run $IMAGE sh", ["Config.Image"]],
  ['docker run "$X" -v /a:/b', ["Config.Image"]],
  ["docker run x $CMD", ["Config.Cmd[0]"]],
  ["podman run --env-host x", ["Config.Env"]],
  ["docker run --network $N x", ["HostConfig.NetworkMode"]],
  [
    "podman run --network host --pod p --userns host x",
    ["CgroupnsMode", "IpcMode", "PidMode", "UTSMode"].map((mode) => `HostConfig.${mode}`),
  ],
  [
    "podman run --pod p --pid host x",
    ["CgroupnsMode", "IpcMode", "NetworkMode", "UTSMode", "UsernsMode"].map((mode) => `HostConfig.${mode}`),
  ],
] as const) {
  test(`${text} leaves open: ${fields.join(", ") || "nothing"}`, () => {
    const { unresolved, problems } = only(text);
    assert.deepEqual([...unresolved.keys()].toSorted(), [...fields].toSorted());
    assert.deepEqual(
      problems.filter((problem) => problem.severity === "error"),
      [],
    );
  });
}

// Words that may hold any flags: everything is open and the audit is not complete.
for (const [text, image] of [
  ["docker run $OPTS x", "x"],
  ["docker run --rm ${DOCKER_ARGS} -v /a:/b x", "x"],
  ['docker run "$@" x', "x"],
  ["docker run ${P:+--privileged} x", "x"],
  ["docker run $X -v /a:/b x", "x"],
  ["docker run --$FLAG x", "x"],
  ["docker run {--rm,--privileged} x", "x"],
  ["docker run $OPTS", "${OPTS}"],
] as const) {
  test(`${text} may hold any flags`, () => {
    const { unresolved, problems, config } = only(text);
    assert.equal(config.Config.Image, image);
    assert.ok(unresolved.has("*"));
    assert.ok(problems.some((problem) => problem.severity === "error"));
  });
}

// What is known outside the line.
const KNOWN = {
  workingDirectory: "/srv/app",
  homeDirectory: "/home/u",
  readFile: (path: string) => ({ "p.json": '{ "a": [ 1 ] }', e: "A=1\n#x\nB" })[path],
};
for (const [text, section, field, expected] of [
  [
    "docker run -v ./a:/b -v $PWD/c:/d -v ~/e:/f -v ..:/g x",
    "HostConfig",
    "Binds",
    ["/srv/app/a:/b", "/srv/app/c:/d", "/home/u/e:/f", "/srv:/g"],
  ],
  ["docker run --security-opt seccomp=p.json x", "HostConfig", "SecurityOpt", ['seccomp={"a":[1]}']],
  ["docker run --env-file e -e C=2 x", "Config", "Env", ["A=1", "B", "C=2"]],
  ["docker run --label-file e -l A=3 x", "Config", "Labels", { A: "3", B: "" }],
  ["cd /x && docker run -v ./a:/b x", "HostConfig", "Binds", ["./a:/b"]], // no longer the caller's directory
  ["HOME=/x; docker run -v ~/a:/b x", "HostConfig", "Binds", ["$HOME/a:/b"]],
] as const) {
  test(`${text}: ${field} with what is known`, () => {
    const { config } = only(text, KNOWN);
    assert.deepEqual((config[section] as Record<string, unknown>)[field], expected);
  });
}

for (const [text, source] of [
  ["docker run --use-api-socket x", "/var/run/docker.sock"],
  ["docker -H unix:///run/d.sock run --use-api-socket x", "/run/d.sock"],
  ["DOCKER_HOST=unix:///run/e.sock docker run --use-api-socket x", "/run/e.sock"],
] as const) {
  test(`${text} binds ${source}`, () => {
    assert.equal(only(text).config.HostConfig.Mounts?.[0]?.Source, source);
  });
}

// Places.
const PLACED = "x=1\nsudo docker run --name web -v /a:/b \\\n  --cap-drop=ALL -itv '/c':/d -p 80:80 \\\n  alpine sh";
for (const [field, value, flag] of [
  ["HostConfig.Binds[0]", [2, 31], [2, 28]],
  ["HostConfig.Binds[1]", [3, 23], [3, 21]],
  ["HostConfig.Binds", [2, 31], [2, 28]],
  ["HostConfig.CapDrop[0]", [3, 14], [3, 3]],
  ["HostConfig.PortBindings[80/tcp]", [3, 34], [3, 31]],
  ["HostConfig.PortBindings[80/tcp][0].HostPort", [3, 34], [3, 31]],
  ["Config.Tty", [3, 20], [3, 20]],
  ["Config.Image", [4, 3], [4, 3]],
  ["Config.Cmd[0]", [4, 10], [4, 10]],
  ["HostConfig.Privileged", [2, 6], [2, 6]], // not written: where the command begins
] as const) {
  test(`${field} stands at ${value.join(":")}`, () => {
    const { where, whereFlag } = only(PLACED);
    assert.deepEqual(where(field), { uri: "run.sh", line: value[0], column: value[1], field });
    assert.deepEqual(whereFlag(field), { uri: "run.sh", line: flag[0], column: flag[1], field });
  });
}

test("split arguments have places in the joined line", () => {
  const { workloads } = readRunArguments(["docker", "run", "-v", "/a b:/c", "x", "$Y"], "command line");
  assert.deepEqual(workloads[0]?.where("HostConfig.Binds[0]"), {
    uri: "command line",
    line: 1,
    column: 15,
    field: "HostConfig.Binds[0]",
  });
  assert.deepEqual(workloads[0]?.config.Config.Cmd, ["$Y"]); // the caller's shell is done with it
  assert.equal(workloads[0]?.unresolved.size, 0);
});

test("a problem stands where its cause is written", () => {
  const { problems } = only("docker run -it \\\n  --privilegd x");
  assert.deepEqual(problems[0]?.place, { uri: "run.sh", line: 2, column: 3 });
});

test("a repeated value keeps the place of its last use", () => {
  const { where } = only("docker run -e A=1 --memory 1m --memory 2m -e A=2 x");
  assert.equal(where("HostConfig.Memory").column, 40);
  assert.equal(where("Config.Env[0]").column, 46);
});

for (const [text, severity] of [
  ["docker run x; sh -c 'docker run --privileged y'", "note"],
  ["docker run x; cat <<E\ndocker run --privileged y\nE", "note"],
  ["docker run --help x; docker run x", "note"],
  ["docker run; docker run x", "error"],
  ["docker run x; echo 'y", "error"],
] as const) {
  test(`${JSON.stringify(text)} is not passed over in silence`, () => {
    const { workloads, problems } = readRunLine(text, "run.sh");
    assert.equal(workloads.length, 1);
    assert.deepEqual(
      problems.map((problem) => problem.severity),
      [severity],
    );
  });
}

test("a key of a map may be __proto__", () => {
  const { config } = only("docker run -l __proto__=1 --log-opt __proto__=2 x");
  assert.deepEqual(Object.entries(config.Config.Labels ?? {}), [["__proto__", "1"]]);
  assert.deepEqual(Object.entries(config.HostConfig.LogConfig?.Config ?? {}), [["__proto__", "2"]]);
});

test("a word that names a property of every object is only a word", () => {
  assert.equal(readRunLine("constructor docker run y; docker run x", "run.sh").workloads.length, 1);
});

// Limits, on both sides.
test("a text of exactly the limit is read", () => {
  const line = "docker run x";
  assert.equal(only(line.padEnd(RUN_TEXT_CHARACTERS_MAX, " ")).name, "x");
  assert.throws(() => readRunLine(line.padEnd(RUN_TEXT_CHARACTERS_MAX + 1, " "), "run.sh"), hasCode("TOO_LARGE"));
});

test("arguments past the limit are refused", () => {
  const words = ["docker", "run", "x", "y".repeat(RUN_TEXT_CHARACTERS_MAX - "docker run x ".length)];
  assert.equal(readRunArguments(words, "command line").workloads.length, 1);
  assert.throws(() => readRunArguments([...words, ""], "command line"), hasCode("TOO_LARGE"));
});

for (const extra of [0, 1]) {
  test(`of ${RUN_LINES_MAX + extra} run lines ${RUN_LINES_MAX} are examined`, () => {
    const { workloads, problems } = readRunLine("docker run x\n".repeat(RUN_LINES_MAX + extra), "run.sh");
    assert.equal(workloads.length, RUN_LINES_MAX);
    assert.equal(problems.length, extra);
  });

  test(`of ${PROBLEMS_MAX + extra} problems ${PROBLEMS_MAX} are shown, and the rest is said`, () => {
    const { problems } = readRunLine(`docker run ${"--no ".repeat(PROBLEMS_MAX + extra)} x`, "run.sh");
    assert.equal(problems.length, PROBLEMS_MAX + extra);
    assert.equal(/only the first/.test(problems.at(-1)?.message.en ?? ""), extra === 1);
  });

  test(`${PUBLISHED_PORTS_MAX + extra} published ports: ${extra} too many`, () => {
    const { problems } = only(`docker run -p 0-65535 ${extra === 1 ? "-p 1" : ""} x`);
    assert.equal(problems.length, extra);
  });

  test(`${SPLIT_UNKNOWN_PARTS_MAX + extra} unknown parts: ${extra === 0 ? "split" : "one value"}`, () => {
    const { config, unresolved } = only(`podman run --cap-add A${",$B".repeat(SPLIT_UNKNOWN_PARTS_MAX + extra)} x`);
    assert.equal(config.HostConfig.CapAdd?.length, extra === 0 ? 2 : 1);
    assert.ok(unresolved.has("HostConfig.CapAdd"));
  });

  test(`a profile of ${DRAWN_FILE_CHARACTERS_MAX + extra} characters: ${extra} too many`, () => {
    const content = "{}".padEnd(DRAWN_FILE_CHARACTERS_MAX + extra, " ");
    const { config } = only("docker run --security-opt seccomp=p x", { readFile: () => content });
    assert.deepEqual(config.HostConfig.SecurityOpt, [extra === 0 ? "seccomp={}" : "seccomp=p"]);
  });
}
