import type { Language } from "../../base/index.ts";
import { gainKind, gainRank } from "../../findings/index.ts";
import { auditWords, reportWords } from "../../text/index.ts";
import {
  isolationPicture,
  openWalls,
  type Plan,
  pathGraph,
  severityGlyph,
  smallPlan,
  WALLS,
  type Wall,
} from "../drawing/index.ts";
import { type DocumentWorkload, placeOf } from "../formats/entries.ts";
import { escapeXml } from "../formats/escape.ts";
import type { RuleLookup } from "../formats/rule-text.ts";
import { pasteLines } from "../paste.ts";

/** A workload with what the page shows of it. */
export interface Told {
  readonly workload: DocumentWorkload;
  readonly plan: Plan;
  readonly worst: DocumentWorkload["gains"][number] | undefined;
  /** Unique within the page. */
  readonly id: string;
}

/** Ways that a section lists; the data block has all. */
const WAYS_SHOWN_MAX = 4;

/** Gains that a fix is said to close. */
const GAINS_SHOWN_MAX = 6;

/** The section of one workload: plan, sentence, how, smallest change, and the two pictures. */
export function workloadSection(told: Told, language: Language, ruleOf: RuleLookup, open: boolean): string {
  const { workload, plan } = told;
  const words = reportWords(language);
  return [
    `<section class="wk" id="${told.id}">`,
    `<div class="hd">${smallPlan(plan, 108)}<div><h2>${escapeXml(workload.name)}</h2>`,
    `<p class="small muted">${escapeXml(placeOf(workload.source))}</p><p>${escapeXml(sentence(told, language))}</p></div></div>`,
    `<div class="cols"><div><h3>${words.how}</h3>${ways(told, language, ruleOf)}</div>`,
    `<div><h3>${words.firstFix}</h3>${change(told, language)}</div></div>`,
    pictures(told, language, ruleOf, open),
    "</section>",
  ].join("");
}

function sentence({ workload, worst }: Told, language: Language): string {
  const words = auditWords(language);
  if (worst === undefined) {
    return words.noPath;
  }
  const title = gainKind(worst.gain).title[language];
  const count = workload.paths.filter(
    ({ gain, certainty }) => gain === worst.gain && certainty === worst.certainty,
  ).length;
  const spaced = language === "ja" && /[\w)]$/.test(title) ? `${title} ` : title;
  const text = words.reaches(spaced, count, worst.certainty === "yes");
  return worst.decidedBy.length > 0 ? `${text}. ${words.decidedBy}: ${worst.decidedBy.join(", ")}` : text;
}

function ways({ workload, worst }: Told, language: Language, ruleOf: RuleLookup): string {
  const words = reportWords(language);
  const paths = workload.paths.filter(({ gain }) => worst === undefined || gain === worst.gain);
  const items = paths.slice(0, WAYS_SHOWN_MAX).map(({ steps, attack }) => {
    const first = steps[0];
    const severity = gainKind(worst?.gain ?? "host-info-leak").severity;
    const title = steps
      .map(({ technique }) => ruleOf(technique)?.title ?? technique)
      .join(language === "ja" ? "、続いて " : ", then ");
    const place = first?.because.find(({ from }) => from.line !== undefined)?.from;
    const detail = [steps.map(({ technique }) => technique).join(" → "), place && placeOf(place), attack[0]];
    const under = detail.filter((part) => part !== undefined).join(" · ");
    return `<li>${severityGlyph(severity)}<span>${escapeXml(title)}<small class="mono">${escapeXml(under)}</small></span></li>`;
  });
  const rest = paths.length - items.length;
  const more = rest > 0 ? `<li>${severityGlyph("info")}<span>${escapeXml(words.moreWays(rest))}</span></li>` : "";
  return items.length === 0
    ? `<p class="small muted">${words.none}</p>`
    : `<ul class="pt">${items.join("")}${more}</ul>`;
}

function change({ workload }: Told, language: Language): string {
  const words = reportWords(language);
  const fix = workload.fixes[0];
  if (fix === undefined) {
    return `<p class="small muted">${words.noChange}</p>`;
  }
  const lines = fix.changes
    .flatMap(({ summary, ...rest }) =>
      pasteLines({ ...rest, summary: { en: summary, ja: summary } }, workload.kind, language),
    )
    .map(({ sign, text }) => {
      const kind = sign === "-" ? "d" : sign === "+" ? "a" : "c";
      return `<span class="${kind}">${escapeXml(`${sign} ${text}`)}</span>`;
    });
  const closes = `${words.closes}: ${gainList(fix.closes, language)}`;
  const remains = fix.remains.length > 0 ? ` · ${words.remains}: ${gainList(fix.remains, language)}` : "";
  return [
    `<p class="small">${escapeXml(fix.changes.map(({ summary }) => summary).join(language === "ja" ? "、" : "; "))}</p>`,
    lines.length > 0 ? `<div class="diff" style="margin-top:8px">${lines.join("")}</div>` : "",
    `<p class="tiny muted" style="margin-top:8px">${escapeXml(closes + remains)}</p>`,
    fix.note === undefined ? "" : `<p class="tiny muted">${escapeXml(fix.note)}</p>`,
  ].join("");
}

/** Gains, the worst first, as many as one reads. */
function gainList(gains: readonly string[], language: Language): string {
  const sorted = [...gains].sort((left, right) => gainRank(left) - gainRank(right));
  const shown = sorted.slice(0, GAINS_SHOWN_MAX).join(", ");
  const rest = sorted.length - GAINS_SHOWN_MAX;
  return rest > 0 ? `${shown}, ${reportWords(language).more(rest)}` : shown || "–";
}

function pictures(told: Told, language: Language, ruleOf: RuleLookup, open: boolean): string {
  const { workload, plan, worst, id } = told;
  const words = reportWords(language);
  const path = workload.paths.find(({ gain, certainty }) => gain === worst?.gain && certainty === worst.certainty);
  const note = (wall: Wall): string => plan[wall].fact ?? words.wallStates[plan[wall].state];
  const said = WALLS.map((wall) => `${words.walls[wall]}: ${words.wallStates[plan[wall].state]}`).join(", ");
  const picture = isolationPicture(plan, {
    id: `${id}-iso`,
    title: words.pictureTitle(workload.name),
    description: said,
    hostName: words.host,
    containerName: workload.name,
    wall: (wall) => words.walls[wall],
    note,
  });
  const graph =
    path === undefined
      ? ""
      : `<div class="scroll">${pathGraph(path, {
          id: `${id}-path`,
          title: words.graphTitle(workload.name),
          description: path.steps.map(({ technique }) => ruleOf(technique)?.title ?? technique).join(" → "),
          columns: words.graphColumns,
          titleOf: (technique) => ruleOf(technique)?.title ?? technique,
          gainTitle: (gain) => gainKind(gain).title[language],
        })}</div>`;
  const list = WALLS.map((wall) => {
    const fact = plan[wall].fact === undefined ? "" : ` (${plan[wall].fact})`;
    return `<li>${escapeXml(`${words.walls[wall]}: ${words.wallStates[plan[wall].state]}${fact}`)}</li>`;
  });
  return `<details${open ? " open" : ""}><summary>${words.pictures}</summary><div class="pictures">${graph}${picture}<ul class="wl tiny muted">${list.join("")}</ul></div></details>`;
}

/** The table of all workloads, the worst first. */
export function workloadTable(all: readonly Told[], linked: ReadonlySet<string>, language: Language): string {
  const words = reportWords(language);
  const rows = all.map(({ workload, plan, worst, id }) => {
    const name = escapeXml(workload.name);
    const shown = linked.has(id) ? `<a href="#${id}">${name}</a>` : name;
    const certainty = worst === undefined ? "" : worst.certainty === "yes" ? words.certain : words.possible;
    const open = worst?.gain === "host-root" && worst.certainty === "yes" ? " shu" : "";
    const gain = worst === undefined ? words.none : worst.gain;
    return `<tr><td style="width:44px">${smallPlan(plan, 38)}</td><td>${shown}<br><span class="tiny muted mono">${escapeXml(placeOf(workload.source))}</span></td><td class="${worst ? "mono" : "muted"}${open}">${escapeXml(gain)}</td><td class="hide-m">${certainty}</td><td class="hide-m">${openWalls(plan)}</td></tr>`;
  });
  const heads = [
    `<th scope="col"></th><th scope="col">${words.workload}</th><th scope="col">${words.gain}</th>`,
    `<th scope="col" class="hide-m">${words.certainty}</th><th scope="col" class="hide-m">${words.openWalls}</th>`,
  ];
  return `<section class="wk"><h2>${words.all}</h2><table class="all"><thead><tr>${heads.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
}
