import { createHash } from "node:crypto";
import type { SessionsDocument } from "./sessions-schema.ts";

type Session = SessionsDocument["sessions"][number];
type Indicator = Session["indicators"][number];

/** MISP's type and category of an indicator (misp-project.org, core format). */
const MISP_TYPES: Readonly<Record<Indicator["type"], readonly [type: string, category: string]>> = {
  url: ["url", "Network activity"],
  domain: ["domain", "Network activity"],
  ipv4: ["ip-dst", "Network activity"],
  ipv6: ["ip-dst", "Network activity"],
  sha256: ["sha256", "Payload delivery"],
  "ssh-key": ["text", "Persistence mechanism"],
  email: ["email", "Attribution"],
  wallet: ["text", "Financial fraud"],
  pool: ["hostname|port", "Network activity"],
  image: ["text", "Payload delivery"],
  "host-path": ["filename", "Artifacts dropped"],
  "container-name": ["text", "Artifacts dropped"],
  user: ["target-user", "Targeting data"],
  "user-agent": ["user-agent", "Network activity"],
  credential: ["text", "Other"],
};

const WALLETS: readonly (readonly [RegExp, string])[] = [
  [/^(?:bc1|[13][1-9A-HJ-NP-Za-km-z]{25,34}$)/, "btc"],
  [/^[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93,}$/, "xmr"],
];

/** One event of MISP for each session, as its import and API take them. Secrets are left out. */
export function sessionsToMisp({ sessions }: SessionsDocument): string {
  const events = sessions.map((session) => ({ Event: eventOf(session) }));
  return `${JSON.stringify(events.length === 1 ? events[0] : { response: events }, undefined, 2)}\n`;
}

function eventOf(session: Session) {
  const seconds = secondsOf(session.ended);
  return {
    uuid: uuidOf(session.id),
    info: `Sekisho decoy: ${session.title}`,
    date: session.started.slice(0, 10),
    timestamp: seconds,
    threat_level_id: { malicious: "1", recon: "3", benign: "4" }[session.verdict],
    analysis: "2",
    distribution: "0",
    published: false,
    Tag: [
      { name: `sekisho:verdict="${session.verdict}"` },
      ...session.attack.map(({ id, name }) => ({
        name: `misp-galaxy:mitre-attack-pattern="${name.split(": ").at(-1) ?? name} - ${id}"`,
      })),
    ],
    Attribute: [
      attributeOf(
        session,
        "ip-src",
        "Network activity",
        session.source.address,
        session.verdict === "malicious",
        "source of the session",
      ),
      ...session.indicators.filter(({ secret }) => secret !== true).map((indicator) => indicatorOf(session, indicator)),
      attributeOf(session, "comment", "External analysis", session.narrative.en, false, "what happened"),
    ],
  };
}

function indicatorOf(session: Session, indicator: Indicator) {
  const [type, category] = MISP_TYPES[indicator.type];
  const wallet = indicator.type === "wallet" ? WALLETS.find(([shape]) => shape.test(indicator.value))?.[1] : undefined;
  const value = indicator.type === "pool" ? indicator.value.replace(/:(?=\d+$)/, "|") : indicator.value;
  const network = type !== "text" && type !== "target-user";
  return attributeOf(
    session,
    wallet ?? type,
    category,
    value,
    network && indicator.strength === "strong",
    `${indicator.type}, request ${indicator.request}`,
  );
}

function attributeOf(session: Session, type: string, category: string, value: string, toIds: boolean, comment: string) {
  return {
    uuid: uuidOf(`${session.id} ${type} ${value}`),
    type,
    category,
    value,
    to_ids: toIds,
    comment,
    distribution: "5",
    timestamp: secondsOf(session.ended),
    first_seen: session.started,
    last_seen: session.ended,
  };
}

const secondsOf = (time: string): string => String(Math.floor(Date.parse(time) / 1_000));

function uuidOf(name: string): string {
  const digest = createHash("sha256").update(`sekisho misp ${name}`).digest("hex");
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
