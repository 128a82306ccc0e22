import { readFileSync } from "node:fs";
import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { type Language, MIB } from "../base/index.ts";
import { type PlaceOf, type Policy, PRESETS, presetPolicy, readPolicy } from "../policy/index.ts";

/** Largest policy file. A hundred clients with long lists are a tenth of it. */
export const POLICY_BYTES_MAX = MIB;

/** Anchors that a document may expand to, so that a small file cannot become a huge one. */
const ALIASES_MAX = 100;

/** A policy that cannot be used, with a line for each thing that is wrong. */
export class PolicyFileError extends Error {
  override readonly name = "PolicyFileError";
}

/** Reads a policy: a file, or the name of a preset. @throws {PolicyFileError} */
export function loadPolicy(source: string, language: Language): Policy {
  const preset = PRESETS.some(({ id }) => id === source) ? presetPolicy(source, language) : undefined;
  return preset ?? parsePolicy(readText(source), source, language);
}

function readText(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= POLICY_BYTES_MAX) {
      return bytes.toString("utf8");
    }
  } catch (error) {
    const presets = PRESETS.map(({ id }) => id).join(", ");
    throw new PolicyFileError(
      `${file}: ${(error as NodeJS.ErrnoException).code ?? "cannot be read"}; give a file, or a preset: ${presets}`,
    );
  }
  throw new PolicyFileError(`${file}: larger than ${POLICY_BYTES_MAX} bytes`);
}

/** Reads a policy from YAML or JSON. @throws {PolicyFileError} */
export function parsePolicy(text: string, file: string, language: Language): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: "1.2" });
  const [first] = document.errors;
  if (first !== undefined) {
    const place = lines.linePos(first.pos[0]);
    throw new PolicyFileError(`${file}:${place.line}:${place.col}: ${first.message.split("\n", 1)[0]}`);
  }
  const placeOf: PlaceOf = (path) => {
    const offset = offsetOf(document.contents, path);
    const place = offset === undefined ? undefined : lines.linePos(offset);
    return place && { line: place.line, column: place.col };
  };
  const result = readPolicy(document.toJS({ maxAliasCount: ALIASES_MAX }), placeOf);
  if (result.kind === "policy") {
    return result.policy;
  }
  throw new PolicyFileError(
    result.problems
      .map(({ line, column, path, message }) => {
        const place = line === undefined ? file : `${file}:${line}:${column}`;
        return `${place}: ${path === "" ? "" : `${path}: `}${message[language]}`;
      })
      .join("\n"),
  );
}

/** Where the deepest part of a path that exists stands. */
function offsetOf(root: unknown, path: readonly PropertyKey[]): number | undefined {
  let node = root;
  let offset = startOf(root);
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
      );
      if (pair === undefined) {
        return offset;
      }
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === "number") {
      node = node.items[part];
      offset = startOf(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : undefined;
}
