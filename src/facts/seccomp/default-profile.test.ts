import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { CAPABILITIES, type Capability, type CapabilitySet, DOCKER_DEFAULT_CAPABILITIES } from "../capability.ts";
import {
  ALLOWED_BY_CAPABILITY,
  ALLOWED_ON_COMMON_ARCHITECTURES,
  ALLOWED_WITH_ARGUMENTS,
  ALWAYS_ALLOWED,
  DIFFERS_BY_ENGINE,
} from "./default-profile.ts";
import { type SeccompProfile, seccompAllows } from "./index.ts";
import { parseCustomProfile } from "./parse-profile.ts";

/** The profile itself, as moby publishes it. It is not part of the project; without it these tests are skipped. */
const PROFILE = "/work/shared/schemas/seccomp-default.json";
const skip = existsSync(PROFILE) ? false : `the engine's profile is not at ${PROFILE}`;

const DEFAULT: SeccompProfile = { kind: "default", byEngine: { ioUring: "no", processVm: "unknown" } };

const capabilitySets: readonly (readonly [string, CapabilitySet])[] = [
  ["no capability", new Set()],
  ["Docker's defaults", DOCKER_DEFAULT_CAPABILITIES],
  ["all capabilities", new Set(CAPABILITIES)],
  ...CAPABILITIES.map((name) => [name, new Set<Capability>([name])] as const),
];

for (const [says, capabilities] of capabilitySets) {
  test(`the table answers as the engine's profile does, with ${says}`, { skip }, () => {
    const custom = parseCustomProfile(readFileSync(PROFILE, "utf8"));
    assert.ok(custom !== undefined);
    const asCustom: SeccompProfile = { kind: "custom", profile: custom };
    for (const syscall of syscalls(custom.rulesByName.keys())) {
      const theirs = seccompAllows(asCustom, syscall, capabilities);
      const ours = seccompAllows(DEFAULT, syscall, capabilities);
      assert.equal(ours, expected(syscall, theirs, ours), syscall);
    }
  });
}

function syscalls(named: Iterable<string>): string[] {
  const ours = [ALWAYS_ALLOWED, ALLOWED_BY_CAPABILITY.keys(), ALLOWED_WITH_ARGUMENTS, ALLOWED_ON_COMMON_ARCHITECTURES];
  const never = ["kexec_load", "kexec_file_load", "keyctl", "add_key", "userfaultfd", "io_uring_setup", "swapon"];
  return [...new Set([...named, ...ours.flatMap((names) => [...names]), ...never, "unshare-user", "no_such_call"])];
}

/** Where the table does not follow the profile word by word, and why. */
function expected(syscall: string, theirs: string, ours: string): string {
  if (DIFFERS_BY_ENGINE.has(syscall) && ours === "unknown") {
    return "unknown"; // the newest profile is sure, the engine may be older
  }
  if (ALLOWED_WITH_ARGUMENTS.has(syscall) || ALLOWED_ON_COMMON_ARCHITECTURES.has(syscall)) {
    assert.notEqual(theirs, "no");
    return "yes";
  }
  return theirs;
}

test("the engine's profile refuses the calls that have words of their own", { skip }, () => {
  const custom = parseCustomProfile(readFileSync(PROFILE, "utf8"));
  assert.ok(custom !== undefined);
  for (const syscall of ["unshare-user", "socket-alg", "socket-vsock"]) {
    assert.equal(seccompAllows({ kind: "custom", profile: custom }, syscall, DOCKER_DEFAULT_CAPABILITIES), "no");
  }
});

for (const ioUring of ["yes", "no", "unknown"] as const) {
  test(`io_uring follows the engine's age: ${ioUring}`, () => {
    const profile: SeccompProfile = { kind: "default", byEngine: { ioUring, processVm: "unknown" } };
    assert.equal(seccompAllows(profile, "io_uring_setup", DOCKER_DEFAULT_CAPABILITIES), ioUring);
    assert.equal(seccompAllows(profile, "io_uring_enter", new Set(CAPABILITIES)), ioUring);
  });
}

for (const name of ["constructor", "__proto__", "toString"]) {
  test(`${name} is no system call`, () => {
    assert.equal(seccompAllows(DEFAULT, name, new Set(CAPABILITIES)), "no");
  });
}
