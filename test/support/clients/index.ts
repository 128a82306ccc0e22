/** The runs of real clients that must be the same with and without a gate. */
import { join } from "node:path";
import type { ClientRun, ClientStep } from "../client-runs.ts";
import { BUSYBOX_IMAGE } from "../engines/index.ts";

const HERE = import.meta.dirname;

const docker = (...args: string[]): ClientStep => ({ program: "docker", args });
const piped = (input: string, ...args: string[]): ClientStep => ({ ...docker(...args), input });
const RUN = ["run", "--network", "none", "--pull", "never"];
/** In a terminal of its own. */
const typed = (input: string, line: string): ClientStep => ({
  program: "script",
  args: ["-qec", line, "/dev/null"],
  input,
});
const shell = (line: string, options: Partial<ClientStep> = {}): ClientStep => ({
  program: "sh",
  args: ["-c", line],
  ...options,
});

const sleeper = (name: string) => docker(...RUN, "-d", "--name", name, BUSYBOX_IMAGE, "sleep", "60");
const remove = (...names: string[]) => docker("rm", "-f", ...names);

export const DOCKER_RUNS: readonly ClientRun[] = [
  {
    name: "version and ping",
    steps: [docker("version"), docker("info", "--format", "{{.OSType}} {{.CgroupVersion}}")],
  },
  {
    name: "run: output, errors, exit status, missing image, bad option, name taken",
    steps: [
      docker(...RUN, "--rm", BUSYBOX_IMAGE, "sh", "-c", "echo out; echo err >&2; exit 3"),
      docker(...RUN, "--rm", "no-such-image", "true"),
      docker(...RUN, "--rm", BUSYBOX_IMAGE, "no-such-program"),
      sleeper("taken"),
      docker(...RUN, "--name", "taken", BUSYBOX_IMAGE, "true"),
      remove("taken"),
    ],
  },
  {
    name: "run -i: input from a pipe, and its end",
    steps: [
      piped("first\nsecond\n", ...RUN, "--rm", "-i", BUSYBOX_IMAGE, "sh", "-c", "cat; echo end"),
      piped("", ...RUN, "--rm", "-i", BUSYBOX_IMAGE, "wc", "-c"),
      piped("x".repeat(3_000_000), ...RUN, "--rm", "-i", BUSYBOX_IMAGE, "md5sum"),
    ],
  },
  {
    name: "run -it: a terminal",
    steps: [typed("echo hi-$((1+1))\nexit 7\n", `docker ${RUN.join(" ")} --rm -it ${BUSYBOX_IMAGE} sh`)],
  },
  {
    name: "exec: without input, with input, with a terminal, detached, failing, of nothing",
    steps: [
      sleeper("target"),
      docker("exec", "target", "sh", "-c", "echo out; echo err >&2; exit 4"),
      piped("abcdef", "exec", "-i", "target", "sh", "-c", "cat > /w; wc -c /w"),
      typed("", "docker exec -t target echo typed"),
      docker("exec", "-d", "target", "touch", "/here"),
      docker("exec", "target", "ls", "/here"),
      docker("exec", "target", "no-such-program"),
      docker("exec", "no-such-container", "true"),
      remove("target"),
    ],
  },
  {
    name: "attach: with input and its end, without, and start -ai",
    steps: [
      docker(...RUN, "-di", "--name", "reads", BUSYBOX_IMAGE, "sh", "-c", "read x; echo got $x; exit 5"),
      piped("to the container\n", "attach", "reads"),
      remove("reads"),
      docker(
        "create",
        "--network",
        "none",
        "-i",
        "--name",
        "later",
        BUSYBOX_IMAGE,
        "sh",
        "-c",
        "read x; echo got $x; exit 6",
      ),
      piped("a line\n", "start", "-ai", "later"),
      remove("later"),
      docker(...RUN, "-d", "--name", "writes", BUSYBOX_IMAGE, "sh", "-c", "sleep 1; echo said; exit 7"),
      docker("attach", "--no-stdin", "writes"),
      remove("writes"),
    ],
  },
  {
    name: "logs: whole, tail, followed to the end and interrupted, of nothing",
    steps: [
      docker(
        ...RUN,
        "-d",
        "--name",
        "talks",
        BUSYBOX_IMAGE,
        "sh",
        "-c",
        "for i in 1 2 3; do echo $i; done; sleep 2; echo last",
      ),
      docker("logs", "-f", "talks"),
      docker("logs", "talks"),
      docker("logs", "--tail", "1", "talks"),
      remove("talks"),
      docker(...RUN, "-d", "--name", "talks", BUSYBOX_IMAGE, "sh", "-c", "echo early; sleep 60"),
      { ...docker("logs", "-f", "talks"), interruptAfterMs: 1_500 },
      docker("logs", "no-such-container"),
      remove("talks"),
    ],
  },
  {
    name: "cp: in, out, through pipes, of nothing",
    steps: [
      sleeper("files"),
      docker("cp", join(HERE, "compose.yaml"), "files:/tmp/in.yaml"),
      docker("exec", "files", "md5sum", "/tmp/in.yaml"),
      shell("docker cp files:/tmp/in.yaml - | tar -xO | md5sum"),
      shell(`tar -C ${HERE} -c compose.yaml | docker cp - files:/tmp && docker exec files ls /tmp`),
      docker("cp", "files:/no/such/file", "-"),
      remove("files"),
    ],
  },
  {
    name: "events: of the past, and as they come",
    steps: [
      shell(
        "(sleep 1; docker run --network none --name seen --rm bb:test true) & timeout -s INT 4 docker events --filter container=seen --format '{{.Type}} {{.Action}}'",
      ),
      shell(
        "since=$(date +%s); docker run --network none --name past --rm bb:test true; docker events --since $since --until $(($(date +%s)+1)) --filter container=past --format '{{.Action}}'",
      ),
    ],
  },
  {
    name: "stats, top, port, diff, update, rename, pause, wait, kill, stop, restart",
    steps: [
      sleeper("one"),
      { ...docker("stats", "--no-stream", "one"), onlyStatus: true },
      docker("top", "one", "-o", "comm"),
      docker("port", "one"),
      docker("exec", "one", "touch", "/made"),
      docker("diff", "one"),
      docker("rename", "one", "two"),
      docker("pause", "two"),
      docker("unpause", "two"),
      docker("restart", "-t", "0", "two"),
      docker("inspect", "--format", "{{.State.Status}} {{.Name}}", "two"),
      shell("(sleep 1; docker kill two) & docker wait two", { unordered: true }),
      docker("ps", "-a", "--filter", "name=two", "--format", "{{.Names}} {{.Image}}"),
      docker("stop", "no-such-container"),
      remove("two"),
    ],
  },
  {
    name: "build without BuildKit: a context that is sent, a step that runs, a step that fails",
    steps: [
      shell(
        'd=$(mktemp -d) && cd $d && printf \'FROM bb:test\\nCOPY f /f\\nRUN cat /f\\nCMD ["cat","/f"]\\n\' >Dockerfile && echo built >f && docker build --no-cache --network none -t built:1 . 2>/dev/null; rm -r $d',
        { environment: { DOCKER_BUILDKIT: "0" } },
      ),
      docker(...RUN, "--rm", "built:1"),
      {
        ...piped("FROM bb:test\nRUN exit 9\n", "build", "--network", "none", "-"),
        environment: { DOCKER_BUILDKIT: "0" },
      },
      docker("history", "-q", "built:1"),
      docker("tag", "built:1", "built:2"),
      docker("images", "--format", "{{.Repository}}:{{.Tag}}", "built"),
      docker("rmi", "built:1", "built:2"),
    ],
  },
  {
    name: "save, load, export, import, commit",
    steps: [
      shell(`docker save ${BUSYBOX_IMAGE} | tar -t | grep -c .`),
      shell(`docker save ${BUSYBOX_IMAGE} | docker load`),
      sleeper("box"),
      shell("docker export box | tar -t | grep -c bin/"),
      shell("docker export box | docker import - imported:1"),
      docker("commit", "box", "committed:1"),
      docker("inspect", "--format", "{{.RepoTags}}", "imported:1", "committed:1"),
      docker("rmi", "imported:1", "committed:1"),
      remove("box"),
      shell("head -c 1000 /dev/zero | docker load"),
    ],
  },
  {
    name: "networks and volumes",
    steps: [
      docker("network", "create", "--driver", "bridge", "--internal", "net-one"),
      docker("network", "ls", "--filter", "name=net-one", "--format", "{{.Name}} {{.Driver}}"),
      docker("network", "inspect", "--format", "{{.Name}} {{.Internal}}", "net-one"),
      docker("network", "rm", "net-one"),
      docker("network", "rm", "net-one"),
      docker("volume", "create", "--label", "a=b", "vol-one"),
      docker("volume", "ls", "--filter", "name=vol-one"),
      docker("volume", "inspect", "--format", "{{.Name}} {{.Labels}}", "vol-one"),
      docker(...RUN, "--rm", "-v", "vol-one:/v", BUSYBOX_IMAGE, "sh", "-c", "echo kept > /v/f"),
      docker(...RUN, "--rm", "-v", "vol-one:/v", BUSYBOX_IMAGE, "cat", "/v/f"),
      docker("volume", "rm", "vol-one"),
      docker("volume", "rm", "vol-one"),
      docker("system", "df", "--format", "{{.Type}}"),
    ],
  },
];

const compose = (...args: string[]): ClientStep => ({
  program: "docker-compose",
  args: ["-f", join(HERE, "compose.yaml"), "-p", "gated", ...args],
  unordered: true,
  environment: { COMPOSE_HTTP_TIMEOUT: "60" },
});

export const OTHER_RUNS: readonly ClientRun[] = [
  {
    name: "docker-compose",
    steps: [
      compose("up", "-d"),
      compose("ps"),
      compose("logs", "--no-color", "one"),
      { ...compose("exec", "-T", "one", "echo", "inside") },
      compose("down", "-v", "-t", "0"),
    ],
  },
  { name: "docker-py", steps: [{ program: "/usr/bin/python3", args: [join(HERE, "containers.py")] }] },
  { name: "dockerode", steps: [{ program: process.execPath, args: [join(HERE, "dockerode.ts")] }] },
  {
    name: "testcontainers",
    steps: [
      {
        program: process.execPath,
        args: [join(HERE, "testcontainers.ts")],
        environment: { TESTCONTAINERS_RYUK_DISABLED: "true" },
      },
    ],
  },
];
