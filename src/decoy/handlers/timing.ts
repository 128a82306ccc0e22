/** How long the real engine takes, by what it is asked (oracles/decoy/latency.json, measured on 20.10.24). */

/** Median and the ninth of ten, milliseconds. */
const MEASURED = {
  ping: [0.2, 0.6],
  version: [198, 373],
  info: [291, 492],
  list: [3.9, 16.6],
  create: [27.7, 68.8],
  remove: [19.3, 37.4],
  start: [825, 1022],
  startInNetwork: [1100, 1900],
  kill: [813, 960],
  exec: [300, 520],
  pause: [400, 600],
  top: [420, 600],
  network: [120, 165],
  layer: [350, 900],
} as const;

export type Operation = keyof typeof MEASURED;

/** Factor between the newest engines, which know their versions without asking, and 20.10. */
const QUICK: ReadonlySet<Operation> = new Set(["version", "info"]);

export class Timing {
  readonly #real: boolean;
  readonly #quickInfo: boolean;

  constructor(real: boolean, quickInfo: boolean) {
    this.#real = real;
    this.#quickInfo = quickInfo;
  }

  get real(): boolean {
    return this.#real;
  }

  /** Waits as long as the operation takes; not at all when timing is off. */
  wait(operation: Operation, factor = 1): Promise<void> | undefined {
    if (!this.#real) {
      return undefined;
    }
    const [median, ninth] = MEASURED[operation];
    const quick = this.#quickInfo && QUICK.has(operation) ? 0.05 : 1;
    const ms = spread(median, ninth) * factor * quick;
    return ms < 1 ? undefined : new Promise((resolve) => setTimeout(resolve, ms));
  }
}

/** Log-normal: most near the median, a few much later, none below half of it. */
function spread(median: number, ninth: number): number {
  const sigma = Math.log(ninth / median) / 1.2816;
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return Math.max(median * 0.5, median * Math.exp(sigma * Math.max(-2.5, Math.min(2.5, normal))));
}
