import assert from "node:assert/strict";
import { test } from "node:test";
import { SECCOMP_PROFILE_CHARACTERS_MAX } from "./limits.ts";
import { readOne } from "./one-service.fixture.ts";

for (const [options, expected] of [
  ["[no-new-privileges]", ["no-new-privileges"]],
  ["['no-new-privileges:true']", ["no-new-privileges:true"]],
  ["[apparmor=unconfined]", ["apparmor=unconfined"]],
  ["['apparmor:unconfined']", ["apparmor:unconfined"]],
  ["['label:disable']", ["label:disable"]],
  ["[label=type:spc_t]", ["label=type:spc_t"]],
  ["['seccomp:unconfined']", ["seccomp:unconfined"]],
  ["[seccomp=unconfined]", ["seccomp=unconfined"]],
  ["[seccomp=builtin]", ["seccomp=builtin"]],
  ["[]", []],
] as const) {
  test(`security_opt ${options} goes as it is`, () => {
    const { workload, said } = readOne(`security_opt: ${options}`);
    assert.deepEqual([workload.config.HostConfig.SecurityOpt, said, workload.unresolved.size], [expected, [], 0]);
    assert.equal("MaskedPaths" in workload.config.HostConfig, false);
  });
}

for (const option of ["systempaths=unconfined", "'systempaths:unconfined'"]) {
  test(`${option} empties the masked and the read-only paths`, () => {
    const { workload } = readOne(`security_opt:\n- label=disable\n- ${option}\n- no-new-privileges`);
    const { MaskedPaths, ReadonlyPaths, SecurityOpt } = workload.config.HostConfig;
    assert.deepEqual([MaskedPaths, ReadonlyPaths, SecurityOpt], [[], [], ["label=disable", "no-new-privileges"]]);
    assert.equal(workload.where("HostConfig.MaskedPaths").line, 5);
    assert.equal(workload.where("HostConfig.SecurityOpt[1]").line, 6);
  });
}

for (const separator of ["=", ":"]) {
  test(`seccomp${separator}FILE is read from the directory of the file`, () => {
    const asked: string[] = [];
    const readFile = (path: string) => {
      asked.push(path);
      return '{ "defaultAction": "SCMP_ACT_ALLOW",\n "a b": "c \\" d" }';
    };
    const { workload, said } = readOne(`security_opt: ['seccomp${separator}./p.json']`, "", { readFile });
    assert.deepEqual(asked, ["/srv/app/p.json"]);
    assert.deepEqual(workload.config.HostConfig.SecurityOpt, [
      'seccomp={"defaultAction":"SCMP_ACT_ALLOW","a b":"c \\" d"}',
    ]);
    assert.deepEqual([said, workload.unresolved.size], [[], 0]);
  });
}

const padded = (length: number) => "{}".padEnd(length, " ");

for (const [name, readFile, message] of [
  ["no reader", undefined, "the seccomp profile p.json could not be read"],
  ["no file", () => undefined, "the seccomp profile p.json could not be read"],
  ["no JSON", () => "{", "the seccomp profile p.json is not JSON, or too long"],
  ["no object", () => "5", "the seccomp profile p.json is not JSON, or too long"],
  ["too long", () => padded(SECCOMP_PROFILE_CHARACTERS_MAX + 1), "the seccomp profile p.json is not JSON, or too long"],
] as const) {
  test(`a seccomp file with ${name} stays unknown`, () => {
    const { workload, problems } = readOne("security_opt: [seccomp=p.json]", "", { readFile });
    assert.deepEqual(
      problems.map(({ severity, message }) => [severity, message.en]),
      [["note", message]],
    );
    assert.deepEqual(workload.config.HostConfig.SecurityOpt, ["seccomp=/srv/app/p.json"]);
    assert.deepEqual(Array.from(workload.unresolved.keys()), ["HostConfig.SecurityOpt[0]", "HostConfig.SecurityOpt"]);
  });
}

test("a seccomp profile of exactly the limit is read", () => {
  const readFile = () => padded(SECCOMP_PROFILE_CHARACTERS_MAX);
  const { workload } = readOne("security_opt: [seccomp=p.json]", "", { readFile });
  assert.deepEqual(workload.config.HostConfig.SecurityOpt, ["seccomp={}"]);
});

test("an option that the engine would refuse is an error, and the options are unknown", () => {
  const { workload, said } = readOne("security_opt: [bogus, label=disable]");
  assert.deepEqual(said, ["error 3:20 services.web.security_opt[0] expected an option such as no-new-privileges:true"]);
  assert.deepEqual(workload.config.HostConfig.SecurityOpt, ["label=disable"]);
  assert.ok(workload.unresolved.has("HostConfig.SecurityOpt"));
});
