// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are shell texts
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { type RunSurroundings, readRunLine } from "./index.ts";
import { modelledBody, modelledConfig } from "./test-support/modelled-fields.ts";
import { askRealCli, dockerCliVersion, FOLLOWED_VERSION } from "./test-support/real-docker-cli.ts";

/** What stands behind `docker create --pull=never` on lines that the command line sends to the engine. */
const ACCEPTED = [
  // the image and its words
  "alpine",
  "alpine sh -c 'a b' --privileged",
  "-- alpine --rm",
  "--name web alpine -- x",
  "registry.example:5000/team/app:1.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "--entrypoint sh alpine -c id",
  "--entrypoint= alpine",
  "--entrypoint '' alpine id",
  // booleans
  "--privileged alpine",
  "--privileged=false alpine",
  "--privileged=T alpine",
  "--privileged --privileged=0 alpine",
  "--read-only --init --rm alpine",
  "-it --oom-kill-disable alpine",
  "-it=false alpine",
  "-iP --tty=1 alpine",
  // capabilities and security options
  "--cap-add SYS_ADMIN --cap-add=net_admin --cap-drop ALL alpine",
  "--cap-add SYS_ADMIN,NET_ADMIN alpine",
  "--cap-add= --cap-add ' net_raw ' --cap-add cap_sys_admin --cap-add SYS_ADMIN alpine",
  "--cap-add RESET --cap-add all --cap-add foo --cap-drop ALL --cap-drop foo alpine",
  "--security-opt no-new-privileges alpine",
  "--security-opt no-new-privileges:true --security-opt=label=disable alpine",
  "--security-opt apparmor=unconfined --security-opt seccomp=unconfined alpine",
  "--security-opt seccomp:unconfined --security-opt label:type:x alpine",
  "--security-opt seccomp=builtin alpine",
  "--security-opt seccomp=profile.json alpine",
  "--security-opt systempaths=unconfined alpine",
  "--security-opt label=disable --security-opt systempaths=unconfined --security-opt no-new-privileges alpine",
  "--security-opt systempaths:unconfined alpine",
  // namespaces
  "--pid host --ipc host --uts host --userns host --cgroupns host --network host alpine",
  "--pid container:other --ipc container:other --network container:other alpine",
  "--ipc shareable --cgroupns private --net none alpine",
  "--ipc whatever alpine",
  "--network name=backend,alias=web alpine",
  "--network '\"name=backend\",driver-opt=a=b' alpine",
  "--network one --network two alpine",
  "--net two --network one alpine",
  "--network backend --network-alias db --net-alias sql alpine",
  "--pid= alpine",
  // users
  "-u 1000:1000 --group-add docker --group-add 999 alpine",
  "--user=root alpine",
  // volumes
  "-v /:/host alpine",
  "-v /:/host:ro -v /:/host:ro alpine",
  "-v/a:/b -v/c:/d:rslave,z alpine",
  "-itv /a:/b alpine",
  "--volume=data:/data:nocopy alpine",
  "-v /data -v a alpine",
  "-v /data -v /data alpine",
  "-v ./x:/y:ro alpine",
  "-v .:/y -v ..:/z -v ../other/./x:/w alpine",
  "-v .hidden:/y alpine",
  "-v x:/y alpine",
  "-v a:/b:c:d -v vol:/b:c:d alpine",
  "-v c:\\\\a:/b alpine",
  "-v '~/x:/y' alpine",
  "-v ~/x:/y alpine",
  "-v $HOME/x:/y -v ${HOME}:/h alpine",
  '-v $PWD/x:/y -v "$(pwd)":/h -v `pwd`/z:/z alpine',
  "--volume=~/x:/y alpine",
  "-v /a:/b:whatever alpine",
  "--volumes-from other:ro --volumes-from third alpine",
  "--volume-driver local -v data:/data alpine",
  "--tmpfs /run --tmpfs /tmp:size=1m,exec alpine",
  // mounts
  "--mount type=bind,source=/etc,target=/host alpine",
  "--mount type=bind,src=/etc,dst=/host,readonly alpine",
  "--mount type=bind,src=/etc,destination=/host,ro=true alpine",
  "--mount type=bind,src=/etc,dst=/host,readonly=0 alpine",
  "--mount type=bind,src=.,dst=/host --mount type=bind,src=./x,dst=/x --mount type=bind,src=../x,dst=/z alpine",
  "--mount type=bind,src=..,dst=/host --mount src=.hidden,dst=/x --mount type=bind,src=a/../b,dst=/z alpine",
  "--mount type=bind,src=/,dst=/host,bind-propagation=rshared alpine",
  "--mount type=bind,src=/,dst=/host,bind-nonrecursive alpine",
  "--mount type=bind,src=/,dst=/host,bind-nonrecursive=false alpine",
  "--mount type=bind,src=/,dst=/host,bind-recursive=enabled alpine",
  "--mount type=bind,src=/,dst=/host,bind-recursive=disabled alpine",
  "--mount type=bind,src=/,dst=/host,ro,bind-recursive=writable alpine",
  "--mount type=bind,src=/,dst=/host,ro,bind-recursive=readonly,bind-propagation=rprivate alpine",
  "--mount src=data,dst=/data alpine",
  "--mount dst=/data alpine",
  "--mount TYPE=Volume,source=data,target=/data,volume-driver=local,volume-nocopy=true,volume-label=a=b alpine",
  "--mount 'type=volume,src=d,dst=/d,volume-opt=type=none,volume-opt=device=/etc,\"volume-opt=o=bind,ro\"' alpine",
  "--mount type=tmpfs,dst=/run,tmpfs-size=1m,tmpfs-mode=1770 alpine",
  "--mount type=image,src=alpine,dst=/i,image-subpath=etc alpine",
  "--mount type=npipe,src=x,dst=/i alpine",
  "--mount type=nonsense,src=x,dst=/i alpine",
  "--mount type=bind,src=/a,dst=/b,consistency=cached alpine",
  "--use-api-socket alpine",
  "--use-api-socket=false alpine",
  "--use-api-socket -v /a:/b --mount type=bind,src=/c,dst=/d alpine",
  // devices
  "--device /dev/sda --device=/dev/fuse:/dev/x:r alpine",
  "--device /dev/sda:rw --device /dev/sdb:/dev/xvdb alpine",
  "--device /dev/../dev/sda alpine",
  "--device /dev//sda:/dev/./x --device /dev//sdb:/dev/./y:rw alpine",
  "--device vendor.com/class=name --device /dev/sda --device other.com/class=all alpine",
  "--gpus all --device vendor.com/class=name alpine",
  "--gpus 2 alpine",
  "--gpus 'device=0' alpine",
  "--gpus '\"device=0,1\",capabilities=utility' alpine",
  "--gpus 'driver=nvidia,\"capabilities=compute,utility\",count=all' alpine",
  "--gpus=0 alpine",
  "--device-cgroup-rule 'c 1:* rwm' --device-cgroup-rule='b *:* rw' alpine",
  // the environment
  "-e A=1 --env B=2 -e A=3 alpine",
  "-eA=1 -e=B=2 alpine",
  "-e INHERITED -e ABSENT alpine",
  "-e 'A=x y' -e A2=\"$HOME\" alpine",
  "--env-file variables.env -e A=9 alpine",
  "-l a=1 -l b --label a=2 --label 'c=x y' alpine",
  "--label-file variables.env alpine",
  // limits
  "-m 512m --cpus 1.5 -c 512 --pids-limit 100 --oom-score-adj -500 alpine",
  "--memory=1.5g --cpus=.5 --cpu-quota 50000 alpine",
  "--memory '64 MiB' --cpus 1/4 alpine",
  "-m 1024 --cpus 2 alpine",
  "-m100kb --pids-limit -1 alpine",
  "-m 1T --pids-limit 0x10 --cpu-shares 010 alpine",
  "--memory 5b --cpus 1e-1 alpine",
  "--ulimit nofile=1024:2048 --ulimit nproc=5 --ulimit nofile=10 alpine",
  "--ulimit core=-1 alpine",
  "--restart on-failure:3 alpine",
  "--restart always alpine",
  "--restart no --rm alpine",
  "--restart= --rm alpine",
  "--storage-opt size=10G --storage-opt a=b=c alpine",
  "--log-driver json-file --log-opt max-size=10m --log-opt x alpine",
  "--log-driver none alpine",
  "--sysctl net.ipv4.ip_forward=1 --sysctl kernel.shmmax=1 alpine",
  "--runtime runsc --cgroup-parent /x alpine",
  // ports
  "-p 80 -p 8080:80 -p 127.0.0.1:81:81/udp alpine",
  "-p80:80 -p 127.0.0.1::90 alpine",
  "-p 8000-8002:80-82 -p 9000-9010:90 alpine",
  "-p '[::1]:80:80/TCP' -p ::1:81:81 alpine",
  "-p published=8080,target=80,protocol=udp -p target=81 alpine",
  "--publish 80/sctp --expose 90 --expose 91-93/udp -P alpine",
  "-p :80 alpine",
  // health
  "--health-cmd 'curl -f x' --health-interval 5s alpine",
  "--health-interval 5s alpine",
  "--no-healthcheck alpine",
  // flags of which nothing here depends, to find the image behind them
  "-a stdin --add-host a:1.2.3.4 --annotation a=b --blkio-weight 10 --dns 1.1.1.1 --dns-opt x --dns-search y.z alpine",
  "-h host --domainname d --ip 1.2.3.4 --network n --link a:b --mac-address 02:42:ac:11:00:02 alpine",
  "-w /x --stop-signal KILL --stop-timeout 3 --shm-size 64m --memory-swap -1 --memory-swappiness 5 alpine",
  "--cpuset-cpus 0 --cpuset-mems 0 --cpu-period 1000 --device-read-bps /dev/sda:1mb --isolation default alpine",
  "--platform linux/amd64 --quiet --disable-content-trust=true --kernel-memory 10m alpine",
  // the shell
  "'--cap-add' \"SYS_ADMIN\" al\\\npine",
  '--name a\\ b\'c d\'"e \\"f\\"" alpine \'it\'\\\'\'s\' "a\\$b" "x\\y"',
  "-e A=$(echo hi) alpine # --privileged",
  "alpine sh -c 'echo hi' 2>/dev/null >/dev/null",
  "alpine; true --privileged",
  "--name x \\\n  --privileged \\\n  alpine",
];

/** Lines that the command line refuses. */
const REFUSED = [
  "",
  "--privileged",
  "--privileged=maybe alpine",
  "--nonsense alpine",
  "-Z alpine",
  "-d alpine",
  "---x alpine",
  "--=x alpine",
  "Alpine",
  "–privileged alpine",
  "alpine: x",
  "-v :/x alpine",
  "-v vol:/b:ro:dd alpine",
  "-v '' alpine",
  "-v /a::ro alpine",
  "--mount type=bind,src=/a alpine",
  "--mount type=bind,dst=/a,nonsense=1 alpine",
  "--mount type=bind,dst=/a,src alpine",
  "--mount type=bind,src=/a,dst=/b,volume-nocopy alpine",
  "--mount src=/a,dst=/b,bind-propagation=shared alpine",
  "--mount type=tmpfs,dst=/b,tmpfs-size=lots alpine",
  "--mount type=bind,src=/a,dst=/b,bind-recursive=readonly alpine",
  "--mount type=bind,src=/a,dst=/b,ro,bind-recursive=readonly alpine",
  "--mount type=bind,src=/a,dst=/b,bind-recursive=sometimes alpine",
  "--mount type=bind,src=/a,dst=/b,readonly=maybe alpine",
  "--mount 'type=bind,src=\"/a,dst=/b' alpine",
  "--mount '' alpine",
  "--device sda alpine",
  "--device /a:/b:rwx alpine",
  "--device /a:/b:r:w alpine",
  "--device /a:x alpine",
  "--device-cgroup-rule 'a' alpine",
  "--device-cgroup-rule 'c 1:1 x' alpine",
  "--gpus nonsense alpine",
  "--gpus all,count=1 alpine",
  "--security-opt nonsense alpine",
  "--security-opt seccomp=variables.env alpine",
  "--security-opt label= alpine",
  "--pid private alpine",
  "--pid container: alpine",
  "--uts private alpine",
  "--userns keep-id alpine",
  "--cgroupns shareable alpine",
  "--network name=,alias=x alpine",
  "--network nonsense=x alpine",
  "--network a --net a alpine",
  "--network a --network host alpine",
  "--network host --network a alpine",
  "--network none --network none alpine",
  "-e =x alpine",
  "-e= alpine",
  "-l =x alpine",
  "-l 'a b=x' alpine",
  "-m lots alpine",
  "-m 0x10 alpine",
  "-m -1 alpine",
  "-m 1kib2 alpine",
  "-m 1xb alpine",
  "--cpus many alpine",
  "--cpus 1.00000000001 alpine",
  "--pids-limit 1.5 alpine",
  "--pids-limit 99999999999999999999 alpine",
  "--oom-score-adj x alpine",
  "--ulimit nofile alpine",
  "--ulimit nonsense=1 alpine",
  "--ulimit nofile=2:1 alpine",
  "--ulimit nofile=infinity:1 alpine",
  "--restart :3 alpine",
  "--restart on-failure:x alpine",
  "--restart always --rm alpine",
  "--storage-opt nonsense alpine",
  "--log-driver none --log-opt a=b alpine",
  "--sysctl kernel.domainname=x alpine",
  "--sysctl net.x alpine",
  "-p x alpine",
  "-p 80:81-82 alpine --x",
  "-p 80-81:90-95 alpine",
  "-p 80/tls alpine",
  "-p 70000 alpine",
  "-p 300.1.1.x:80:80 alpine",
  "-p '' alpine",
  "--expose 80:80 alpine",
  "--health-cmd x --no-healthcheck alpine",
  "--name",
];

const version = dockerCliVersion();
const isFollowed = version !== undefined && FOLLOWED_VERSION.test(version);
const required = process.env["SEKISHO_REQUIRE"] === "all";
const skip = isFollowed || required ? false : `needs docker 28.2 on PATH (found ${version ?? "none"})`;

describe("the real command line and this reader agree", { concurrency: 8, skip }, () => {
  let workingDirectory = "";
  let homeDirectory = "";
  let folder: string | undefined;
  let surroundings: RunSurroundings = {};

  before(() => {
    assert.ok(isFollowed, `SEKISHO_REQUIRE=all needs docker 28.2 on PATH (found ${version ?? "none"})`);
    folder = mkdtempSync(join(tmpdir(), "sekisho-agreement-"));
    homeDirectory = join(folder, "home");
    workingDirectory = join(folder, "home", "work");
    mkdirSync(workingDirectory, { recursive: true });
    writeFileSync(
      join(workingDirectory, "profile.json"),
      '{ "defaultAction" : "SCMP_ACT_ALLOW",\n "x": "a b\\" c", "n": 1.50 }\n',
    );
    writeFileSync(join(workingDirectory, "variables.env"), "# comment\n\n  A=1\nB=x y\nC=\n");
    surroundings = {
      workingDirectory,
      homeDirectory,
      readFile(path) {
        try {
          return readFileSync(resolve(workingDirectory, path), "utf8");
        } catch {
          return undefined;
        }
      },
    };
  });

  after(() => {
    // Only the folder that was made here: when before() failed there is none.
    if (folder !== undefined) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  for (const rest of ACCEPTED) {
    test(`docker create ${rest}`, async () => {
      const line = `docker create --pull=never ${rest}`;
      const environment = { INHERITED: "from the caller" };
      const answer = await askRealCli(line, { workingDirectory, homeDirectory, environment });
      assert.ok(answer.body !== undefined, answer.refusal);
      const { workloads, problems } = readRunLine(`INHERITED='from the caller' ${line}`, "line", surroundings);
      assert.deepEqual(
        problems.filter((problem) => problem.severity === "error"),
        [],
      );
      assert.equal(workloads.length, 1);
      const [workload] = workloads;
      assert.ok(workload !== undefined);
      const resolved = rest.includes("$(echo hi)") ? { A: "hi" } : {};
      assert.deepEqual(withValues(modelledConfig(workload.config), resolved), modelledBody(answer.body));
    });
  }

  for (const rest of REFUSED) {
    test(`refused: docker create ${rest}`, async () => {
      const line = `docker create --pull=never ${rest}`;
      const answer = await askRealCli(line, { workingDirectory, homeDirectory });
      assert.equal(answer.body, undefined);
      const { problems } = readRunLine(line, "line", surroundings);
      assert.ok(
        problems.some((problem) => problem.severity === "error"),
        `the command line says: ${answer.refusal}`,
      );
    });
  }
});

/** Puts in what only a shell can tell. */
function withValues(config: Record<string, unknown>, values: Readonly<Record<string, string>>): unknown {
  return JSON.parse(JSON.stringify(config).replaceAll("A=$(...)", `A=${values["A"] ?? ""}`));
}
