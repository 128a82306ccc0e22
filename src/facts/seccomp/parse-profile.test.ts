import assert from "node:assert/strict";
import { test } from "node:test";
import { type Capability, type CapabilitySet, DOCKER_DEFAULT_CAPABILITIES } from "../capability.ts";
import type { Known } from "../known.ts";
import { customAllows, isEffectivelyOff } from "./custom-profile.ts";
import { parseSeccompOption, type SeccompProfile } from "./index.ts";
import { parseCustomProfile } from "./parse-profile.ts";
import { SECCOMP_PROFILE_CHARACTERS_MAX } from "./profile-json.ts";

const deny = (syscalls: string) => `{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[${syscalls}]}`;
const allow = (syscalls: string) => `{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[${syscalls}]}`;
const rule = (action: string, names: string, more = "") =>
  `{"names":["${names.split(" ").join('","')}"],"action":"SCMP_ACT_${action}"${more}}`;
const newUser = (mask: number, two = 0) =>
  `,"args":[{"index":0,"value":${mask},"valueTwo":${two},"op":"SCMP_CMP_MASKED_EQ"}]`;

/** CLONE_NEW* without CLONE_NEWTIME, as the default profile has it. */
const NAMESPACE_FLAGS = 2114060288;

const sysAdmin = new Set<Capability>(["SYS_ADMIN"]);

const JUDGED: readonly (readonly [string, string, Known, CapabilitySet?])[] = [
  [deny(""), "mount", "no"],
  [allow(""), "mount", "yes"],
  [deny(rule("ALLOW", "mount umount2")), "umount2", "yes"],
  [deny(rule("LOG", "mount")), "mount", "yes"], // logged, and done
  [deny(rule("TRACE", "mount")), "mount", "yes"], // a process inside can be the tracer
  [deny(rule("NOTIFY", "mount")), "mount", "unknown"],
  [allow(rule("ERRNO", "mount")), "mount", "no"],
  [allow(rule("KILL_PROCESS", "mount")), "mount", "no"],
  [allow(rule("TRAP", "mount")), "setns", "yes"],
  // arguments decide
  [deny(rule("ALLOW", "ioctl", newUser(1))), "ioctl", "unknown"],
  [allow(rule("ALLOW", "ioctl", newUser(1))), "ioctl", "yes"],
  [deny(`${rule("ALLOW", "ioctl")},${rule("ALLOW", "ioctl", newUser(1))}`), "ioctl", "yes"],
  [deny(rule("ALLOW", "clone", newUser(NAMESPACE_FLAGS))), "unshare-user", "no"],
  [deny(rule("ALLOW", "clone", newUser(0x20000))), "unshare-user", "unknown"], // looks at CLONE_NEWNS only
  [deny(rule("ALLOW", "clone")), "unshare-user", "yes"],
  [deny(rule("ALLOW", "clone3")), "unshare-user", "yes"], // its flags lie in memory
  [deny(rule("ALLOW", "unshare")), "unshare-user", "yes"],
  [allow(rule("ERRNO", "unshare clone3")), "unshare-user", "yes"], // clone is left
  [allow(rule("ERRNO", "unshare clone clone3")), "unshare-user", "no"],
  [
    allow(`{"names":["socket"],"action":"SCMP_ACT_ERRNO","args":[{"index":0,"value":40,"op":"SCMP_CMP_EQ"}]}`),
    "socket-vsock",
    "no",
  ],
  [
    allow(`{"names":["socket"],"action":"SCMP_ACT_ERRNO","args":[{"index":0,"value":40,"op":"SCMP_CMP_EQ"}]}`),
    "socket-alg",
    "yes",
  ],
  // capabilities, machines, kernels
  [deny(rule("ALLOW", "mount", ',"includes":{"caps":["CAP_SYS_ADMIN"]}')), "mount", "yes", sysAdmin],
  [deny(rule("ALLOW", "mount", ',"includes":{"caps":["CAP_SYS_ADMIN"]}')), "mount", "no"],
  [deny(rule("ALLOW", "mount", ',"includes":{"caps":["SYS_ADMIN"]}')), "mount", "no", sysAdmin], // compared with CAP_…
  [deny(rule("ALLOW", "mount", ',"includes":{"caps":["CAP_SYS_ADMIN","CAP_BPF"]}')), "mount", "no", sysAdmin],
  [allow(rule("ERRNO", "mount", ',"excludes":{"caps":["CAP_SYS_ADMIN"]}')), "mount", "yes", sysAdmin],
  [allow(rule("ERRNO", "mount", ',"excludes":{"caps":["CAP_SYS_ADMIN"]}')), "mount", "no"],
  [deny(rule("ALLOW", "bpf", ',"includes":{"arches":["s390x"]}')), "bpf", "no"],
  [deny(rule("ALLOW", "bpf", ',"includes":{"arches":["amd64","arm64"]}')), "bpf", "yes"],
  [deny(rule("ALLOW", "bpf", ',"includes":{"arches":["amd64"]}')), "bpf", "unknown"],
  [deny(rule("ALLOW", "bpf", ',"excludes":{"arches":["s390x"]}')), "bpf", "yes"],
  [deny(rule("ALLOW", "ptrace", ',"includes":{"minKernel":"4.8"}')), "ptrace", "yes"],
  [deny(rule("ALLOW", "ptrace", ',"includes":{"minKernel":"6.1"}')), "ptrace", "unknown"],
  // rules that contradict each other, and one that only repeats the default
  [deny(`${rule("ALLOW", "bpf")},${rule("KILL", "bpf")}`), "bpf", "unknown"],
  [deny(`${rule("ERRNO", "bpf")},${rule("ALLOW", "bpf")}`), "bpf", "yes"],
  // forms
  [`{"DEFAULTACTION":"SCMP_ACT_ALLOW"}`, "mount", "yes"], // Go takes keys in any case
  [`{"defaultAction":"SCMP_ACT_ALLOW","\u017fyscalls":[${rule("ERRNO", "mount")}]}`, "mount", "no"],
  [deny(`{"name":"mount","action":"SCMP_ACT_ALLOW","args":null}`), "mount", "yes"], // the form of 2016
  [
    deny(rule("ALLOW", "mount", `,"args":[{"index":0,"value":18446744073709551615,"op":"SCMP_CMP_EQ"}]`)),
    "mount",
    "unknown",
  ],
  [`{"defaultAction":"SCMP_ACT_ALLOW","syscalls":null}`, "mount", "yes"],
];

for (const [text, syscall, verdict, capabilities] of JUDGED) {
  test(`${text} ${[...(capabilities ?? [])]} -> ${syscall} ${verdict}`, () => {
    const profile = parseCustomProfile(text);
    assert.ok(profile !== undefined);
    assert.equal(customAllows(profile, syscall, capabilities ?? DOCKER_DEFAULT_CAPABILITIES), verdict);
  });
}

for (const text of [
  "",
  "default",
  "/etc/profile.json",
  "[]",
  "null",
  "{}", // no default action
  `{"defaultAction":1}`,
  `{"defaultAction":"ALLOW"}`,
  `{"defaultAction":"SCMP_ACT_ALLOW"} x`,
  `{"defaultAction":"SCMP_ACT_ERRNO","defaultAction":"SCMP_ACT_ALLOW"}`, // twice: not judged
  `{"defaultAction":"SCMP_ACT_ERRNO","defaultaction":"SCMP_ACT_ALLOW"}`,
  deny(`{"names":["mount"],"action":"SCMP_ACT_MAYBE"}`),
  deny(`{"names":["mount"],"name":"bpf","action":"SCMP_ACT_ALLOW"}`),
  deny(`{"names":"mount","action":"SCMP_ACT_ALLOW"}`),
  deny(`{"names":[1],"action":"SCMP_ACT_ALLOW"}`),
  deny("null"),
  deny(rule("ALLOW", "mount", ',"args":[{"index":-1,"op":"SCMP_CMP_EQ"}]')),
  deny(rule("ALLOW", "mount", ',"args":[{"index":0,"op":"EQ"}]')),
  deny(rule("ALLOW", "mount", ',"includes":{"caps":"CAP_SYS_ADMIN"}')),
  `{"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_X86_64"],"archMap":[{}]}`,
]) {
  test(`${JSON.stringify(text)} is no profile`, () => {
    assert.equal(parseCustomProfile(text), undefined);
    assert.equal(parseSeccompOption(`${text} `, { ioUring: "no", processVm: "no" }).kind, "unknown");
  });
}

for (const [says, characters, read] of [
  ["of exactly the limit", SECCOMP_PROFILE_CHARACTERS_MAX, true],
  ["of one character more", SECCOMP_PROFILE_CHARACTERS_MAX + 1, false],
] as const) {
  test(`a profile ${says} is ${read ? "read" : "not read"}`, () => {
    assert.equal(parseCustomProfile(allow("").padEnd(characters)) !== undefined, read);
  });
}

test("a key in a string is no key", () => {
  const text = allow(`{"names":["mount"],"action":"SCMP_ACT_ERRNO","comment":"\\"names\\": \\\\"}`);
  assert.ok(parseCustomProfile(text) !== undefined);
});

const OPTIONS: readonly (readonly [string | undefined, SeccompProfile["kind"]])[] = [
  [undefined, "default"],
  ["", "default"],
  ["builtin", "default"],
  ["unconfined", "off"],
  ["Unconfined", "unknown"],
  [allow(""), "off"],
  [allow(rule("ERRNO", "uselib")), "off"], // refuses nothing that matters
  [allow(rule("ERRNO", "keyctl")), "custom"],
  [allow(rule("ERRNO", "unshare clone clone3")), "custom"],
  [deny(rule("ALLOW", "mount")), "custom"],
];

for (const [option, kind] of OPTIONS) {
  test(`seccomp=${option} is ${kind}`, () => {
    assert.equal(parseSeccompOption(option, { ioUring: "no", processVm: "no" }).kind, kind);
  });
}

test("a profile that allows by default and refuses mount is a filter", () => {
  const profile = parseCustomProfile(allow(rule("ERRNO", "mount")));
  assert.ok(profile !== undefined && !isEffectivelyOff(profile));
});
