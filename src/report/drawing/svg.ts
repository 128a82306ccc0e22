import { escapeXml } from "../formats/escape.ts";

/** A point of a drawing, in its own units. */
export type Point = readonly [x: number, y: number];

/** A number as SVG writes it: one decimal at most. */
export const num = (value: number): string => String(Math.round(value * 10) / 10);

/** Attributes of an element; numbers are rounded, text is escaped, `undefined` is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element. `children` is markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? num(value) : escapeXml(String(value))}"`)
    .join("");
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join("")}</${name}>`;
}

/** Text content, escaped. */
export const text = (value: string): string => escapeXml(value);

/** A straight line as a path. */
export const line = (from: Point, to: Point, attributes: Attributes): string =>
  element("path", { d: `M${from.map(num).join(" ")}L${to.map(num).join(" ")}`, fill: "none", ...attributes });
