import assert from "node:assert/strict";
import { test } from "node:test";
import { auditWorkloads } from "../../audit/index.ts";
import { readText } from "../../cli/inputs/read-text.ts";
import { UNKNOWN_HOST } from "../../facts/index.ts";
import { type AuditDocument, auditToDocument } from "../index.ts";
import { isolationPicture } from "./isolation-picture.ts";
import { GRAPH_FACTS_MAX, GRAPH_STEPS_MAX, pathGraph } from "./path-graph.ts";
import { smallPlan } from "./plan-small.ts";
import { wallPiece } from "./wall-piece.ts";
import { openWalls, planOf, WALLS, wallsOf } from "./walls.ts";

function workloadOf(runLine: string): AuditDocument["workloads"][number] {
  const { workloads } = readText(runLine, "-", "docker-run");
  const audited = auditWorkloads(workloads, UNKNOWN_HOST, { fixes: false, peersAreKnown: false });
  const document = auditToDocument(
    { complete: true, host: UNKNOWN_HOST, hostFindings: [], workloads: audited, problems: [] },
    "0",
    "en",
  );
  return document.workloads[0] ?? assert.fail("no workload");
}

const planFor = (runLine: string) => planOf(workloadOf(runLine), {});

for (const [runLine, open] of [
  ["docker run nginx", []],
  ["docker run --memory 1g --read-only nginx", []],
  ["docker run -v /var/run/docker.sock:/var/run/docker.sock traefik", ["identity", "sockets"]],
  ["docker run -v /:/mnt busybox", ["identity", "mounts", "sockets"]],
  ["docker run -v /etc:/mnt busybox", ["identity", "mounts"]],
] as const) {
  test(`walls open with ${runLine}: ${open.join(", ") || "none"}`, () => {
    const plan = planFor(runLine);
    assert.deepEqual(WALLS.filter((wall) => plan[wall].state === "open").sort(), [...open].sort());
    assert.equal(openWalls(plan), open.length);
  });
}

test("privileged opens the room and the devices; the namespaces that it leaves hold", () => {
  const plan = planFor("docker run --privileged busybox");
  for (const wall of ["capabilities", "devices", "user"] as const) {
    assert.equal(plan[wall].state, "open", wall);
  }
  for (const wall of ["pid", "net", "ipc", "uts"] as const) {
    assert.equal(plan[wall].state, "holds", wall);
  }
});

test("a wall in the proof of a lesser gain only is weakened, not open", () => {
  const plan = planFor("docker run --pid host -u 65534 --security-opt no-new-privileges nginx");
  assert.ok(["weakened", "holds"].includes(plan.pid.state), plan.pid.state);
  assert.equal(openWalls(plan), 0);
});

test("the user namespace of a remapped host holds", () => {
  const workload = workloadOf("docker run nginx");
  assert.equal(planOf(workload, { usernsRemap: true }).user.state, "holds");
  assert.equal(planOf(workload, {}).user.state, "absent");
});

test("facts of the host alone are no wall", () => {
  assert.deepEqual(wallsOf("host.systemd"), []);
  assert.deepEqual(wallsOf("not ns.net.host"), ["net"]);
});

test("every state is drawn in a shape of its own", () => {
  const shapes = (["holds", "absent", "weakened", "open", "unknown"] as const).map((state) =>
    wallPiece([0, 0], [10, 0], state, 5).replace(/class="[^"]*"/g, ""),
  );
  assert.equal(new Set(shapes).size, 5);
});

test("a gap's light falls outwards, as the walls run clockwise", () => {
  const [, light = ""] = /class="breach" d="M([^"]*)Z"/.exec(wallPiece([0, 100], [100, 100], "open", 10)) ?? [];
  const heights = light.split("L").map((point) => Number(point.split(" ")[1]));
  assert.ok(Math.min(...heights) < 100 && Math.max(...heights) === 100, light);
});

test("pictures escape the names that they show", () => {
  const name = '<script>"&';
  const plan = planFor("docker run --privileged busybox");
  const words = {
    id: "x",
    title: name,
    description: name,
    hostName: name,
    containerName: name,
    wall: () => name,
    note: () => name,
  };
  assert.doesNotMatch(isolationPicture(plan, words), /<script/);
  assert.doesNotMatch(smallPlan(plan, 38), /NaN|undefined/);
  assert.doesNotMatch(isolationPicture(plan, words), /NaN|undefined/);
});

test("a graph shows no more than its limits, and nothing without a place", () => {
  const because = Array.from({ length: GRAPH_FACTS_MAX + 3 }, (_, index) => ({
    fact: `cap(${index})`,
    known: "yes" as const,
    from: { uri: "a.yaml", line: index + 1 },
  }));
  const steps = Array.from({ length: GRAPH_STEPS_MAX + 2 }, (_, index) => ({
    technique: `t${index}`,
    because: index === 0 ? because : [],
    uses: index === 0 ? [] : [`g${index - 1}`],
    gains: [`g${index}`],
  }));
  const path = { gain: "g", certainty: "yes" as const, attack: [], identity: "0", decidedBy: [], steps };
  const svg = pathGraph(path, {
    id: "g",
    title: "t",
    description: "d",
    columns: ["a", "b", "c", "d"],
    titleOf: (id) => `title ${id}`,
    gainTitle: (gain) => `won ${gain}`,
  });
  assert.equal([...svg.matchAll(/rx="24"/g)].length, GRAPH_FACTS_MAX);
  assert.equal([...svg.matchAll(/title t\d/g)].length, GRAPH_STEPS_MAX);
  assert.doesNotMatch(svg, /NaN|undefined/);
});
