import type { Known } from "./known.ts";
import { LEVEL, type Memo, newMemo } from "./memo.ts";
import type { EffectiveMount } from "./mounts.ts";

/** A question to one mount. */
export interface MountQuestion {
  /** Number of the fact that asks it of all mounts. */
  readonly index: number;
  readonly judge: (mount: EffectiveMount) => Known;
}

/** The part of a container that is asked. */
interface Mounted {
  readonly mounts: readonly EffectiveMount[];
  readonly memo: Memo;
  mountAnswers: number | undefined;
}

/** Mounts whose answers are kept; one more, and all are forgotten. */
const MOUNTS_MAX = 2048;

/** Different sets of answers that are told apart at a time. */
const SETS_MAX = 4096;

/**
 * The facts about mounts, answered together: there are two hundred of them, each is the best answer of any mount, and
 * the same few mounts come back in most containers.
 */
class MountLevels {
  readonly #questions: MountQuestion[] = [];
  readonly #byMount = new Map<string, Memo>();
  readonly #sets = new Map<string, number>();
  #setsSeen = 0;
  #isSealed = false;

  /** Numbers of the facts that are answered together. */
  readonly indexes: number[] = [];

  /** Takes a question in; false once containers were asked: later facts are asked one by one. */
  add(question: MountQuestion): boolean {
    if (!this.#isSealed) {
      this.#questions.push(question);
      this.indexes.push(question.index);
    }
    return !this.#isSealed;
  }

  /** Writes the answers into the container's memory. Equal numbers mean equal answers; they are never used again. */
  answer(container: Mounted): number {
    container.mountAnswers ??= this.#load(container);
    return container.mountAnswers;
  }

  #load({ mounts, memo }: Mounted): number {
    this.#isSealed = true;
    for (const index of this.indexes) {
      memo[index] = LEVEL.no;
    }
    for (const mount of mounts) {
      const levels = this.#levelsOf(mount);
      for (const index of this.indexes) {
        memo[index] = Math.max(memo[index] ?? LEVEL.no, levels[index] ?? LEVEL.no);
      }
    }
    return this.#numberOf(String.fromCharCode(...this.indexes.map((index) => memo[index] ?? LEVEL.no)));
  }

  #levelsOf(mount: EffectiveMount): Memo {
    const { from: _, ...told } = mount;
    const key = JSON.stringify(told);
    let levels = this.#byMount.get(key);
    if (levels === undefined) {
      if (this.#byMount.size >= MOUNTS_MAX) {
        this.#byMount.clear();
      }
      levels = newMemo();
      for (const { index, judge } of this.#questions) {
        levels[index] = LEVEL[judge(mount)];
      }
      this.#byMount.set(key, levels);
    }
    return levels;
  }

  #numberOf(set: string): number {
    let number = this.#sets.get(set);
    if (number === undefined) {
      if (this.#sets.size >= SETS_MAX) {
        this.#sets.clear();
      }
      this.#setsSeen += 1;
      number = this.#setsSeen;
      this.#sets.set(set, number);
    }
    return number;
  }
}

export const MOUNT_LEVELS = new MountLevels();
