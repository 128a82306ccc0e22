import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { type EndpointSources, type EngineEndpoint, resolveEndpoint } from "./index.ts";

const unix = (socketPath: string): EngineEndpoint => ({ kind: "unix", uri: `unix://${socketPath}`, socketPath });
const tcp = (host: string, port: number): EngineEndpoint => ({ kind: "tcp", uri: `tcp://${host}:${port}`, host, port });

const folderOf = (context: string) => createHash("sha256").update(context).digest("hex");
const metaOf = (docker: unknown) => JSON.stringify({ Name: "x", Endpoints: { docker } });

const FILES: Readonly<Record<string, string>> = {
  "/certs/ca.pem": "CA",
  "/certs/cert.pem": "CERT",
  "/certs/key.pem": "KEY",
  "/half/ca.pem": "CA",
  "/half/cert.pem": "CERT",
  "/work/.docker/config.json": JSON.stringify({ currentContext: "office" }),
  [`/work/.docker/contexts/meta/${folderOf("office")}/meta.json`]: metaOf({ Host: "unix:///office.sock" }),
  [`/work/.docker/contexts/meta/${folderOf("far")}/meta.json`]: metaOf({ Host: "tcp://far:2376" }),
  [`/work/.docker/contexts/tls/${folderOf("far")}/docker/ca.pem`]: "FAR CA",
  [`/work/.docker/contexts/meta/${folderOf("lax")}/meta.json`]: metaOf({ Host: "tcp://lax", SkipTLSVerify: true }),
  [`/work/.docker/contexts/meta/${folderOf("remote")}/meta.json`]: metaOf({ Host: "ssh://me@host" }),
  [`/work/.docker/contexts/meta/${folderOf("hollow")}/meta.json`]: metaOf({}),
  [`/work/.docker/contexts/meta/${folderOf("broken")}/meta.json`]: "{",
  "/default/.docker/config.json": JSON.stringify({ currentContext: "default" }),
  "/broken/.docker/config.json": "{",
  "/moved/config.json": JSON.stringify({ currentContext: "moved" }),
  [`/moved/contexts/meta/${folderOf("moved")}/meta.json`]: metaOf({ Host: "unix:///moved.sock" }),
};

function resolve(environment: Record<string, string>, more: Partial<EndpointSources> = {}): EngineEndpoint {
  return resolveEndpoint({ environment, homeFolder: "/home/me", readFile: (path) => FILES[path], ...more });
}

for (const [name, environment, more, endpoint] of [
  ["nothing said: the default socket", {}, {}, unix("/var/run/docker.sock")],
  ["DOCKER_HOST", { DOCKER_HOST: "unix:///a.sock" }, {}, unix("/a.sock")],
  ["an empty DOCKER_HOST is none", { DOCKER_HOST: "" }, {}, unix("/var/run/docker.sock")],
  ["--host before DOCKER_HOST", { DOCKER_HOST: "unix:///a.sock" }, { host: "unix:///b.sock" }, unix("/b.sock")],
  ["the current context", {}, { homeFolder: "/work" }, unix("/office.sock")],
  ["a current context called default", {}, { homeFolder: "/default" }, unix("/var/run/docker.sock")],
  ["DOCKER_CONTEXT=default", { DOCKER_CONTEXT: "default" }, { homeFolder: "/work" }, unix("/var/run/docker.sock")],
  [
    "DOCKER_HOST before DOCKER_CONTEXT",
    { DOCKER_HOST: "tcp://h:1", DOCKER_CONTEXT: "far" },
    { homeFolder: "/work" },
    tcp("h", 1),
  ],
  ["DOCKER_CONFIG moves the contexts", { DOCKER_CONFIG: "/moved" }, { homeFolder: "/work" }, unix("/moved.sock")],
  ["TCP without a port", { DOCKER_HOST: "tcp://h" }, {}, tcp("h", 2375)],
  ["TCP without a scheme", { DOCKER_HOST: "h:99" }, {}, tcp("h", 99)],
  ["a slash at the end", { DOCKER_HOST: "tcp://h:99/" }, {}, tcp("h", 99)],
  ["plain HTTP", { DOCKER_HOST: "http://h:99", DOCKER_TLS_VERIFY: "1" }, {}, tcp("h", 99)],
  ["IPv6", { DOCKER_HOST: "tcp://[::1]:99" }, {}, { ...tcp("::1", 99), uri: "tcp://[::1]:99" }],
  ["a socket needs no certificates", { DOCKER_HOST: "unix:///a.sock", DOCKER_TLS_VERIFY: "1" }, {}, unix("/a.sock")],
] as const) {
  test(name, () => {
    assert.deepEqual(resolve(environment, more), endpoint);
  });
}

const ALL_FILES = { ca: "CA", cert: "CERT", key: "KEY" };

for (const [name, environment, port, tls] of [
  [
    "DOCKER_TLS_VERIFY checks",
    { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/certs" },
    2376,
    { ...ALL_FILES, verify: true },
  ],
  // The CLI asks only whether it is set: 0 and false switch it on too.
  [
    "DOCKER_TLS_VERIFY=0 checks too",
    { DOCKER_TLS_VERIFY: "0", DOCKER_CERT_PATH: "/certs" },
    2376,
    { ...ALL_FILES, verify: true },
  ],
  ["DOCKER_TLS encrypts only", { DOCKER_TLS: "1", DOCKER_CERT_PATH: "/certs" }, 2376, { ...ALL_FILES, verify: false }],
  ["DOCKER_CERT_PATH alone does nothing", { DOCKER_CERT_PATH: "/certs" }, 2375, undefined],
] as const) {
  test(name, () => {
    const endpoint = resolve({ DOCKER_HOST: "tcp://h", ...environment });
    assert.deepEqual(endpoint, { ...tcp("h", port), ...(tls === undefined ? {} : { tls }) });
  });
}

for (const [name, context, host, port, tls] of [
  ["a context with certificates", "far", "far", 2376, { ca: "FAR CA", verify: true }],
  ["a context that does not check", "lax", "lax", 2376, { verify: false }],
] as const) {
  test(name, () => {
    const endpoint = resolve({ DOCKER_CONTEXT: context }, { homeFolder: "/work" });
    assert.deepEqual(endpoint, { ...tcp(host, port), tls });
  });
}

test("https without certificates trusts the system's authorities", () => {
  assert.deepEqual(resolve({ DOCKER_HOST: "https://h" }), { ...tcp("h", 2376), tls: { verify: true } });
});

for (const [name, environment, code, message] of [
  ["ssh", { DOCKER_HOST: "ssh://me@host" }, "UNSUPPORTED_ENDPOINT", /ssh -nNT -L .*unix:\/\/\/tmp\/engine\.sock/],
  ["ssh in a context", { DOCKER_CONTEXT: "remote" }, "UNSUPPORTED_ENDPOINT", /ssh/],
  ["a named pipe", { DOCKER_HOST: "npipe:////./pipe/docker_engine" }, "UNSUPPORTED_ENDPOINT", /Windows/],
  ["a socket of systemd", { DOCKER_HOST: "fd://" }, "UNSUPPORTED_ENDPOINT", /unix:\/\//],
  ["an unknown scheme", { DOCKER_HOST: "gopher://h" }, "BAD_ENDPOINT", /known forms/],
  ["a scheme that JavaScript objects have", { DOCKER_HOST: "constructor://h" }, "BAD_ENDPOINT", /known forms/],
  ["a relative socket", { DOCKER_HOST: "unix://a.sock" }, "BAD_ENDPOINT", /absolute/],
  ["a path behind the port", { DOCKER_HOST: "tcp://h:1/v1" }, "BAD_ENDPOINT", /without a path/],
  ["a user before the host", { DOCKER_HOST: "tcp://u:p@h:1" }, "BAD_ENDPOINT", /HOST:PORT/],
  ["port 0", { DOCKER_HOST: "tcp://h:0" }, "BAD_ENDPOINT", /65535/],
  ["port 65536", { DOCKER_HOST: "tcp://h:65536" }, "BAD_ENDPOINT", /65535/],
  ["control characters in an address", { DOCKER_HOST: "tcp://\u001b[2J" }, "BAD_ENDPOINT", /^"tcp:\/\/\\\\u\{1b\}/],
  ["a context that is not there", { DOCKER_CONTEXT: "gone" }, "BAD_CONTEXT", /"gone".*\/work\/\.docker/],
  ["a context without an engine", { DOCKER_CONTEXT: "hollow" }, "BAD_CONTEXT", /Endpoints\.docker\.Host/],
  ["a context that is not JSON", { DOCKER_CONTEXT: "broken" }, "BAD_CONTEXT", /not JSON/],
  [
    "no authority to check against",
    { DOCKER_HOST: "tcp://h", DOCKER_TLS_VERIFY: "1" },
    "TLS_FILE_MISSING",
    /\/work\/\.docker\/ca\.pem/,
  ],
  [
    "a certificate without its key",
    { DOCKER_HOST: "tcp://h", DOCKER_TLS: "1", DOCKER_CERT_PATH: "/half" },
    "TLS_FILE_MISSING",
    /\/half\/key\.pem/,
  ],
] as const) {
  test(`${name} is refused as ${code}`, () => {
    assert.throws(() => resolve(environment, { homeFolder: "/work" }), { name: "EngineError", code, message });
  });
}

for (const [port, allowed] of [
  [1, true],
  [65_535, true],
] as const) {
  test(`port ${port} is taken: ${allowed}`, () => {
    assert.deepEqual(resolve({ DOCKER_HOST: `tcp://h:${port}` }), tcp("h", port));
  });
}

test("a configuration file that is not JSON is named", () => {
  assert.throws(() => resolve({}, { homeFolder: "/broken" }), {
    code: "BAD_CONTEXT",
    message: /\/broken\/\.docker\/config\.json/,
  });
});
