import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { podOf } from "../../../test/support/pod.ts";
import { LANGUAGES } from "../../base/index.ts";
import { evaluatePodSecurity, POD_SECURITY_CONTROLS, POD_SECURITY_MINOR_MAX, podSecurityMinor } from "./index.ts";

const OTHER_FILES = new Set([
  "control.ts",
  "evaluate.ts",
  "index.ts",
  "list.ts",
  "pod-security.test.ts",
  "proc-mount-masked.ts",
  "seccomp-field.ts",
  "version.ts",
]);

const fileOf = (id: string): string =>
  `${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll("_", "-")}.ts`;

const verdict = (spec: string, minor: number, annotations = "") =>
  evaluatePodSecurity(podOf(spec, annotations), minor).verdict;

const refusers = (spec: string, level: "baseline" | "restricted", minor: number, annotations = ""): readonly string[] =>
  verdict(spec, minor, annotations)[level].violations.map(({ control }) => control);

test("every control's file is listed, under its own name", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !OTHER_FILES.has(file));
  assert.deepEqual(POD_SECURITY_CONTROLS.map(({ id }) => fileOf(id)).sort(), files.sort());
});

for (const { id, level, title, explanation, examples, versions, overrides } of POD_SECURITY_CONTROLS) {
  describe(id, () => {
    for (const spec of examples.refused) {
      test(`refuses ${spec}`, () => assert.ok(refusers(spec, level, POD_SECURITY_MINOR_MAX).includes(id)));
    }
    for (const spec of examples.allowed) {
      test(`lets in ${spec}`, () => assert.ok(!refusers(spec, level, POD_SECURITY_MINOR_MAX).includes(id)));
    }
    test("is written in every language, with versions in order", () => {
      for (const text of [title, explanation]) {
        for (const language of LANGUAGES) {
          assert.notEqual(text[language].trim(), "");
        }
      }
      const from = versions.map((version) => version.from);
      assert.deepEqual(
        from,
        [...new Set(from)].sort((left, right) => left - right),
      );
    });
    test("takes the place of a baseline control only", () => {
      const replaced = POD_SECURITY_CONTROLS.find((control) => control.id === overrides);
      assert.equal(replaced?.level, overrides === undefined ? undefined : "baseline");
    });
  });
}

const container = (securityContext: string): string =>
  `containers: [{name: a, image: a, securityContext: ${securityContext}}]`;

const HARDENED = "{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}";
const hardened = (more = "", securityContext = HARDENED): string =>
  `{${more} securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: a, securityContext: ${securityContext}}]}`;

/** Spec, level, control, last version that lets it in, first that refuses it; or the other way round. */
const TURNING_POINTS: readonly (readonly [string, "baseline" | "restricted", string, number, "refuses" | "lets in"])[] =
  [
    [container("{}"), "restricted", "allowPrivilegeEscalation", 8, "refuses"],
    [`{os: {name: windows}, ${container("{}")}}`, "restricted", "allowPrivilegeEscalation", 25, "lets in"],
    [container("{}"), "restricted", "seccompProfile_restricted", 19, "refuses"],
    [`{os: {name: windows}, ${container("{}")}}`, "restricted", "seccompProfile_restricted", 25, "lets in"],
    [container("{seccompProfile: {type: Unconfined}}"), "baseline", "seccompProfile_baseline", 19, "refuses"],
    [container("{}"), "restricted", "capabilities_restricted", 22, "refuses"],
    [`{os: {name: windows}, ${container("{}")}}`, "restricted", "capabilities_restricted", 25, "lets in"],
    [container("{runAsUser: 0}"), "restricted", "runAsUser", 23, "refuses"],
    [`{hostUsers: false, ${container("{runAsUser: 0}")}}`, "restricted", "runAsUser", 35, "lets in"],
    [`{hostUsers: false, ${container("{}")}}`, "restricted", "runAsNonRoot", 35, "lets in"],
    [`{hostUsers: false, ${container("{procMount: Unmasked}")}}`, "baseline", "procMount", 35, "lets in"],
    [`{hostUsers: false, ${container("{procMount: Unmasked}")}}`, "restricted", "procMount_restricted", 35, "refuses"],
    [container("{seLinuxOptions: {type: container_engine_t}}"), "baseline", "seLinuxOptions", 31, "lets in"],
    [
      "containers: [{name: a, image: a, readinessProbe: {tcpSocket: {host: a, port: 1}}}]",
      "baseline",
      "hostProbesAndHostLifecycle",
      34,
      "refuses",
    ],
    ...(
      [
        ["net.ipv4.ip_local_reserved_ports", 27],
        ["net.ipv4.tcp_keepalive_time", 29],
        ["net.ipv4.tcp_fin_timeout", 29],
        ["net.ipv4.tcp_keepalive_intvl", 29],
        ["net.ipv4.tcp_keepalive_probes", 29],
        ["net.ipv4.tcp_rmem", 32],
        ["net.ipv4.tcp_wmem", 32],
        ["net.ipv4.tcp_slow_start_after_idle", 37],
        ["net.ipv4.tcp_notsent_lowat", 37],
      ] as const
    ).map(
      ([name, from]) =>
        [
          `{securityContext: {sysctls: [{name: ${name}, value: '1'}]}, containers: [{name: a, image: a}]}`,
          "baseline",
          "sysctls",
          from,
          "lets in",
        ] as const,
    ),
  ];

for (const [spec, level, control, from, what] of TURNING_POINTS) {
  test(`from v1.${from} on ${control} ${what} ${spec}`, () => {
    const first = POD_SECURITY_CONTROLS.find(({ id }) => id === control)?.versions[0]?.from ?? 0;
    // Before its first version a control lets everything in, which says nothing of the turning point.
    for (let minor = what === "refuses" ? 0 : first; minor <= POD_SECURITY_MINOR_MAX; minor += 1) {
      assert.equal(
        refusers(spec, level, minor).includes(control),
        minor >= from === (what === "refuses"),
        `v1.${minor}`,
      );
    }
  });
}

describe("at the restricted level", () => {
  for (const [spec, from, replaced, by] of [
    [container("{capabilities: {add: [SYS_TIME]}}"), 22, "capabilities_baseline", "capabilities_restricted"],
    [container("{seccompProfile: {type: Unconfined}}"), 19, "seccompProfile_baseline", "seccompProfile_restricted"],
    [container("{procMount: Unmasked}"), 35, "procMount", "procMount_restricted"],
    [
      "{containers: [{name: a, image: a}], volumes: [{name: v, hostPath: {path: /}}]}",
      0,
      "hostPathVolumes",
      "restrictedVolumes",
    ],
  ] as const) {
    test(`${by} takes the place of ${replaced} from v1.${from} on`, () => {
      for (let minor = 0; minor <= POD_SECURITY_MINOR_MAX; minor += 1) {
        const controls = refusers(spec, "restricted", minor);
        assert.equal(controls.includes(by), minor >= from);
        assert.ok(!controls.includes(replaced) || minor < from);
      }
    });
  }

  test("a hardened pod is let in by every version", () => {
    for (let minor = 0; minor <= POD_SECURITY_MINOR_MAX; minor += 1) {
      assert.deepEqual(refusers(hardened(), "restricted", minor), [], `v1.${minor}`);
    }
  });

  for (const list of ["initContainers", "ephemeralContainers"]) {
    test(`one container of ${list} is enough to be refused`, () => {
      const spec = hardened(`${list}: [{name: b, image: b}],`);
      assert.deepEqual(refusers(spec, "restricted", 37), ["allowPrivilegeEscalation", "capabilities_restricted"]);
    });
  }
});

describe("annotations", () => {
  const spec = "containers: [{name: a, image: a}]";
  for (const [annotations, minor, controls] of [
    ["{seccomp.security.alpha.kubernetes.io/pod: unconfined}", 18, ["seccompProfile_baseline"]],
    ["{seccomp.security.alpha.kubernetes.io/pod: unconfined}", 19, []],
    ["{seccomp.security.alpha.kubernetes.io/pod: docker/default}", 18, []],
    ["{container.seccomp.security.alpha.kubernetes.io/a: ''}", 18, ["seccompProfile_baseline"]],
    ["{container.seccomp.security.alpha.kubernetes.io/other: unconfined}", 18, []],
    ["{container.apparmor.security.beta.kubernetes.io/other: unconfined}", 37, ["appArmorProfile"]],
    ["{container.apparmor.security.beta.kubernetes.io/a: ''}", 37, []],
    ["{container.apparmor.security.beta.kubernetes.io/a: localhost/x}", 37, []],
  ] as const) {
    test(`${annotations} at v1.${minor}`, () => {
      assert.deepEqual(refusers(spec, "baseline", minor, annotations), controls);
    });
  }
});

describe("what is set and empty", () => {
  for (const [spec, controls] of [
    [container("{appArmorProfile: {}}"), ["appArmorProfile"]],
    [container("{seccompProfile: {}}"), ["seccompProfile_baseline"]],
    [container("{seccompProfile: null, appArmorProfile: null, procMount: null, seLinuxOptions: {}}"), []],
    [container("{procMount: ''}"), ["procMount"]],
    [container("{capabilities: {add: ['']}}"), ["capabilities_baseline"]],
    ["{securityContext: {sysctls: [{}]}, containers: [{name: a, image: a}]}", ["sysctls"]],
    ["{containers: [{name: a, image: a}], volumes: [{name: v, hostPath: {}}]}", ["hostPathVolumes"]],
  ] as const) {
    test(spec, () => assert.deepEqual(refusers(spec, "baseline", 37), controls));
  }
});

describe("versions", () => {
  for (const [text, minor] of [
    ["latest", POD_SECURITY_MINOR_MAX],
    ["v1.0", 0],
    ["1.25", 25],
    [`v1.${POD_SECURITY_MINOR_MAX}`, POD_SECURITY_MINOR_MAX],
    [`v1.${POD_SECURITY_MINOR_MAX + 1}`, POD_SECURITY_MINOR_MAX],
    ["v1.01", undefined],
    ["v2.0", undefined],
    ["1", undefined],
    ["", undefined],
  ] as const) {
    test(`${text} -> ${minor}`, () => assert.equal(podSecurityMinor(text), minor));
  }
});
