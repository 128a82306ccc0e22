import type { SessionFile, SessionResult } from "../../findings/index.ts";
import { type Act, readActs } from "./acts/index.ts";
import { attackOf } from "./attack.ts";
import { hostMountsOf, landedFiles, placePath, readDeeds, volumeDevices } from "./deeds.ts";
import { gainsOfContainers } from "./gains.ts";
import { collectIndicators } from "./indicators/index.ts";
import { readSigns, type Scene } from "./signs/index.ts";
import { tellStory, titleOf } from "./story.ts";
import { timelineOf } from "./timeline.ts";
import { judge, userAgentsOf } from "./verdict.ts";
import type { Visit } from "./visit.ts";

/** Most files of one visit that are listed. */
const FILES_MAX = 500;

/** Everything that can be told of a visit. Pure: the same visit gives the same result. */
export function reportSession(visit: Visit): SessionResult {
  const acts = readActs(visit);
  const scene = sceneOf(acts);
  const signs = readSigns(scene);
  const judgement = judge(scene, signs);
  const { verdict } = judgement;
  const attack = attackOf(scene, signs, verdict);
  const gains = gainsOf(scene);
  const indicators = verdict === "malicious" ? collectIndicators(scene) : [];
  return {
    id: visit.id,
    started: visit.started,
    ended: visit.ended,
    source: {
      address: visit.address,
      userAgents: scene.userAgents,
      connections: visit.connections,
      requests: visit.requestsTotal ?? visit.requests.length,
    },
    verdict,
    reasons: judgement.reasons,
    attack,
    gains,
    indicators,
    timeline: timelineOf(scene, signs, verdict),
    title: titleOf(verdict, attack, signs),
    story: tellStory(scene, judgement, signs, gains, indicators, visit.address),
    files: filesOf(acts),
  };
}

function sceneOf(acts: readonly Act[]): Scene {
  const volumes = volumeDevices(acts);
  const mountsOf: Scene["mountsOf"] = (container) => hostMountsOf(container, volumes);
  return {
    ...readDeeds(acts),
    acts,
    userAgents: userAgentsOf(acts),
    containers: gainsOfContainers(acts),
    mountsOf,
    place: (deed, path) => placePath(deed, path, mountsOf(deed.container)),
  };
}

/** Gains that a real engine would have given away for certain, the worst first. */
function gainsOf({ containers }: Scene): readonly string[] {
  return [
    ...new Set(
      containers.flatMap(({ gains }) => gains.filter(({ certainty }) => certainty === "yes").map(({ gain }) => gain)),
    ),
  ];
}

function filesOf(acts: readonly Act[]): readonly SessionFile[] {
  return acts
    .flatMap((act) =>
      landedFiles(act).map(({ path, sha256, data }) => ({
        path,
        sha256: sha256 ?? "",
        bytes: data.length,
        request: act.request.number,
      })),
    )
    .filter(({ sha256 }) => sha256 !== "")
    .slice(0, FILES_MAX);
}
