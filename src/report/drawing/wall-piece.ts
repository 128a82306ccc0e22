import { element, line, num, type Point } from "./svg.ts";
import type { WallState } from "./walls.ts";

/** Share of a wall that stands at each end of a gap. */
const STUB = 0.24;

/** One straight wall. Its shape alone tells the state; the class brings the colour. `thickness` in drawing units. */
export function wallPiece(from: Point, to: Point, state: WallState, thickness: number): string {
  switch (state) {
    case "holds":
      return line(from, to, { class: "w-holds", "stroke-width": thickness });
    case "absent":
      return line(from, to, { class: "w-absent", "stroke-width": 2 });
    case "weakened":
      return line(from, to, {
        class: "w-weakened",
        "stroke-width": thickness,
        "stroke-dasharray": `${num(thickness * 0.95)} ${num(thickness * 0.5)}`,
      });
    case "unknown":
      return line(from, to, {
        class: "w-unknown",
        "stroke-width": 3,
        "stroke-dasharray": ".1 8",
        "stroke-linecap": "round",
      });
    case "open":
      return gap(from, to, thickness);
  }
}

/** Two stubs, two posts, and light that falls out between them. */
function gap(from: Point, to: Point, thickness: number): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = [dx / length, dy / length];
  const at = (share: number): Point => [from[0] + dx * share, from[1] + dy * share];
  const [near, far] = [at(STUB), at(1 - STUB)];
  // Outwards is to the right of the direction that the walls are drawn in, clockwise: (uy, -ux).
  const reach = thickness * 2.2;
  const spread = reach * 0.55;
  const light: readonly Point[] = [
    near,
    far,
    [far[0] + uy * reach + ux * spread, far[1] - ux * reach + uy * spread],
    [near[0] + uy * reach - ux * spread, near[1] - ux * reach - uy * spread],
  ];
  const half = thickness * 0.95;
  const post = ([x, y]: Point): string =>
    line([x - uy * half, y + ux * half], [x + uy * half, y - ux * half], { class: "w-open", "stroke-width": 3 });
  return [
    element("path", { class: "breach", d: `M${light.map((point) => point.map(num).join(" ")).join("L")}Z` }),
    line(from, near, { class: "w-open", "stroke-width": thickness }),
    line(far, to, { class: "w-open", "stroke-width": thickness }),
    post(near),
    post(far),
  ].join("");
}
