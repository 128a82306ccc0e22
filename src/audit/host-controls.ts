import { fingerprint } from "../base/index.ts";
import { HOST_CHECKS } from "../checks/index.ts";
import type { DaemonFacts } from "../facts/index.ts";
import type { Finding, HostControl } from "../findings/index.ts";
import { compareFindings } from "./findings.ts";

/** What the checks of the daemon and its host came to: each one's state, and a finding for each that failed. */
export function examineHost(daemon: DaemonFacts): {
  readonly controls: readonly HostControl[];
  readonly findings: readonly Finding[];
} {
  const results = HOST_CHECKS.map((check) => ({ check, verdict: check.examine(daemon) }));
  return {
    controls: results.map(({ check: { id, title, aliases }, verdict: { status } }) => ({ id, title, aliases, status })),
    findings: results
      .flatMap(({ check, verdict }): readonly Finding[] =>
        verdict.status !== "fail"
          ? []
          : [
              {
                id: check.id,
                severity: check.severity,
                certainty: "yes",
                title: check.title,
                message:
                  verdict.detail === undefined
                    ? check.explanation
                    : {
                        en: `${check.explanation.en} (${verdict.detail.en})`,
                        ja: `${check.explanation.ja}(${verdict.detail.ja})`,
                      },
                location: verdict.place,
                aliases: check.aliases,
                fingerprint: fingerprint(check.id, "host"),
              },
            ],
      )
      .toSorted(compareFindings),
  };
}
