import { element, line, type Point } from "./svg.ts";
import { NAMESPACE_WALLS, type Plan, ROOM_WALLS, WAYS, type Wall } from "./walls.ts";

const OUTER: readonly Point[] = [
  [17, 4],
  [31, 4],
  [44, 17],
  [44, 31],
  [31, 44],
  [17, 44],
  [4, 31],
  [4, 17],
];
const INNER: readonly Point[] = [
  [16, 16],
  [32, 16],
  [32, 32],
  [16, 32],
];
/** Where the four ways cross the outer wall: mounts, sockets on the left, devices, cgroup tree on the right. */
const CROSSINGS: readonly (readonly [from: Point, to: Point])[] = [
  [
    [0, 20.5],
    [13, 20.5],
  ],
  [
    [0, 27.5],
    [13, 27.5],
  ],
  [
    [48, 20.5],
    [35, 20.5],
  ],
  [
    [48, 27.5],
    [35, 27.5],
  ],
];

/** The plan without words, for a list or the head of a section. Hidden from screen readers: the words stand beside it. */
export function smallPlan(plan: Plan, size: number): string {
  return element(
    "svg",
    { width: size, height: size, viewBox: "0 0 48 48", "aria-hidden": "true", class: "plan" },
    ring(plan, NAMESPACE_WALLS, OUTER, 3.2, 4),
    ring(plan, ROOM_WALLS, INNER, 2.2, 2.8),
    ...WAYS.map((way, index) => {
      const { state } = plan[way];
      const [from, to] = CROSSINGS[index] ?? [
        [0, 0],
        [0, 0],
      ];
      return state === "absent" || state === "holds" ? "" : line(from, to, { class: `w-${state}`, "stroke-width": 3 });
    }),
  );
}

function ring(plan: Plan, walls: readonly Wall[], corners: readonly Point[], width: number, tower: number): string {
  return walls
    .map((wall, index) => {
      const from = corners[index] ?? [0, 0];
      const to = corners[(index + 1) % corners.length] ?? [0, 0];
      const before = walls[(index + walls.length - 1) % walls.length] ?? wall;
      const open = plan[wall].state === "open" || plan[before].state === "open";
      return (
        bit(from, to, plan, wall, width) +
        element("rect", {
          x: from[0] - tower / 2,
          y: from[1] - tower / 2,
          width: tower,
          height: tower,
          class: open ? "f-open" : "f-holds",
        })
      );
    })
    .join("");
}

function bit(from: Point, to: Point, plan: Plan, wall: Wall, width: number): string {
  switch (plan[wall].state) {
    case "open":
      return ""; // At this size the gap itself is the sign.
    case "absent":
      return line(from, to, { class: "w-holds", "stroke-width": 0.9 });
    case "holds":
      return line(from, to, { class: "w-holds", "stroke-width": width });
    case "weakened":
      return line(from, to, { class: "w-weakened", "stroke-width": width, "stroke-dasharray": "2.4 1.5" });
    case "unknown":
      return line(from, to, {
        class: "w-unknown",
        "stroke-width": width,
        "stroke-dasharray": ".1 3",
        "stroke-linecap": "round",
      });
  }
}
