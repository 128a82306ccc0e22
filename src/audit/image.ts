import { fingerprint } from "../base/index.ts";
import { IMAGE_CHECKS } from "../checks/index.ts";
import type { DescribedImage } from "../facts/index.ts";
import type { WorkloadResult } from "../findings/index.ts";
import { compareFindings } from "./findings.ts";

/** Audits the configuration of an image: what it holds and starts, not what a container of it may do to its host. */
export function auditImage(image: DescribedImage): WorkloadResult {
  const findings = IMAGE_CHECKS.flatMap(({ id, severity, title, explanation, aliases, find }) =>
    find(image).map((field) => ({
      id,
      severity,
      certainty: "yes" as const,
      title,
      message: explanation,
      location: { ...image.source, field },
      aliases,
      fingerprint: fingerprint(id, image.id, field),
    })),
  );
  return {
    id: image.id,
    kind: "image",
    name: image.name,
    source: image.source,
    gains: [],
    paths: [],
    findings: findings.toSorted(compareFindings),
    goal: undefined,
    fixes: [],
    refused: [],
    refusal: undefined,
    unresolved: new Map(),
  };
}
