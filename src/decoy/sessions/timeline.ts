import type { SessionPayload, SessionStep, SessionVerdict } from "../../findings/index.ts";
import { ACT_TITLES } from "./act-titles.ts";
import type { Act, ActKind } from "./acts/index.ts";
import { landedFiles, typedText } from "./deeds.ts";
import { DISCOVERY, type Scene, type Sign } from "./signs/index.ts";

/** Most steps of a timeline; the rest of a flood is counted in the last one. */
export const STEPS_MAX = 500;

/** Most characters of what a step shows of a request. */
export const EXCERPT_CHARACTERS_MAX = 4_000;

/** Most characters of a decoded text that a step shows. */
export const PAYLOAD_CHARACTERS_MAX = 4_000;

/** Most request lines of one step. */
const LINES_MAX = 12;

/** Most techniques and gains that a step names. */
const TECHNIQUES_MAX = 8;
const GAINS_MAX = 4;

/** Weights from which a step is drawn as suspicious and as harmful. */
const WARM_WEIGHT_MIN = 15;
const HOT_WEIGHT_MIN = 45;

/** Calls that only carry on what the step before began. */
const FOLLOWS: ReadonlySet<ActKind> = new Set<ActKind>([
  "start-exec",
  "inspect-exec",
  "resize",
  "wait",
  "start-container",
  "attach",
]);

const LOOKS: ReadonlySet<ActKind> = new Set<ActKind>([
  ...DISCOVERY,
  "ping",
  "version",
  "events",
  "search-images",
  "read-plugins",
  "container-stats",
  "container-logs",
  "stat-file",
]);

/** Tells a visit step by step. */
export function timelineOf(scene: Scene, signs: readonly Sign[], verdict: SessionVerdict): readonly SessionStep[] {
  const groups: Act[][] = [];
  for (const act of scene.acts) {
    const group = groups.at(-1);
    if (group !== undefined && (joins(group, act) || groups.length >= STEPS_MAX)) {
      group.push(act);
    } else {
      groups.push([act]);
    }
  }
  return groups.map((group) => stepOf(scene, group, signs, verdict));
}

function joins(group: readonly Act[], act: Act): boolean {
  const first = group[0]?.kind;
  if (first === undefined || (act.request.stream?.length ?? 0) > 0) {
    return false;
  }
  const carriesOn =
    FOLLOWS.has(act.kind) &&
    (first === "create-container" || first === "create-exec") &&
    act.subject?.key === group[0]?.subject?.key;
  return carriesOn || (LOOKS.has(first) && LOOKS.has(act.kind)) || (first === "unknown" && act.kind === "unknown");
}

function stepOf(scene: Scene, group: readonly Act[], signs: readonly Sign[], verdict: SessionVerdict): SessionStep {
  const first = group[0] as Act;
  const numbers = group.map(({ request }) => request.number);
  const told = verdict === "benign" ? [] : signs.filter(({ request }) => numbers.includes(request));
  const heavy = [...told]
    .filter(({ weight }) => weight >= WARM_WEIGHT_MIN)
    .sort((left, right) => right.weight - left.weight);
  const heaviest = heavy[0];
  const excerpt = excerptOf(first);
  const gains =
    scene.containers
      .find(({ container }) => container.request?.number === first.request.number)
      ?.gains.filter(({ certainty }) => certainty === "yes") ?? [];
  const title = group.length > 1 && LOOKS.has(first.kind) ? LOOKED_AROUND : ACT_TITLES[first.kind];
  return {
    time: first.request.time,
    requests: numbers,
    title: heaviest !== undefined && heaviest.weight >= HOT_WEIGHT_MIN ? heaviest.because : title,
    notes: heavy
      .filter((sign) => sign !== heaviest || sign.weight < HOT_WEIGHT_MIN)
      .map(({ because }) => because)
      .filter((note, index, all) => all.findIndex(({ en }) => en === note.en) === index)
      .slice(0, 6),
    level: (heaviest?.weight ?? 0) >= HOT_WEIGHT_MIN ? "hot" : heaviest !== undefined ? "warm" : "plain",
    lines: linesOf(group),
    excerpt,
    marks: [...new Set(heavy.flatMap(({ quote }) => markIn(excerpt, quote)))],
    attack: attackIds(told, numbers.includes(1), verdict),
    // The worst gain says enough; the audit of a replay has all of them.
    techniques: (gains[0]?.techniques ?? []).slice(0, TECHNIQUES_MAX),
    gains: gains.slice(0, GAINS_MAX).map(({ gain }) => gain),
    payloads: payloadsOf(scene, numbers),
    ...(first.request.status !== undefined && { status: first.request.status }),
  };
}

const LOOKED_AROUND = { en: "Looked around", ja: "様子をうかがった" };

function attackIds(signs: readonly Sign[], isFirst: boolean, verdict: SessionVerdict): readonly string[] {
  const entry = !isFirst || verdict === "benign" ? [] : [verdict === "malicious" ? "T1133" : "T1595.001"];
  return [...new Set([...entry, ...signs.filter(({ basis }) => basis !== "reported").flatMap(({ attack }) => attack)])];
}

function linesOf(group: readonly Act[]): readonly string[] {
  const lines = group.map(({ request }) =>
    request.method === "" ? "(no HTTP)" : `${request.method} ${request.target}`.slice(0, 300),
  );
  const more = lines.length - LINES_MAX;
  return more > 0 ? [...lines.slice(0, LINES_MAX), `… +${more}`] : lines;
}

function payloadsOf(scene: Scene, numbers: readonly number[]): readonly SessionPayload[] {
  return scene.payloads
    .filter(({ act }) => numbers.includes(act.request.number))
    .slice(0, 20)
    .map(({ layers, text }) => ({
      layers,
      text: text.slice(0, PAYLOAD_CHARACTERS_MAX),
      truncated: text.length > PAYLOAD_CHARACTERS_MAX,
    }));
}

/** What a request carries, as a person would want to see it. */
function excerptOf(act: Act): string {
  const { kind, request, argv, json } = act;
  if (request.stream !== undefined && request.stream.length > 0) {
    return typedText(request.stream).slice(0, EXCERPT_CHARACTERS_MAX);
  }
  if (kind === "create-exec" && argv.length > 0) {
    return (argv.length === 3 && /sh$/.test(argv[0] ?? "") ? (argv[2] ?? "") : argv.join(" ")).slice(
      0,
      EXCERPT_CHARACTERS_MAX,
    );
  }
  if (act.archive.length > 0) {
    const files =
      kind === "write-files" ? landedFiles(act).map(({ path }) => path) : act.archive.map(({ path }) => path);
    return files.slice(0, 40).join("\n").slice(0, EXCERPT_CHARACTERS_MAX);
  }
  if (json !== undefined && kind !== "start-exec") {
    return JSON.stringify(json, undefined, 1).replace(/\n\s*/g, " ").slice(0, EXCERPT_CHARACTERS_MAX);
  }
  return kind === "unknown" ? (request.body?.toString("utf8").slice(0, EXCERPT_CHARACTERS_MAX) ?? "") : "";
}

/** The quote as it stands in the excerpt. */
function markIn(excerpt: string, quote: string): readonly string[] {
  const written = JSON.stringify(quote).slice(1, -1);
  return quote.length < 3 ? [] : excerpt.includes(quote) ? [quote] : excerpt.includes(written) ? [written] : [];
}
