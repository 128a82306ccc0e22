import { fingerprint } from "../base/index.ts";
import { DOCKERFILE_CHECKS } from "../checks/index.ts";
import type { Dockerfile } from "../facts/index.ts";
import type { Finding, WorkloadResult } from "../findings/index.ts";
import { compareFindings } from "./findings.ts";

/**
 * Audits a Dockerfile. How an image is built decides what an attacker finds inside, not what the container may do to
 * its host: there are findings, and no gains.
 */
export function auditDockerfile(file: Dockerfile): WorkloadResult {
  return {
    id: file.uri,
    kind: "image",
    name: file.uri,
    source: { uri: file.uri, line: 1 },
    gains: [],
    paths: [],
    findings: findingsOf(file).toSorted(compareFindings),
    goal: undefined,
    fixes: [],
    refused: [],
    refusal: undefined,
    unresolved: new Map(),
  };
}

const findingsOf = (file: Dockerfile): readonly Finding[] =>
  DOCKERFILE_CHECKS.flatMap(({ id, severity, title, explanation, aliases, find }) =>
    find(file).map(({ place, certainty = "yes" }, index) => ({
      id,
      severity,
      certainty,
      title,
      message: explanation,
      location: place,
      aliases,
      // Which of several, not on which line: lines shift.
      fingerprint: fingerprint(id, file.uri, String(index)),
    })),
  );
