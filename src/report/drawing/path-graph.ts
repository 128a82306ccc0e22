import { quoteUntrusted } from "../../base/index.ts";
import type { AuditDocument } from "../audit-schema.ts";
import { placeOf } from "../formats/entries.ts";
import { element, num, text } from "./svg.ts";

type Path = AuditDocument["workloads"][number]["paths"][number];

/** Words and titles of the graph, in the reader's language. */
export interface GraphWords {
  readonly title: string;
  readonly description: string;
  /** Heads of the four columns. */
  readonly columns: readonly [written: string, fact: string, technique: string, gain: string];
  readonly titleOf: (technique: string) => string;
  readonly gainTitle: (gain: string) => string;
  /** Unique within the page. */
  readonly id: string;
}

/** Facts of one graph; the list that follows it has all. */
export const GRAPH_FACTS_MAX = 9;

/** Steps of one graph. */
export const GRAPH_STEPS_MAX = 5;

interface Node {
  readonly key: string;
  readonly label: string;
  readonly under: string;
  readonly column: number;
  y: number;
}

const X: readonly number[] = [0, 296, 524, 850];
const WIDTH: readonly number[] = [212, 176, 270, 210];
const LABEL_CHARACTERS: readonly number[] = [26, 21, 34, 26];
const ROW = 60;
const TOP = 34;
const HEIGHT = 48;

/** One escape path as a graph: what is written, the facts that makes, the techniques, the gains. */
export function pathGraph(path: Path, words: GraphWords): string {
  const { nodes, edges } = layout(path, words);
  const rows = Math.max(...[0, 1, 2, 3].map((column) => nodes.filter((node) => node.column === column).length));
  const height = TOP + rows * ROW;
  place(nodes, rows);
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  return element(
    "svg",
    { class: "graph", viewBox: `-2 0 1064 ${height}`, role: "img", "aria-labelledby": `${words.id}-t ${words.id}-d` },
    element("title", { id: `${words.id}-t` }, text(words.title)),
    element("desc", { id: `${words.id}-d` }, text(words.description)),
    ...words.columns.map((name, column) => element("text", { class: "hd", x: X[column] ?? 0, y: 14 }, text(name))),
    ...edges.map(([from, to]) => edge(byKey.get(from), byKey.get(to))),
    ...nodes.map(box),
  );
}

function layout(
  path: Path,
  words: GraphWords,
): { nodes: readonly Node[]; edges: readonly (readonly [string, string])[] } {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, readonly [string, string]>();
  const add = (column: number, id: string, label: string, under: string): string => {
    const key = `${column} ${id}`;
    if (!nodes.has(key)) {
      nodes.set(key, { key, label, under, column, y: 0 });
    }
    return key;
  };
  const join = (from: string, to: string): void => {
    edges.set(`${from} > ${to}`, [from, to]);
  };
  let facts = 0;
  for (const step of path.steps.slice(0, GRAPH_STEPS_MAX)) {
    const technique = add(2, step.technique, words.titleOf(step.technique), step.technique);
    for (const { fact, from } of step.because) {
      if (facts >= GRAPH_FACTS_MAX && !nodes.has(`1 ${fact}`)) {
        continue;
      }
      facts += nodes.has(`1 ${fact}`) ? 0 : 1;
      const key = add(1, fact, fact, "");
      join(
        add(0, placeOf(from) + (from.field ?? ""), from.field ?? placeOf(from), from.field ? placeOf(from) : ""),
        key,
      );
      join(key, technique);
    }
    for (const gain of step.gains) {
      join(technique, add(3, gain, gain, words.gainTitle(gain)));
    }
    for (const gain of step.uses) {
      if (nodes.has(`3 ${gain}`)) {
        join(`3 ${gain}`, technique);
      }
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** Spreads each column over the height, in the order in which things were met. */
function place(nodes: readonly Node[], rows: number): void {
  for (const column of [0, 1, 2, 3]) {
    const members = nodes.filter((node) => node.column === column);
    const room = (rows * ROW) / Math.max(members.length, 1);
    for (const [index, node] of members.entries()) {
      node.y = TOP + room * index + (room - HEIGHT) / 2;
    }
  }
}

function edge(from: Node | undefined, to: Node | undefined): string {
  if (from === undefined || to === undefined) {
    return "";
  }
  const [y1, y2] = [from.y + HEIGHT / 2, to.y + HEIGHT / 2];
  if (from.column > to.column) {
    // A gain that a later step builds on: back to the left side of that step.
    const [x1, x2] = [(X[from.column] ?? 0) + 12, (X[to.column] ?? 0) + (WIDTH[to.column] ?? 0)];
    return element("path", { class: "e hot", d: `M${num(x1)} ${num(y1)}L${num(x2)} ${num(y2)}` });
  }
  const x1 = (X[from.column] ?? 0) + (WIDTH[from.column] ?? 0);
  const x2 = X[to.column] ?? 0;
  const bend = (x2 - x1) * 0.55;
  const d = `M${num(x1)} ${num(y1)}C${num(x1 + bend)} ${num(y1)} ${num(x2 - bend)} ${num(y2)} ${num(x2)} ${num(y2)}`;
  return element("path", { class: "e hot", d });
}

function box({ column, label, under, y }: Node): string {
  const x = X[column] ?? 0;
  const charactersMax = LABEL_CHARACTERS[column] ?? 20;
  const mono = column === 2 ? "" : "m ";
  return element(
    "g",
    { class: column === 3 ? "n goal" : "n hot" },
    element("rect", { x, y, width: WIDTH[column] ?? 0, height: HEIGHT, rx: column === 1 ? 24 : 5 }),
    element(
      "text",
      { class: `${mono}b`, x: x + 12, y: under === "" ? y + 29 : y + 20 },
      text(quoteUntrusted(label, charactersMax)),
    ),
    under === ""
      ? ""
      : element(
          "text",
          { class: column === 2 ? "s m" : "s", x: x + 12, y: y + 37 },
          text(quoteUntrusted(under, charactersMax + 4)),
        ),
  );
}
