import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  Parser,
  type Scalar,
} from "yaml";
import { YAML_DEPTH_MAX, YAML_NODES_MAX } from "./limits.ts";
import { readPlainDocument } from "./plain-document.ts";
import { resolvePlain } from "./scalar.ts";
import type { DocumentText } from "./split.ts";
import { listOf, type MapEntry, mapOf, scalarOf, type TreeNode } from "./tree.ts";
import { YAML_MESSAGES, YamlError } from "./yaml-error.ts";

/** A key that stands twice in one mapping; the last one counts. */
export interface DuplicateKey {
  readonly key: string;
  readonly offset: number;
}

/** One document, and what is odd about it. */
export interface ReadDocument {
  readonly root: TreeNode;
  readonly duplicates: readonly DuplicateKey[];
}

/** What YAML does not allow, and go-yaml refuses: a binary file has some of these within a few bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Reads one document within the limits of this folder. `budget` is shared by the documents of a file: nodes that may
 * still be made. Throws {@link YamlError}, and nothing else.
 */
export function readDocument(document: DocumentText, budget: { nodes: number }): ReadDocument {
  const plain = readPlainDocument(document);
  if (plain !== undefined && plain.size <= budget.nodes) {
    budget.nodes -= plain.size;
    return { root: plain, duplicates: [] };
  }
  return parseDocument(document, budget);
}

/** The same by the full parser. */
export function parseDocument(document: DocumentText, budget: { nodes: number }): ReadDocument {
  const control = document.text.search(CONTROL_CHARACTER);
  if (control !== -1) {
    throw new YamlError("BAD_SYNTAX", YAML_MESSAGES.notText(), document.offset + control);
  }
  const composed = compose(document);
  const [error] = composed.errors;
  if (error !== undefined) {
    throw new YamlError("BAD_SYNTAX", YAML_MESSAGES.syntax(error.message), document.offset + error.pos[0]);
  }
  const builder = new TreeBuilder(document.offset, budget);
  const root = builder.node(composed.contents);
  budget.nodes -= root.size;
  return { root, duplicates: builder.duplicates };
}

function compose({ text, offset }: DocumentText): Document.Parsed {
  const composer = new Composer({
    // Compared pairwise by the parser, which takes hours for a large mapping; the builder does it.
    uniqueKeys: false,
    // Plain scalars stay text: what they mean to go-yaml is not what any schema of the parser says.
    schema: "failsafe",
    merge: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  for (const composed of composer.compose(tokensOf(text, offset), true, text.length)) {
    return composed; // what follows a "..." is not read by kubectl either
  }
  throw new YamlError("BAD_SYNTAX", YAML_MESSAGES.syntax("no document"), offset);
}

/** The parser's tokens. Stops before the nesting gets too deep for the composer's recursion, and at the first error. */
function* tokensOf(text: string, offset: number): Generator<CST.Token, void> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* checked(parser.next(lexeme), offset);
    // The stack also holds the document and the scalar that is being read.
    if (parser.stack.length > YAML_DEPTH_MAX + 2) {
      throw new YamlError("TOO_LARGE", YAML_MESSAGES.tooDeep(YAML_DEPTH_MAX), offset + parser.offset);
    }
  }
  yield* checked(parser.end(), offset);
}

/** A broken document can have one error for every character. */
function* checked(tokens: Iterable<CST.Token>, offset: number): Generator<CST.Token, void> {
  for (const token of tokens) {
    if (token.type === "error") {
      throw new YamlError("BAD_SYNTAX", YAML_MESSAGES.syntax(token.message), offset + token.offset);
    }
    yield token;
  }
}

class TreeBuilder {
  readonly duplicates: DuplicateKey[] = [];
  readonly #base: number;
  readonly #nodesMax: number;
  /** What an anchor stands for at this point of the document; `undefined` while its own node is being read. */
  readonly #anchors = new Map<string, TreeNode | undefined>();
  /** Entries copied by merge keys: work that the size of the result alone does not show. */
  #merged = 0;

  constructor(base: number, budget: { readonly nodes: number }) {
    this.#base = base;
    this.#nodesMax = budget.nodes;
  }

  node(node: Node | null | undefined): TreeNode {
    if (node === null || node === undefined) {
      return scalarOf(null, this.#base);
    }
    const offset = this.#base + (node.range?.[0] ?? 0);
    if (isAlias(node)) {
      return this.#alias(node.source, offset);
    }
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) {
      this.#anchors.set(anchor, undefined);
    }
    const read = this.#bounded(this.#read(node, offset));
    if (anchor !== undefined) {
      this.#anchors.set(anchor, read);
    }
    return read;
  }

  #alias(name: string, offset: number): TreeNode {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      const message = this.#anchors.has(name) ? YAML_MESSAGES.aliasCycle(name) : YAML_MESSAGES.unknownAlias(name);
      throw new YamlError("BAD_SYNTAX", message, offset);
    }
    return target;
  }

  #read(node: Node, offset: number): TreeNode {
    if (isSeq(node)) {
      const items = node.items.map((item) => this.node(item as Node));
      return listOf(items, offset);
    }
    if (isMap(node)) {
      const entries = this.#entries(node.items as unknown as readonly { key: Node; value: Node | null }[]);
      return mapOf(entries, offset);
    }
    return scalarOf(scalarValue(node as Scalar), offset);
  }

  /** Own keys win over merged ones, and earlier merged mappings over later ones (yaml.org/type/merge.html). */
  #entries(pairs: readonly { readonly key: Node; readonly value: Node | null }[]): ReadonlyMap<string, MapEntry> {
    const own = new Map<string, MapEntry>();
    const inherited = new Map<string, MapEntry>();
    for (const { key, value } of pairs) {
      const keyOffset = this.#base + (key?.range?.[0] ?? 0);
      const name = this.#keyName(key, keyOffset);
      const read = this.node(value);
      // Nothing after the colon has no place of its own.
      const placed = value === null || isEmpty(value) ? { ...read, offset: keyOffset } : read;
      if (name === "<<" && isScalar(key) && key.type === "PLAIN") {
        this.#merge(inherited, placed);
        continue;
      }
      if (own.has(name)) {
        this.duplicates.push({ key: name, offset: keyOffset });
      }
      own.set(name, { keyOffset, value: placed });
    }
    for (const [name, entry] of inherited) {
      if (!own.has(name)) {
        own.set(name, entry);
      }
    }
    return own;
  }

  /** Keys of JSON are text; go-yaml writes numbers and booleans as such. */
  #keyName(key: Node | null | undefined, offset: number): string {
    const read = isScalar(key) || isAlias(key) ? this.node(key) : undefined;
    if (read?.kind !== "scalar") {
      throw new YamlError("BAD_SYNTAX", YAML_MESSAGES.badKey(), offset);
    }
    return String(read.value);
  }

  #merge(inherited: Map<string, MapEntry>, value: TreeNode): void {
    for (const source of value.kind === "list" ? value.items : [value]) {
      if (source.kind !== "map") {
        throw new YamlError("BAD_SYNTAX", YAML_MESSAGES.badMerge(), source.offset);
      }
      this.#merged += source.entries.size;
      if (this.#merged > this.#nodesMax) {
        throw new YamlError("TOO_LARGE", YAML_MESSAGES.tooManyNodes(YAML_NODES_MAX), value.offset);
      }
      for (const [name, entry] of source.entries) {
        if (!inherited.has(name)) {
          inherited.set(name, entry);
        }
      }
    }
  }

  #bounded(node: TreeNode): TreeNode {
    if (node.size > this.#nodesMax) {
      throw new YamlError("TOO_LARGE", YAML_MESSAGES.tooManyNodes(YAML_NODES_MAX), node.offset);
    }
    if (node.depth > YAML_DEPTH_MAX) {
      throw new YamlError("TOO_LARGE", YAML_MESSAGES.tooDeep(YAML_DEPTH_MAX), node.offset);
    }
    return node;
  }
}

const isEmpty = (node: Node): boolean => isScalar(node) && node.source === "" && node.type === "PLAIN";

/** A tag decides over the form: `!!str true` is text. Other tags are left to the value. */
function scalarValue(scalar: Scalar): string | number | boolean | null {
  const { value, type, tag } = scalar;
  const text = typeof value === "string" ? value : (scalar.source ?? "");
  const isText = type !== "PLAIN" || tag === "tag:yaml.org,2002:str" || tag === "tag:yaml.org,2002:binary";
  return isText && type !== undefined ? text : resolvePlain(text);
}
