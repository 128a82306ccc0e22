import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostValues } from "../../facts/index.ts";
import type { HostProbeOptions } from "./probe.ts";
import { probeHost } from "./probe-host.ts";
import { CLOSED_HOST, type FakeHost, fakeSource } from "./test-support/fake-host.ts";

interface Row {
  readonly says: string;
  readonly host: FakeHost;
  readonly options?: HostProbeOptions;
  readonly values: Partial<HostValues>;
  /** Keys that must stay unknown. */
  readonly unknown?: readonly (keyof HostValues)[];
}

const PROC = { "/proc/sys/kernel/osrelease": "6.8.0-45-generic\n" };
const LSM = "/sys/kernel/security/lsm";
const root = (rest: string) => ({ "/proc/self/mountinfo": `27 1 8:1 / / rw - ${rest}\n` });
const mounts = (...lines: readonly string[]) => ({ files: { "/proc/self/mountinfo": lines.join("\n") } });
const cgroup = (type: string, path: string, options: string) =>
  `9 1 0:9 / /sys/fs/cgroup${path} rw - ${type} ${type} ${options}`;

const KERNEL: readonly Row[] = [
  { says: "the release of the kernel", host: { files: PROC }, values: { kernel: "6.8.0-45-generic" } },
  {
    says: "a configuration in the kernel",
    host: {
      files: { "/proc/config.gz": "CONFIG_KEXEC=y\n# CONFIG_DEVMEM is not set\nCONFIG_HZ=250\nCONFIG_VFIO=m\n" },
    },
    values: { kconfig: ["KEXEC", "VFIO"], moduleSigEnforced: false },
  },
  {
    says: "a configuration next to the kernel",
    host: { files: { ...PROC, "/boot/config-6.8.0-45-generic": "CONFIG_MODULE_SIG_FORCE=y\n" } },
    values: { kconfig: ["MODULE_SIG_FORCE"], moduleSigEnforced: true },
  },
  {
    says: "a release that is no file name",
    host: { files: { "/proc/sys/kernel/osrelease": "../../etc", "/boot/config-../../etc": "CONFIG_X=y" } },
    values: { kernel: "../../etc" },
    unknown: ["kconfig"],
  },
  {
    says: "signatures enforced at run time",
    host: { files: { "/proc/config.gz": "", "/sys/module/module/parameters/sig_enforce": "Y\n" } },
    values: { moduleSigEnforced: true },
  },
  {
    says: "modules that may be loaded",
    host: { files: { "/proc/modules": "", "/proc/sys/kernel/modules_disabled": "0\n" } },
    values: { modules: true },
  },
  {
    says: "modules that may no longer be loaded",
    host: { files: { "/proc/modules": "", "/proc/sys/kernel/modules_disabled": "1\n" } },
    values: { modules: false },
  },
  { says: "a kernel without modules", host: { files: PROC }, values: { modules: false } },
  { says: "a hidden list of modules", host: { hidden: ["/proc/modules"] }, values: {}, unknown: ["modules"] },
  {
    says: "lockdown",
    host: { files: { "/sys/kernel/security/lockdown": "none [integrity] confidentiality\n" } },
    values: { lockdown: "integrity" },
  },
  {
    says: "no lockdown",
    host: { files: { "/sys/kernel/security/lockdown": "[none] integrity confidentiality\n" } },
    values: { lockdown: "none" },
  },
  {
    says: "restricted dmesg",
    host: { files: { "/proc/sys/kernel/dmesg_restrict": "1\n" } },
    values: { dmesgRestrict: true },
  },
  {
    says: "user namespaces for everybody",
    host: { files: { "/proc/sys/user/max_user_namespaces": "63000\n" } },
    values: { usernsUnpriv: true },
  },
  {
    says: "user namespaces with Debian's switch off",
    host: {
      files: { "/proc/sys/user/max_user_namespaces": "63000\n", "/proc/sys/kernel/unprivileged_userns_clone": "0\n" },
    },
    values: { usernsUnpriv: false },
  },
  {
    says: "no user namespaces",
    host: { files: { "/proc/sys/user/max_user_namespaces": "0\n" } },
    values: { usernsUnpriv: false },
  },
  {
    says: "user namespaces restricted for unconfined programs",
    host: {
      files: {
        "/proc/sys/user/max_user_namespaces": "63000\n",
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": "1\n",
      },
    },
    values: {},
    unknown: ["usernsUnpriv"],
  },
];

const SECURITY_MODULES: readonly Row[] = [
  {
    says: "AppArmor with its parser",
    host: { files: { "/sys/module/apparmor/parameters/enabled": "Y\n", "/usr/sbin/apparmor_parser": "" } },
    values: { apparmor: true },
  },
  {
    says: "AppArmor without its parser",
    host: { files: { "/sys/module/apparmor/parameters/enabled": "Y\n" } },
    values: {},
    unknown: ["apparmor"],
  },
  {
    says: "AppArmor switched off",
    host: { files: { "/sys/module/apparmor/parameters/enabled": "N\n" } },
    values: { apparmor: false, dbusMediation: false },
  },
  {
    says: "a kernel that lists its modules without AppArmor and SELinux",
    host: { files: { [LSM]: "lockdown,capability,yama" } },
    values: { apparmor: false, selinux: false },
  },
  { says: "a hidden list of modules", host: { hidden: [LSM] }, values: {}, unknown: ["apparmor", "selinux"] },
  {
    says: "mediation of D-Bus",
    host: { files: { "/sys/kernel/security/apparmor/features/dbus/mask": "acquire send receive" } },
    values: { dbusMediation: true },
  },
  {
    says: "no mediation of D-Bus",
    host: { files: { "/sys/kernel/security/apparmor/features/file/mask": "create" } },
    values: { dbusMediation: false },
  },
  { says: "SELinux enforcing", host: { files: { "/sys/fs/selinux/enforce": "1" } }, values: { selinux: true } },
  { says: "SELinux permissive", host: { files: { "/sys/fs/selinux/enforce": "0" } }, values: { selinux: false } },
  { says: "Yama", host: { files: { "/proc/sys/kernel/yama/ptrace_scope": "2\n" } }, values: { yama: 2 } },
  { says: "a kernel without Yama", host: { files: PROC }, values: { yama: 0 } },
  {
    says: "a hidden Yama",
    host: { files: PROC, hidden: ["/proc/sys/kernel/yama/ptrace_scope"] },
    values: {},
    unknown: ["yama"],
  },
];

const MOUNTS: readonly Row[] = [
  {
    says: "cgroup version 2",
    host: mounts(cgroup("cgroup2", "", "rw,nsdelegate,memory_recursiveprot")),
    values: { cgroup: 2, nsdelegate: true },
  },
  {
    says: "version 2 without nsdelegate",
    host: mounts(cgroup("cgroup2", "", "rw")),
    values: { cgroup: 2, nsdelegate: false },
  },
  {
    says: "cgroup version 1",
    host: mounts(cgroup("cgroup", "/memory", "rw,memory")),
    values: { cgroup: 1 },
    unknown: ["nsdelegate"],
  },
  {
    says: "a hybrid host",
    host: mounts(cgroup("cgroup2", "/unified", "rw"), cgroup("cgroup", "/devices", "rw,devices")),
    values: { cgroup: 1 },
  },
  {
    says: "version 2 with a named hierarchy of version 1",
    host: mounts(cgroup("cgroup2", "", "rw"), cgroup("cgroup", "/systemd", "rw,xattr,name=systemd")),
    values: { cgroup: 2 },
  },
  {
    says: "a tree that a container mounted elsewhere",
    host: mounts("9 1 0:9 / /srv/rootfs/sys/fs/cgroup rw - cgroup2 cgroup2 rw"),
    values: {},
    unknown: ["cgroup"],
  },
  { says: "the root on a disk", host: { files: root("ext4 /dev/sda1 rw") }, values: { rootOnLocalBlock: true } },
  { says: "the root on ZFS", host: { files: root("zfs rpool/ROOT rw") }, values: { rootOnLocalBlock: false } },
  { says: "the root on NFS", host: { files: root("nfs4 srv:/root rw") }, values: { rootOnLocalBlock: false } },
  {
    says: "the root behind the device mapper",
    host: { files: root("ext4 /dev/mapper/vg-root rw") },
    values: {},
    unknown: ["rootOnLocalBlock", "dataRootOnRootFs"],
  },
  {
    says: "the data root on the root file system",
    host: { files: { ...root("ext4 /dev/sda1 rw"), "/var/lib/docker/engine-id": "" } },
    values: { dataRootOnRootFs: true },
  },
  {
    says: "the data root on a disk of its own",
    host: {
      files: {
        "/proc/self/mountinfo": "27 1 8:1 / / rw - ext4 /dev/sda1 rw\n28 27 8:2 / /srv/docker rw - xfs /dev/sda2 rw\n",
        "/srv/docker/engine-id": "",
      },
    },
    options: { dataRoot: "/srv/docker" },
    values: { dataRootOnRootFs: false },
  },
  {
    says: "a data root that is a link",
    host: {
      files: { ...root("ext4 /dev/sda1 rw"), "/var/lib/docker/engine-id": "" },
      links: { "/var/lib/docker": "/mnt/big/docker" },
    },
    values: {},
    unknown: ["dataRootOnRootFs"],
  },
];

const passwd = (...lines: readonly string[]) => ["root:x:0:0:root:/root:/bin/sh", ...lines].join("\n");

const ACCOUNTS: readonly Row[] = [
  {
    says: "the engine's socket",
    host: { statuses: { "/run/docker.sock": { kind: "socket", mode: 0o660, gid: 998 } } },
    values: { dockerGid: 998, dockerSockMode: "0660" },
  },
  {
    says: "a file where the socket should be",
    host: { statuses: { "/run/docker.sock": { kind: "file", gid: 998 } } },
    values: {},
    unknown: ["dockerGid", "dockerSockMode"],
  },
  {
    says: "a socket elsewhere",
    host: { statuses: { "/srv/e.sock": { kind: "socket", mode: 0o666, gid: 0 } } },
    options: { engineSocket: "/srv/e.sock" },
    values: { dockerGid: 0, dockerSockMode: "0666" },
  },
  {
    says: "members of docker and sudo",
    host: {
      files: {
        "/etc/passwd": passwd("ann:x:1000:1000::/home/ann:/bin/sh"),
        "/etc/group": "docker:x:998:ann\nsudo:x:27:ann\n",
      },
    },
    values: { userInDockerGroup: true, userSudo: true },
    unknown: ["hostUser1000"], // no session now, perhaps later
  },
  {
    says: "a member by primary group",
    host: { files: { "/etc/passwd": passwd("ci:x:1001:998::/:/bin/sh"), "/etc/group": "docker:x:998:\n" } },
    values: { userInDockerGroup: true, userSudo: false, hostUser1000: false },
  },
  {
    says: "nobody in the groups",
    host: { files: { "/etc/passwd": passwd(), "/etc/group": "docker:x:998:\n" } },
    values: { userInDockerGroup: false, userSudo: false, hostUser1000: false },
  },
  {
    says: "root alone in wheel by primary group",
    host: { files: { "/etc/passwd": passwd(), "/etc/group": "wheel:x:0:\n" } },
    values: { userSudo: false },
  },
  {
    says: "nobody in the files, but a directory besides",
    host: {
      files: {
        "/etc/passwd": passwd(),
        "/etc/group": "docker:x:998:\n",
        "/etc/nsswitch.conf": "group: files [SUCCESS=merge] sss\n",
      },
    },
    values: {},
    unknown: ["userInDockerGroup", "userSudo", "hostUser1000"],
  },
  {
    says: "account 1000 with a session",
    host: {
      files: {
        "/etc/passwd": passwd("ann:x:1000:1000::/home/ann:/bin/sh"),
        "/etc/group": "",
        "/run/user/1000/bus": "",
      },
    },
    values: { hostUser1000: true },
  },
  { says: "a kubelet", host: { files: { "/var/lib/kubelet/config.yaml": "" } }, values: { kubelet: true } },
  { says: "no kubelet", host: {}, values: { kubelet: false } },
  {
    says: "a machine of a cloud",
    host: { files: { "/sys/class/dmi/id/sys_vendor": "Amazon EC2\n" } },
    values: { facts: { "host.cloud-imds": "yes" } },
  },
  {
    says: "a machine of a maker",
    host: { files: { "/sys/class/dmi/id/sys_vendor": "Dell Inc.\n" } },
    values: {},
    unknown: ["facts"],
  },
];

for (const { says, host, options, values, unknown } of [...KERNEL, ...SECURITY_MODULES, ...MOUNTS, ...ACCOUNTS]) {
  test(`${says} -> ${JSON.stringify(values)}${unknown === undefined ? "" : `, unknown: ${unknown}`}`, () => {
    const found = probeHost(fakeSource(host), options).values;
    for (const [key, value] of Object.entries(values)) {
      assert.deepEqual(found[key as keyof HostValues], value, key);
    }
    for (const key of unknown ?? []) {
      assert.equal(key in found, false, key);
    }
  });
}

test("a host that shows nothing tells nothing", () => {
  assert.deepEqual(probeHost(CLOSED_HOST).values, {});
});

test("every value names the file that it was read from", () => {
  const { places } = probeHost(fakeSource({ files: { "/proc/sys/kernel/yama/ptrace_scope": "1\n" } }));
  assert.deepEqual(places.get("yama"), { uri: "/proc/sys/kernel/yama/ptrace_scope", field: "host.yama" });
});
