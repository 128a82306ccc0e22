import { invariant } from "../base/index.ts";
import { levelOfFact } from "./compiled.ts";
import type { Fact } from "./expression.ts";
import { type Memo, newMemo } from "./memo.ts";
import { MOUNT_LEVELS } from "./mount-levels.ts";
import type { View } from "./view.ts";

/** A fact, answered with its level, or all facts about mounts, answered with the number of the set of their levels. */
type Question = Fact | typeof MOUNT_LEVELS;

/** A question that a computation asked of one of its views. */
interface Asked {
  readonly place: number;
  readonly question: Question;
  readonly answer: number;
}

/** What was asked next after the same answers, or what came out of them. */
interface Node<Result> {
  question: Question | undefined;
  /** The view that it is for. */
  place: number;
  /** By the answer. */
  readonly next: (Node<Result> | undefined)[];
  result: { readonly value: Result } | undefined;
}

/**
 * The results of a computation that sees views only through the levels of facts (and `reachable`), remembered by the
 * questions that it asked and the answers that it got.
 *
 * Containers differ in names and paths; in what is true of them most are alike. A tree of questions leads to the result
 * of an earlier container which answered every one of them in the same way, without asking more than the computation
 * itself would have asked. Results are shared between containers and must hold nothing of one.
 */
export class Remembered<Result> {
  /** By how surely each view is reached. */
  readonly #roots = new Map<string, Node<Result>>();
  readonly #resultsMax: number;
  #results = 0;

  /** @param resultsMax Results that are kept; one more, and all are forgotten. */
  constructor(resultsMax: number) {
    this.#resultsMax = resultsMax;
  }

  /**
   * The result for these views: remembered, or computed. `compute` has to be pure. `given` are memories of answers that
   * are the same for everybody who asks here, so that they need not be asked again.
   */
  get(views: readonly View[], compute: (views: readonly View[]) => Result, given?: readonly Memo[]): Result {
    const key =
      views.length === 1
        ? (REACHABLE_KEYS[views[0]?.reachable ?? 0] ?? "")
        : views.map(({ reachable }) => reachable).join();
    let node = this.#roots.get(key);
    while (node?.question !== undefined) {
      const view = views[node.place] as View;
      node =
        node.next[
          node.question === MOUNT_LEVELS
            ? MOUNT_LEVELS.answer(view.container)
            : levelOfFact(node.question as Fact, view)
        ];
    }
    return node?.result === undefined ? this.#learn(key, views, compute, given) : node.result.value;
  }

  #learn(
    key: string,
    views: readonly View[],
    compute: (views: readonly View[]) => Result,
    given?: readonly Memo[],
  ): Result {
    const asked: Asked[] = [];
    const value = compute(views.map((view, place) => listened(view, place, asked, given?.[place])));
    if (this.#results >= this.#resultsMax) {
      this.#roots.clear();
      this.#results = 0;
    }
    let node = this.#roots.get(key);
    if (node === undefined) {
      node = emptyNode();
      this.#roots.set(key, node);
    }
    for (const { place, question, answer } of asked) {
      invariant(node.result === undefined, "the same answers led to an end and to a further question");
      invariant(
        node.question === undefined || (node.question === question && node.place === place),
        "the same answers led to another question",
      );
      node.question = question;
      node.place = place;
      node = node.next[answer] ??= emptyNode<Result>();
    }
    invariant(node.question === undefined, "the same answers led to a further question and to an end");
    node.result = { value };
    this.#results += 1;
    return value;
  }
}

/** The keys of a single view, by its level. */
const REACHABLE_KEYS = ["0", "1", "2", "3"];

const emptyNode = <Result>(): Node<Result> => ({
  question: undefined,
  place: 0,
  next: [],
  result: undefined,
});

/** The same view with a memory of its own, so that everything it is asked beyond what is given is seen. */
const listened = (view: View, place: number, asked: Asked[], given: Memo | undefined): View => ({
  ...view,
  memo: given?.slice() ?? newMemo(),
  onAnswer: (question, answer) => asked.push({ place, question: question as Question, answer }),
});
