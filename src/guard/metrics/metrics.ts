/** Bounds of the decision-time histogram, in seconds. The target for an ordinary create is 0.0002. */
const DECISION_SECONDS = [0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1, 5] as const;

/** Different label sets of one metric; further ones are counted together, so that no client can fill our memory. */
export const LABEL_SETS_MAX = 2_000;

type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly values: Map<string, number>;
}

/** Numbers of the gate, written in Prometheus' text format (prometheus.io, exposition formats 0.0.4). */
export class Metrics {
  readonly #families = new Map<string, Family>();
  readonly #gauges: { readonly name: string; readonly help: string; readonly read: () => number }[] = [];
  readonly #buckets: number[] = Array.from({ length: DECISION_SECONDS.length + 1 }, () => 0);
  #decisionSum = 0;
  #decisionCount = 0;

  /** Adds to a counter. */
  count(name: CounterName, labels: Labels = {}, by = 1): void {
    let family = this.#families.get(name);
    if (family === undefined) {
      family = { help: COUNTERS[name], type: "counter", values: new Map() };
      this.#families.set(name, family);
    }
    let key = labelText(labels);
    if (!family.values.has(key) && family.values.size >= LABEL_SETS_MAX) {
      key = labelText({ overflow: "true" });
    }
    family.values.set(key, (family.values.get(key) ?? 0) + by);
  }

  /** A number that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number): void {
    this.#gauges.push({ name, help, read });
  }

  /** How long a decision took. */
  decisionTook(seconds: number): void {
    const bucket = DECISION_SECONDS.findIndex((bound) => seconds <= bound);
    const index = bucket < 0 ? DECISION_SECONDS.length : bucket;
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#decisionSum += seconds;
    this.#decisionCount += 1;
  }

  /** Everything, as text. */
  text(): string {
    const lines: string[] = [];
    for (const [name, { help, type, values }] of this.#families) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
      for (const [labels, value] of values) {
        lines.push(`${name}${labels} ${value}`);
      }
    }
    for (const { name, help, read } of this.#gauges) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${read()}`);
    }
    lines.push(...this.#histogram());
    return `${lines.join("\n")}\n`;
  }

  #histogram(): string[] {
    const name = "sekisho_guard_decision_seconds";
    const lines = [`# HELP ${name} Time from the whole request to its decision.`, `# TYPE ${name} histogram`];
    let sum = 0;
    for (const [index, bound] of DECISION_SECONDS.entries()) {
      sum += this.#buckets[index] ?? 0;
      lines.push(`${name}_bucket{le="${bound}"} ${sum}`);
    }
    return [
      ...lines,
      `${name}_bucket{le="+Inf"} ${this.#decisionCount}`,
      `${name}_sum ${this.#decisionSum}`,
      `${name}_count ${this.#decisionCount}`,
    ];
  }
}

const COUNTERS = {
  sekisho_guard_requests_total: "Requests by client, decision and route.",
  sekisho_guard_faults_total: "Requests that failed for a fault of the gate or of the engine, by code.",
  sekisho_guard_malformed_total: "Requests that were no HTTP that the gate takes.",
  sekisho_guard_streams_total: "Connections that were taken over for a stream.",
  sekisho_guard_connections_total: "Connections by listener.",
  sekisho_guard_connections_refused_total: "Connections that were closed at once: too many, or not a known client.",
  sekisho_guard_clients_gone_total: "Clients that went away before their answer was complete.",
  sekisho_guard_policy_loads_total: "Policy loads by result.",
} as const;

export type CounterName = keyof typeof COUNTERS;

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escapeLabel = (value: string): string =>
  value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
