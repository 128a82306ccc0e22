import { API_RULES } from "./api-rules.ts";
import { CONTAINER_RULES } from "./container-rules.ts";
import { CREDENTIAL_RULES } from "./credentials.ts";
import { ESCAPE_RULES } from "./escape.ts";
import { EVASION_RULES } from "./evasion.ts";
import { EXECUTION_RULES } from "./execution.ts";
import { FAMILY_RULE } from "./families.ts";
import { FETCHED_AND_RUN } from "./fetched-and-run.ts";
import { IMPACT_RULES } from "./impact.ts";
import { PERSISTENCE_RULES } from "./persistence.ts";
import type { CommandRule, Scene, SceneRule, Sign } from "./sign.ts";
import { AUTHORS_WORDS_RULE } from "./words-of-authors.ts";

export { DISCOVERY } from "./api-rules.ts";
export { isPrivate } from "./execution.ts";
export { feedsInterpreter, fetches, hostOf, urlOf } from "./network-commands.ts";
export { touchedFiles } from "./paths.ts";
export type { CommandRule, ContainerGains, Scene, SceneRule, Sign, SignBasis } from "./sign.ts";

/** Rules over single commands, in the order in which a story is told. */
export const COMMAND_RULES: readonly CommandRule[] = [
  ...ESCAPE_RULES,
  ...EXECUTION_RULES,
  ...PERSISTENCE_RULES,
  ...EVASION_RULES,
  ...CREDENTIAL_RULES,
  ...IMPACT_RULES,
];

/** Rules over the visit. */
export const SCENE_RULES: readonly SceneRule[] = [
  ...CONTAINER_RULES,
  ...API_RULES,
  FETCHED_AND_RUN,
  FAMILY_RULE,
  AUTHORS_WORDS_RULE,
];

/** Most characters of a quote. */
export const QUOTE_CHARACTERS_MAX = 400;

/** Most times that one rule is told of one request. */
const SIGNS_PER_RULE_AND_REQUEST_MAX = 1;

/** Everything in a visit that means something. */
export function readSigns(scene: Scene): readonly Sign[] {
  const signs = [
    ...SCENE_RULES.flatMap((rule) => rule.find(scene).map((found) => ({ ...found, rule: rule.id }))),
    ...commandSigns(scene),
  ];
  const present = new Set(signs.map(({ rule, request }) => `${rule} ${request}`));
  return signs
    .map((sign) => (saidBetter(sign, present) ? { ...sign, weight: 0 } : sign))
    .map((sign) => ({ ...sign, quote: sign.quote.slice(0, QUOTE_CHARACTERS_MAX) }))
    .sort((left, right) => left.request - right.request);
}

/** Rules that say less than others do of the same request. */
const SAID_BETTER: Readonly<Record<string, readonly string[]>> = {
  chroot: ["chroot-into-host"],
  decodes: ["decoded-and-run", "hidden-text"],
  "decoded-and-run": ["hidden-text"],
  fetch: ["pipe-from-web", "fetch-from-address", "shell-over-tcp-device", "fetched-and-run"],
  "fetch-from-address": ["pipe-from-web"],
  "host-file-written": [
    "host-authorized-keys",
    "host-cron-file",
    "host-systemd-unit",
    "host-sudoers",
    "host-account-files",
  ],
  "cron-service": ["cron-file", "host-cron-file"],
  "environment-of-processes": ["environment-of-others"],
};

const saidBetter = ({ rule, request }: Sign, present: ReadonlySet<string>): boolean =>
  SAID_BETTER[rule]?.some((better) => present.has(`${better} ${request}`)) === true;

function commandSigns(scene: Scene): readonly Sign[] {
  const counts = new Map<string, number>();
  const signs: Sign[] = [];
  for (const deed of scene.deeds) {
    for (const rule of COMMAND_RULES) {
      const key = `${rule.id} ${deed.act.request.number}`;
      const count = counts.get(key) ?? 0;
      if (count < SIGNS_PER_RULE_AND_REQUEST_MAX && rule.holds(deed, scene)) {
        counts.set(key, count + 1);
        const commented = deed.command.context.inComment;
        signs.push({
          rule: rule.id,
          attack: rule.attack,
          // A command in a comment was not to be run: it tells of the author, not of the act.
          weight: commented
            ? Math.min(rule.weight, 10)
            : deed.role === "build"
              ? (rule.buildWeight ?? rule.weight)
              : rule.weight,
          basis: commented ? "likely" : "observed",
          because: rule.because,
          request: deed.act.request.number,
          quote: deed.command.source,
        });
      }
    }
  }
  return signs;
}
