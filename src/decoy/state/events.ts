/** What happened, for `/events`: the last ones are kept, and listeners hear of new ones. */
import type { JsonRecord } from "./go-json.ts";
import { EVENTS_MAX } from "./limits.ts";
import type { Container, EngineEvent } from "./model.ts";
import { now, toSeconds } from "./moment.ts";

export class EventLog {
  #events: EngineEvent[] = [];
  readonly #listeners = new Set<(event: EngineEvent) => void>();

  get listeners(): number {
    return this.#listeners.size;
  }

  add(type: EngineEvent["type"], action: string, id: string, attributes: ReadonlyMap<string, string>): void {
    const event: EngineEvent = { type, action, id, attributes, time: now() };
    this.#events.push(event);
    if (this.#events.length > EVENTS_MAX) {
      this.#events.shift();
    }
    for (const listener of this.#listeners) {
      listener(event);
    }
  }

  /** An event of a container: its labels, image and name go with it. */
  ofContainer(container: Container, action: string, more: Readonly<Record<string, string>> = {}): void {
    const labels = container.config["Labels"];
    const attributes = new Map<string, string>(labels instanceof Map ? (labels as ReadonlyMap<string, string>) : []);
    for (const [name, value] of Object.entries({ image: container.image, name: container.name, ...more })) {
      attributes.set(name, value);
    }
    this.add("container", action, container.id, attributes);
  }

  since(from: bigint, until: bigint): readonly EngineEvent[] {
    return this.#events.filter((event) => event.time >= from && event.time <= until);
  }

  listen(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  all(): readonly EngineEvent[] {
    return this.#events;
  }

  restore(events: readonly EngineEvent[]): void {
    this.#events = [...events];
  }
}

/** `events.Message` as it is written. */
export function eventRecord(event: EngineEvent): JsonRecord {
  const record: JsonRecord = {};
  if (event.type === "container" || event.type === "image") {
    record["status"] = event.action;
    record["id"] = event.id;
    const image = event.attributes.get("image");
    if (event.type === "container" && image !== undefined) {
      record["from"] = image;
    }
  }
  record["Type"] = event.type;
  record["Action"] = event.action;
  record["Actor"] = { ID: event.id, Attributes: event.attributes };
  record["scope"] = "local";
  record["time"] = toSeconds(event.time);
  record["timeNano"] = event.time;
  return record;
}
