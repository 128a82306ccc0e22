/** The time inside a program: it never waits, it only counts how long it would have waited. */

/** How far ahead a program is followed; one that waits longer than this never ends, milliseconds. */
export const AHEAD_MS_MAX = 7 * 86_400_000;

export class Clock {
  readonly started: number;
  readonly #hurried: boolean;
  #elapsed = 0;
  /** Where the script went on while something ran beside it. */
  readonly #forks: number[] = [];
  #beside = 0;

  constructor(started: number, hurried: boolean) {
    this.started = started;
    this.#hurried = hurried;
  }

  /** Milliseconds since the start. */
  get elapsed(): number {
    return this.#elapsed;
  }

  get now(): number {
    return this.started + this.#elapsed;
  }

  get isBeside(): boolean {
    return this.#forks.length > 0;
  }

  /** A wait that the visitor asked for. */
  wait(ms: number): void {
    this.#elapsed = Math.min(this.#elapsed + Math.max(0, ms), AHEAD_MS_MAX * 2);
  }

  /** Time that a program would have taken. */
  work(ms: number): void {
    if (!this.#hurried) {
      this.wait(ms);
    }
  }

  /** `&`: what follows runs beside the script. */
  fork(): void {
    this.#forks.push(this.#elapsed);
  }

  join(): void {
    this.#beside = Math.max(this.#beside, this.#elapsed);
    this.#elapsed = this.#forks.pop() ?? this.#elapsed;
  }

  /** `wait`: until all that runs beside the script is done. */
  settle(): void {
    this.#elapsed = Math.max(this.#elapsed, this.#beside);
  }

  /** Back to a moment before: a program that was not given the time. */
  cutTo(elapsed: number): void {
    this.#elapsed = Math.min(this.#elapsed, elapsed);
  }
}
