import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { podWorkloads } from "../../../test/support/pod.ts";
import { deriveContainerFacts, type HostValues, UNKNOWN_HOST, type Workload } from "../../facts/index.ts";
import { ReadError } from "../read-result.ts";
import { looksLikeKubernetes, readKubernetes } from "./index.ts";

const names = (text: string): readonly string[] => readKubernetes(text, "f.yaml").workloads.map(({ id }) => id);

const messages = (text: string, severity: "error" | "note"): readonly string[] =>
  readKubernetes(text, "f.yaml")
    .problems.filter((problem) => problem.severity === severity)
    .map(({ message, place }) => `${place.line}: ${message.en}`);

const only = (spec: string): Workload => {
  const [workload] = podWorkloads(spec);
  assert.ok(workload);
  return workload;
};

const facts = (spec: string, values: HostValues = {}) =>
  deriveContainerFacts(only(spec), { values, where: UNKNOWN_HOST.where });

const POD = "spec: {containers: [{name: a, image: a}]}";

describe("kinds that hold a pod", () => {
  for (const [manifest, id] of [
    [`apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n${POD}`, "f.yaml#Pod/x/a"],
    [`apiVersion: v1\nkind: PodTemplate\nmetadata: {name: x}\ntemplate: {${POD}}`, "f.yaml#PodTemplate/x/a"],
    ...["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"].map(
      (kind) =>
        [
          `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: x, namespace: shop}\nspec: {template: {${POD}}}`,
          `f.yaml#${kind}/shop/x/a`,
        ] as const,
    ),
    [
      `apiVersion: v1\nkind: ReplicationController\nmetadata: {name: x}\nspec: {template: {${POD}}}`,
      "f.yaml#ReplicationController/x/a",
    ],
    [`apiVersion: batch/v1\nkind: Job\nmetadata: {name: x}\nspec: {template: {${POD}}}`, "f.yaml#Job/x/a"],
    [
      `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: x}\nspec: {jobTemplate: {spec: {template: {${POD}}}}}`,
      "f.yaml#CronJob/x/a",
    ],
  ] as const) {
    test(id, () => assert.deepEqual(names(manifest), [id]));
  }

  test("a custom resource is noted and left", () => {
    const text = `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec: {template: {${POD}}}`;
    assert.deepEqual(names(text), []);
    assert.match(messages(text, "note").join(), /custom resource/);
  });

  test("a kind of the same name in another group is another kind", () => {
    assert.deepEqual(names(`apiVersion: batch.volcano.sh/v1alpha1\nkind: Job\nspec: {template: {${POD}}}`), []);
  });

  test("a built-in kind without a pod is passed over in silence", () => {
    const { workloads, problems } = readKubernetes("apiVersion: v1\nkind: Service\nspec: {}", "f.yaml");
    assert.deepEqual([workloads, problems], [[], []]);
  });
});

describe("documents and lists", () => {
  const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n${POD}\n`;

  test("every document counts, empty ones not", () => {
    assert.deepEqual(names(`---\n# nothing\n---\n${pod("x")}---\n${pod("z")}`), ["f.yaml#Pod/x/a", "f.yaml#Pod/z/a"]);
  });

  test("a document that cannot be parsed leaves the others", () => {
    const text = `${pod("x")}---\na: [\n---\n${pod("z")}`;
    assert.deepEqual(names(text), ["f.yaml#Pod/x/a", "f.yaml#Pod/z/a"]);
    assert.equal(messages(text, "error").length, 1);
  });

  test("a template is called one", () => {
    const text = `${pod("x")}---\n{{- if .Values.on }}\nkind: Pod\n{{- end }}\n`;
    assert.deepEqual(names(text), ["f.yaml#Pod/x/a"]);
    assert.match(messages(text, "error").join(), /render it first/);
    assert.match(messages("apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.n }}}", "error").join(), /render it/);
  });

  test("braces in text are no template", () => {
    assert.deepEqual(messages(`apiVersion: v1\nkind: ConfigMap\ndata: {a: "{{ .Values.x }}"}`, "error"), []);
  });

  test("lists, typed and not, and their places", () => {
    const items = `items: [{apiVersion: v1, kind: Pod, metadata: {name: x}, ${POD}}]`;
    assert.deepEqual(names(`apiVersion: v1\nkind: List\n${items}`), ["f.yaml#Pod/x/a"]);
    const typed = `apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: x}\n  ${POD}`;
    assert.deepEqual(names(typed), ["f.yaml#Pod/x/a"]);
    const [workload] = readKubernetes(typed, "f.yaml").workloads;
    assert.deepEqual(workload?.where("Config.Image"), {
      uri: "f.yaml",
      line: 5,
      column: 33,
      field: "items[0].spec.containers[0].image",
    });
  });

  test("JSON, also several objects in a row", () => {
    const json = `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x{"}, "spec": {"containers": [{"name": "a"}]}}`;
    assert.deepEqual(names(`${json}\n${json}`), ["f.yaml#Pod/x{/a", "f.yaml#Pod/x{/a"]);
  });

  test("anchors and merge keys", () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - &a {name: a, securityContext: {privileged: yes}}\n  - {<<: *a, name: b}`;
    const { workloads } = readKubernetes(text, "f.yaml");
    assert.deepEqual(
      workloads.map(({ config }) => config.HostConfig.Privileged),
      [true, true],
    );
  });
});

describe("what the API server would refuse", () => {
  for (const [spec, line] of [
    ["spec: []", 4],
    ["spec:\n  containers: {name: a}", 5],
    ["spec:\n  containers: [{name: a}]\n  hostPID: 'true'", 6],
    ["spec:\n  containers: [{name: a, securityContext: {runAsUser: '0'}}]", 5],
    ["spec:\n  containers: [{name: a, securityContext: {capabilities: {add: SYS_ADMIN}}}]", 5],
    ["spec:\n  containers: [{name: 1}]", 5],
    ["spec:\n  containers: [{name: a, resources: {limits: {memory: lots}}}]", 5],
    ["spec:\n  containers: []", 5],
    ["status: {}", 1],
  ] as const) {
    test(spec, () => {
      const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n${spec}`;
      const errors = messages(text, "error");
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? "", new RegExp(`^${line}: .*refuses`));
      assert.ok(readKubernetes(text, "f").workloads.every(({ surroundings }) => surroundings.pod?.refused === true));
    });
  }

  test("null is the same as nothing", () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: x, annotations: }\nspec: {hostPID: , containers: [{name: a, securityContext: }]}`;
    assert.deepEqual(messages(text, "error"), []);
  });

  test("a field that nobody knows is noted", () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: a, securitycontext: {}}]}`;
    assert.match(messages(text, "note").join(), /securitycontext/);
  });
});

describe("a text that is nothing of ours", () => {
  for (const text of ["", "# only a comment\n---\n"]) {
    test(JSON.stringify(text), () => assert.throws(() => readKubernetes(text, "f"), ReadError));
  }

  test("is told apart from Compose and run lines", () => {
    assert.ok(looksLikeKubernetes("# c\napiVersion: v1\nkind: Pod\n"));
    assert.ok(looksLikeKubernetes('{"kind": "List", "apiVersion": "v1"}'));
    assert.ok(looksLikeKubernetes("%YAML 1.1\n---\n\n{{ if .x }}\napiVersion: v1\nkind: Pod\n{{ end }}"));
    assert.ok(!looksLikeKubernetes("FROM a\nRUN cat <<EOF > p\napiVersion: v1\nkind: Pod\nEOF\n"));
    assert.ok(!looksLikeKubernetes("services:\n  web: {image: a}\n"));
    assert.ok(!looksLikeKubernetes("apiVersion: v2\nname: chart\n"));
    assert.ok(
      !looksLikeKubernetes('[{"Config": {"Labels": {"x": "{\\"apiVersion\\": \\"v1\\", \\"kind\\": \\"Pod\\"}"}}}]'),
    );
  });
});

describe("the configuration of a container", () => {
  const withContext = (context: string) => `containers: [{name: a, image: a, securityContext: ${context}}]`;

  for (const [context, add, drop] of [
    ["{capabilities: {add: [SYS_ADMIN], drop: [ALL]}}", ["SYS_ADMIN"], ["ALL"]],
    ["{capabilities: {add: [NET_ADMIN], drop: [NET_ADMIN]}}", undefined, ["NET_ADMIN"]],
    ["{capabilities: {add: [ALL], drop: [ALL]}}", undefined, ["ALL"]],
    ["{capabilities: {add: [CAP_SYS_ADMIN]}}", ["SYS_ADMIN"], undefined],
    ["{capabilities: {drop: [CAP_NET_RAW]}}", undefined, undefined],
    ["{capabilities: {add: [NOT_ONE]}}", undefined, undefined],
  ] as const) {
    test(`capabilities ${context}`, () => {
      const { CapAdd, CapDrop } = only(withContext(context)).config.HostConfig;
      assert.deepEqual([CapAdd, CapDrop], [add, drop]);
    });
  }

  for (const [spec, values, kind] of [
    [withContext("{}"), {}, "unknown"],
    [withContext("{}"), { seccompDefault: true }, "default"],
    [withContext("{}"), { seccompDefault: false }, "off"],
    [withContext("{seccompProfile: {type: Unconfined}}"), { seccompDefault: true }, "off"],
    [withContext("{seccompProfile: {type: RuntimeDefault}}"), {}, "default"],
    [withContext("{seccompProfile: {type: Localhost, localhostProfile: p.json}}"), {}, "unknown"],
    [withContext("{privileged: true, seccompProfile: {type: RuntimeDefault}}"), {}, "off"],
    [`{securityContext: {seccompProfile: {type: RuntimeDefault}}, ${withContext("{}")}}`, {}, "default"],
    [
      `{securityContext: {seccompProfile: {type: RuntimeDefault}}, ${withContext("{seccompProfile: {type: Unconfined}}")}}`,
      {},
      "off",
    ],
  ] as const) {
    test(`seccomp of ${spec} with ${JSON.stringify(values)} -> ${kind}`, () => {
      assert.equal(facts(spec, values).seccomp.kind, kind);
    });
  }

  for (const [spec, uid0, name] of [
    [withContext("{}"), "yes", "0"],
    [withContext("{runAsUser: 0}"), "yes", "0"],
    [withContext("{runAsUser: 1000}"), "no", "1000"],
    [withContext("{runAsNonRoot: true}"), "no", "non-root"],
    [`{securityContext: {runAsUser: 1000}, ${withContext("{runAsUser: 0}")}}`, "yes", "0"],
    [`{securityContext: {runAsNonRoot: true}, ${withContext("{runAsNonRoot: false}")}}`, "yes", "0"],
  ] as const) {
    test(`user of ${spec} -> ${name}`, () => {
      const [start] = facts(spec).identities;
      assert.deepEqual([start?.uid0, start?.name], [uid0, name]);
    });
  }

  test("namespaces", () => {
    const { namespaces } = facts(`{hostPID: true, hostNetwork: true, ${withContext("{}")}}`);
    assert.deepEqual(
      [namespaces.pid.host, namespaces.net.host, namespaces.uts.host, namespaces.ipc.host],
      ["yes", "yes", "yes", "no"],
    );
    assert.equal(facts(`{hostUsers: false, ${withContext("{}")}}`).ids.sameIds, "no");
    assert.equal(facts(withContext("{}")).ids.sameIds, "yes");
    assert.equal(facts(`{runtimeClassName: gvisor, ${withContext("{}")}}`).ids.initialUserNamespace, "unknown");
  });

  for (const [mount, expected] of [
    ["{name: v, mountPath: /m}", { hostPath: "/srv", readOnly: "no", recursive: "no", propagation: "rprivate" }],
    ["{name: v, mountPath: /m, readOnly: true}", { hostPath: "/srv", readOnly: "yes", recursive: "no" }],
    ["{name: v, mountPath: /m, readOnly: true, recursiveReadOnly: Enabled}", { readOnly: "yes", recursive: "yes" }],
    ["{name: v, mountPath: /m, subPath: a/b}", { hostPath: "/srv/a/b" }],
    ["{name: v, mountPath: /m, subPathExpr: $(POD)}", { hostPath: undefined }],
    ["{name: v, mountPath: /m, mountPropagation: Bidirectional}", { propagation: "rshared" }],
    ["{name: v, mountPath: /m, mountPropagation: HostToContainer}", { propagation: "rslave" }],
  ] as const) {
    test(`volumeMount ${mount}`, () => {
      const spec = `{volumes: [{name: v, hostPath: {path: /srv}}], containers: [{name: a, volumeMounts: [${mount}]}]}`;
      const [found] = facts(spec).mounts;
      assert.ok(found);
      for (const [key, value] of Object.entries(expected)) {
        assert.equal(found[key as keyof typeof found], value, key);
      }
    });
  }

  test("volumes that hold nothing of the node are no mounts, and a hostPath that is not mounted neither", () => {
    const spec =
      "{volumes: [{name: v, hostPath: {path: /}}, {name: w, emptyDir: {}}], containers: [{name: a, volumeMounts: [{name: w, mountPath: /w}]}]}";
    assert.deepEqual(facts(spec).mounts, []);
  });

  test("ids are mapped on the volumes of a pod with users of its own", () => {
    const spec =
      "{hostUsers: false, volumes: [{name: v, hostPath: {path: /srv}}], containers: [{name: a, volumeMounts: [{name: v, mountPath: /v}]}]}";
    assert.equal(facts(spec).mounts[0]?.idMapped, "yes");
  });

  for (const [spec, mounted] of [
    [POD.slice("spec: ".length), true],
    ["{automountServiceAccountToken: false, containers: [{name: a}]}", false],
    [
      "{automountServiceAccountToken: false, volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: t}}]}}], containers: [{name: a, volumeMounts: [{name: t, mountPath: /t}]}]}",
      true,
    ],
    [
      "{volumes: [{name: t, emptyDir: {}}], containers: [{name: a, volumeMounts: [{name: t, mountPath: /var/run/secrets/kubernetes.io/serviceaccount/}]}]}",
      false,
    ],
  ] as const) {
    test(`token of ${spec} -> ${mounted}`, () => {
      assert.equal(only(spec).surroundings.pod?.automountServiceAccountToken, mounted);
    });
  }

  test("the account of the same file decides over the token, and the runtime class over the runtime", () => {
    const text = `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\nautomountServiceAccountToken: false\n---\napiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: sandbox}\nhandler: runsc\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {serviceAccountName: s, runtimeClassName: sandbox, containers: [{name: a}]}`;
    const [workload] = readKubernetes(text, "f.yaml").workloads;
    assert.equal(workload?.surroundings.pod?.automountServiceAccountToken, false);
    assert.equal(workload?.config.HostConfig.Runtime, "runsc");
  });

  test("limits, devices and ports", () => {
    const { HostConfig } = only(
      "containers: [{name: a, ports: [{containerPort: 80, hostPort: 8080}], resources: {limits: {cpu: 500m, memory: 1Gi, nvidia.com/gpu: 1, devices.kubevirt.io/kvm: 1}}}]",
    ).config;
    assert.deepEqual(
      [HostConfig.NanoCpus, HostConfig.Memory, HostConfig.Devices, HostConfig.DeviceRequests?.[0]?.Count],
      [5e8, 2 ** 30, [{ PathOnHost: "/dev/kvm" }], 1],
    );
    assert.deepEqual(HostConfig.PortBindings, { "80/tcp": [{ HostIp: "", HostPort: "8080" }] });
  });
});
