import { createHash } from "node:crypto";
import type { SessionsDocument } from "./sessions-schema.ts";
import { stixObservableOf, stixPatternOf } from "./stix-pattern.ts";

type Session = SessionsDocument["sessions"][number];
type StixObject = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

/** Namespace of our ids: the same thing gets the same id in every export, so that a platform joins them. */
const NAMESPACE = Buffer.from("8c3f6d1e5d0b4a5e9a7c0f2b6e4d1a90", "hex");

/** Namespace of STIX for the ids of observables (STIX 2.1, section 2.9). */
const OBSERVABLES = Buffer.from("00abedb4aa4246c19c01fed23315a9b7", "hex");

/** A STIX 2.1 bundle: what was observed, indicators, ATT&CK patterns, and how they belong together. */
export function sessionsToStix(document: SessionsDocument): string {
  const objects = new Map<string, StixObject>();
  const add = (object: StixObject): string => {
    objects.set(object.id, object);
    return object.id;
  };
  const author = add({
    type: "identity",
    spec_version: "2.1",
    id: idOf("identity", "sekisho decoy"),
    created: "2026-01-01T00:00:00.000Z",
    modified: "2026-01-01T00:00:00.000Z",
    name: "Sekisho decoy",
    identity_class: "system",
  });
  for (const session of document.sessions) {
    addSession(session, author, add);
  }
  const bundle = {
    type: "bundle",
    id: idOf("bundle", document.sessions.map(({ id }) => id).join(" ")),
    objects: [...objects.values()],
  };
  return `${JSON.stringify(bundle, undefined, 2)}\n`;
}

function addSession(session: Session, author: string, add: (object: StixObject) => string): void {
  const common = { spec_version: "2.1", created_by_ref: author, created: session.started, modified: session.ended };
  const address = plainAddress(session.source.address);
  const type = addressType(address);
  const seen = type === undefined ? [] : [add(observable(type, { value: address }))];
  const strong = session.indicators.filter(({ strength }) => strength === "strong");
  for (const indicator of session.indicators) {
    const found = stixObservableOf(indicator);
    if (found !== undefined) {
      seen.push(add(observable(found.type, found.properties)));
    }
  }
  // STIX wants at least one thing that was observed, also of a visitor whose address is not known.
  const observed = add({
    ...common,
    type: "observed-data",
    id: idOf("observed-data", session.id),
    first_observed: session.started,
    last_observed: session.ended,
    number_observed: 1,
    object_refs: [...new Set(seen.length === 0 ? [add(observable("software", { name: "Docker client" }))] : seen)],
  });
  const patterns = session.attack.map((attack) => addPattern(attack, common, add));
  const references = [...seen.slice(0, 1), observed, ...patterns];
  for (const indicator of strong) {
    const pattern = stixPatternOf(indicator);
    if (pattern === undefined || session.verdict !== "malicious") {
      continue;
    }
    const id = add({
      ...common,
      type: "indicator",
      id: idOf("indicator", pattern),
      name: `${indicator.type}: ${indicator.value.slice(0, 120)}`,
      indicator_types: ["malicious-activity"],
      pattern,
      pattern_type: "stix",
      pattern_version: "2.1",
      valid_from: session.started,
    });
    references.push(id, add(relation(id, "based-on", observed, common)));
    for (const attack of patterns.slice(0, RELATED_MAX)) {
      references.push(add(relation(id, "indicates", attack, common)));
    }
  }
  add({
    ...common,
    type: "report",
    id: idOf("report", session.id),
    name: session.title,
    description: descriptionOf(session),
    report_types: ["observed-data", "threat-report"],
    published: session.ended,
    labels: [`verdict:${session.verdict}`],
    object_refs: [...new Set(references)],
  });
}

/** Most ATT&CK patterns that one indicator is tied to: the opening ones say what it was for. */
const RELATED_MAX = 8;

function addPattern(attack: Session["attack"][number], common: object, add: (object: StixObject) => string): string {
  return add({
    ...common,
    // Patterns are ATT&CK's, not of a session: the same everywhere.
    created: "2026-01-01T00:00:00.000Z",
    modified: "2026-01-01T00:00:00.000Z",
    type: "attack-pattern",
    id: idOf("attack-pattern", attack.id),
    name: attack.name,
    external_references: [
      {
        source_name: "mitre-attack",
        external_id: attack.id,
        url: `https://attack.mitre.org/techniques/${attack.id.replace(".", "/")}`,
      },
    ],
  });
}

const relation = (source: string, kind: string, target: string, common: object): StixObject => ({
  ...common,
  type: "relationship",
  id: idOf("relationship", `${source} ${kind} ${target}`),
  relationship_type: kind,
  source_ref: source,
  target_ref: target,
});

/** The story and why each technique is named. The bundle schema of OASIS takes no note, so it stands in the report. */
function descriptionOf({ narrative, attack }: Session): string {
  const lines = attack.map(({ id, basis, because, request }) => `${id} (${basis}, request ${request}): ${because}`);
  return [narrative.en, ...lines].join("\n");
}

/** A cyber observable; its id follows from its content, as STIX wants it. */
function observable(type: string, properties: Readonly<Record<string, unknown>>): StixObject {
  return { type, spec_version: "2.1", id: `${type}--${uuid5(OBSERVABLES, JSON.stringify(properties))}`, ...properties };
}

const idOf = (type: string, name: string): string => `${type}--${uuid5(NAMESPACE, `${type} ${name}`)}`;

/** RFC 9562, version 5. */
function uuid5(namespace: Buffer, name: string): string {
  const bytes = createHash("sha1").update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const addressType = (address: string): string | undefined =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)
    ? "ipv4-addr"
    : /^[0-9a-f:.]+:[0-9a-f:.]*$/i.test(address)
      ? "ipv6-addr"
      : undefined;

/** An IPv4 address that came over an IPv6 socket. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");
