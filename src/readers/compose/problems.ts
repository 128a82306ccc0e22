import type { LocalizedText } from "../../base/index.ts";
import type { ReadProblem } from "../read-result.ts";
import { COMPOSE_PROBLEMS_MAX } from "./limits.ts";
import type { Lines } from "./lines.ts";
import { MESSAGES } from "./messages.ts";
import type { Written } from "./tree.ts";

/** Collects what there is to say about one file; past {@link COMPOSE_PROBLEMS_MAX} it only remembers that there is more. */
export class Problems {
  readonly #lines: Lines;
  readonly #list: ReadProblem[] = [];
  /** The same node can be reached through several aliases; what is wrong with it is said once for each path. */
  readonly #said = new Set<string>();
  #left = 0;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  error(written: Written, message: LocalizedText): void {
    this.add("error", written.node.offset, written.path, message);
  }

  note(written: Written, message: LocalizedText): void {
    this.add("note", written.node.offset, written.path, message);
  }

  add(severity: ReadProblem["severity"], offset: number, path: string, message: LocalizedText): void {
    const key = `${offset} ${path} ${message.en}`;
    if (this.#said.has(key)) {
      return;
    }
    if (this.#list.length >= COMPOSE_PROBLEMS_MAX) {
      this.#left += 1;
      return;
    }
    this.#said.add(key);
    this.#list.push({ severity, message, place: this.#lines.placeOf(offset, path === "" ? undefined : path) });
  }

  /** A problem that knows its place already. */
  addForeign(problem: ReadProblem): void {
    if (this.#list.length >= COMPOSE_PROBLEMS_MAX) {
      this.#left += 1;
    } else if (!this.#list.some((known) => known.message.en === problem.message.en && samePlace(known, problem))) {
      this.#list.push(problem);
    }
  }

  /** In the order of the files. */
  list(): readonly ReadProblem[] {
    const uris = [...new Set(this.#list.map(({ place }) => place.uri))];
    const first = this.#lines.placeOf(0).uri;
    const rank = ({ place: { uri } }: ReadProblem) => (uri === first ? -1 : uris.indexOf(uri));
    const sorted = this.#list.toSorted(
      (left, right) =>
        rank(left) - rank(right) ||
        (left.place.line ?? 0) - (right.place.line ?? 0) ||
        (left.place.column ?? 0) - (right.place.column ?? 0),
    );
    if (this.#left > 0) {
      // What was left out may have been an error, so the audit is not complete.
      sorted.push({ severity: "error", message: MESSAGES.moreProblems(this.#left), place: this.#lines.placeOf(0) });
    }
    return sorted;
  }
}

const samePlace = (left: ReadProblem, right: ReadProblem): boolean =>
  left.place.uri === right.place.uri &&
  left.place.line === right.place.line &&
  left.place.column === right.place.column;
