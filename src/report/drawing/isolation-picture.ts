import { quoteUntrusted } from "../../base/index.ts";
import { element, line, type Point, text } from "./svg.ts";
import { wallPiece } from "./wall-piece.ts";
import { NAMESPACE_WALLS, type Plan, ROOM_WALLS, WAYS, type Wall, type WallState } from "./walls.ts";

/** Words of the picture, in the reader's language. */
export interface PictureWords {
  readonly title: string;
  /** Says the same as the picture. */
  readonly description: string;
  readonly hostName: string;
  readonly containerName: string;
  readonly wall: (wall: Wall) => string;
  /** A few letters under a wall's name. */
  readonly note: (wall: Wall) => string;
  /** Unique within the page: pictures refer to their own titles. */
  readonly id: string;
}

/** Most characters of a name in the room. */
const NAME_CHARACTERS_MAX = 24;

/** Most characters of a note: what there is room for beside a wall. */
const NOTE_CHARACTERS_MAX = 20;

type Anchor = "start" | "middle" | "end";

/** Outer corners, clockwise, and where the label of the wall that begins there stands. */
const OUTER: readonly (readonly [corner: Point, label: Point, anchor: Anchor])[] = [
  [[290, 76], [380, 42], "middle"],
  [[470, 76], [566, 122], "start"],
  [[596, 196], [616, 297], "start"],
  [[596, 404], [560, 486], "start"],
  [[470, 524], [380, 556], "middle"],
  [[290, 524], [200, 486], "end"],
  [[164, 404], [144, 297], "end"],
  [[164, 196], [194, 122], "end"],
];

const ROOM: readonly (readonly [corner: Point, label: Point, anchor: Anchor])[] = [
  [[262, 196], [380, 220], "middle"],
  [[498, 196], [482, 304], "end"],
  [[498, 404], [380, 377], "middle"],
  [[262, 404], [278, 304], "start"],
];

/** Plates of the ways through: left or right edge, and height. */
const PLATES: readonly (readonly [side: "left" | "right", y: number])[] = [
  ["left", 236],
  ["left", 364],
  ["right", 236],
  ["right", 364],
];

/** The whole picture, 760 by 600: eight outer walls, the room with four, four ways through. */
export function isolationPicture(plan: Plan, words: PictureWords): string {
  const titleId = `${words.id}-t`;
  const descriptionId = `${words.id}-d`;
  return element(
    "svg",
    { class: "iso", viewBox: "0 0 760 600", role: "img", "aria-labelledby": `${titleId} ${descriptionId}` },
    element("title", { id: titleId }, text(words.title)),
    element("desc", { id: descriptionId }, text(words.description)),
    element("rect", { class: "field", width: 760, height: 600, rx: 10 }),
    label([20, 32], "start", "absent", words.hostName, ""),
    element("path", { class: "yard", d: `M${OUTER.map(([corner]) => corner.join(" ")).join("L")}Z` }),
    walls(plan, NAMESPACE_WALLS, OUTER, 11, 16, words),
    element("rect", { class: "room", x: 262, y: 196, width: 236, height: 208 }),
    walls(plan, ROOM_WALLS, ROOM, 7, 10, words),
    ...WAYS.map((way, index) => bridge(plan, way, PLATES[index] ?? ["left", 0], words)),
    element(
      "text",
      { class: "lbl who", x: 380, y: 270, "text-anchor": "middle" },
      text(quoteUntrusted(words.containerName, NAME_CHARACTERS_MAX)),
    ),
  );
}

function walls(
  plan: Plan,
  names: readonly Wall[],
  places: typeof OUTER,
  thickness: number,
  tower: number,
  words: PictureWords,
): string {
  const pieces = names.map((wall, index) => {
    const [from, at, anchor] = places[index] ?? [[0, 0], [0, 0], "middle"];
    const [to] = places[(index + 1) % places.length] ?? [[0, 0]];
    const { state } = plan[wall];
    return element(
      "g",
      {},
      element("title", {}, text(`${words.wall(wall)}: ${words.note(wall)}`)),
      wallPiece(from, to, state, thickness),
      label(at, anchor, state, words.wall(wall), words.note(wall)),
    );
  });
  const towers = places.map(([[x, y]]) =>
    element("rect", { class: "tower", x: x - tower / 2, y: y - tower / 2, width: tower, height: tower }),
  );
  return [...pieces, ...towers].join("");
}

function label([x, y]: Point, anchor: Anchor, state: WallState, name: string, note: string): string {
  const colour = state === "open" || state === "weakened" ? ` t-${state}` : "";
  const under =
    note === ""
      ? ""
      : element(
          "text",
          { class: `sub${colour}`, x, y: y + 16, "text-anchor": anchor },
          text(quoteUntrusted(note, NOTE_CHARACTERS_MAX)),
        );
  return element("text", { class: `lbl${colour}`, x, y, "text-anchor": anchor }, text(name)) + under;
}

/** A bridge over the outer wall where the way is used, else a dotted stub that stops before the wall. */
function bridge(plan: Plan, way: Wall, [side, y]: readonly ["left" | "right", number], words: PictureWords): string {
  const { state } = plan[way];
  const left = side === "left";
  const plate = left ? 14 : 654;
  const from = left ? 106 : 654;
  const used = state === "open" || state === "weakened";
  const colour = used ? ` t-${state}` : "";
  return element(
    "g",
    {},
    element("title", {}, text(`${words.wall(way)}: ${words.note(way)}`)),
    used ? road(from, y, left, state) : stub(from, y, left, state),
    element("rect", { class: `plate ${state}`, x: plate, y: y - 16, width: 92, height: 32, rx: 4 }),
    element("text", { class: `m${colour}`, x: plate + 46, y: y + 4, "text-anchor": "middle" }, text(words.wall(way))),
    used
      ? element(
          "text",
          { class: `sub${colour}`, x: left ? plate : plate + 92, y: y + 33, "text-anchor": left ? "start" : "end" },
          text(quoteUntrusted(words.note(way), NOTE_CHARACTERS_MAX)),
        )
      : "",
  );
}

function road(from: number, y: number, left: boolean, state: "open" | "weakened"): string {
  const half = state === "open" ? 9 : 6;
  const tip = left ? 198 : 562;
  const direction = left ? 1 : -1;
  const shoulder = tip - direction * 2;
  const d = `M${from} ${y - half}H${shoulder}V${y - half - 6}L${tip + direction * 16} ${y}L${shoulder} ${y + half + 6}V${y + half}H${from}Z`;
  return element("path", { class: `road-${state}`, d });
}

function stub(from: number, y: number, left: boolean, state: WallState): string {
  const end = left ? 138 : 622;
  const colour = state === "unknown" ? "w-unknown" : "w-absent";
  return (
    line([from, y], [end, y], { class: colour, "stroke-width": 2, "stroke-dasharray": "2 5" }) +
    line([end, y - 8], [end, y + 8], { class: colour, "stroke-width": 2.5 })
  );
}
