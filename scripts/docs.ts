/**
 * Writes docs/reference/ and docs/guard/presets/ from the rules: `npm run docs`. With `--check` it writes nothing and fails when a page is not
 * what it would write.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compatibleFeatures, ENGINE_ALTERNATIVES, HOME_REASONS, ROOTLESS_LIMITS } from "../src/audit/index.ts";
import { LANGUAGES, type Language } from "../src/base/index.ts";
import {
  CHECKS,
  controlRuleId,
  DOCKERFILE_CHECKS,
  HOST_CHECKS,
  IMAGE_CHECKS,
  POD_RULES,
  POD_SECURITY_CONTROLS,
} from "../src/checks/index.ts";
import { formatExpression, PRESUMPTIONS } from "../src/facts/index.ts";
import { GAINS, HOME_NAMES, HOMES } from "../src/findings/index.ts";
import { PRESETS } from "../src/policy/index.ts";
import { type Example, TECHNIQUES, type Technique } from "../src/techniques/index.ts";
import { presetPage } from "./preset-pages.ts";

const WORDS = {
  en: {
    techniques: "Techniques",
    checks: "Checks",
    dockerfileChecks: "Checks of Dockerfiles",
    imageChecks: "Checks of images",
    hostChecks: "Checks of the daemon and its host",
    pods: "Rules about pods",
    standards: "Pod Security Standards",
    hygiene: "Other rules",
    level: "level",
    since: "since",
    changed: "changed in",
    overrides: "takes the place of",
    refused: "refused",
    allowed: "let in",
    flagged: "reported",
    clean: "not reported",
    saferHomes: "Safer homes",
    saferHomesAre:
      "What `sekisho audit --compat` says of each thing that a container may ask for. * measured (Docker 20.10.24, Podman 4.3.1); ? neither measured nor documented; everything else is what the projects' own documents say, as of 2026.",
    rootlessLimits: "Limits of rootless Docker that people know of, as they stand today",
    withoutEngine: "Without an engine inside, or its socket",
    verdicts: { works: "works", conditional: "conditional", "does-not": "no" },
    bases: { measured: "*", documented: "", unverified: "?" },
    gains: "Gains",
    presumptions: "What is presumed of a host that does not say",
    needs: "Needs",
    wins: "Gains",
    nothing: "nothing (hygiene)",
    open: "open",
    possible: "possible",
    closed: "closed",
    generated: "Generated from the rules by `npm run docs`.",
    head: "| id | severity | title |",
  },
  ja: {
    techniques: "テクニック",
    checks: "チェック",
    dockerfileChecks: "Dockerfile のチェック",
    imageChecks: "イメージのチェック",
    hostChecks: "デーモンとホストのチェック",
    pods: "Pod の規則",
    standards: "Pod Security Standards",
    hygiene: "そのほかの規則",
    level: "水準",
    since: "適用開始",
    changed: "変更",
    overrides: "置き換える項目",
    refused: "拒否",
    allowed: "許可",
    flagged: "指摘あり",
    clean: "指摘なし",
    saferHomes: "より安全な動かし方",
    saferHomesAre:
      "コンテナが求める機能ごとに `sekisho audit --compat` が示す判定です。* は実測(Docker 20.10.24、Podman 4.3.1)、? は実測も文書の裏付けもないもの、ほかは 2026 年時点の各プロジェクトの文書によります。",
    rootlessLimits: "rootless Docker の知られた制限の現状",
    withoutEngine: "コンテナ内のエンジンやソケットを使わない方法",
    verdicts: { works: "動く", conditional: "条件つき", "does-not": "動かない" },
    bases: { measured: "*", documented: "", unverified: "?" },
    gains: "得るもの",
    presumptions: "何も言わないホストについての仮定",
    needs: "前提",
    wins: "得るもの",
    nothing: "なし(衛生上の指摘)",
    open: "開",
    possible: "可能性",
    closed: "閉",
    generated: "`npm run docs` が規則から生成する。",
    head: "| id | 深刻度 | 題 |",
  },
} as const;

const folder = join(import.meta.dirname, "..", "docs");
const check = process.argv.includes("--check");

const referencePages = LANGUAGES.flatMap((language) => {
  const suffix = language === "en" ? "" : `.${language}`;
  return [
    [`reference/techniques${suffix}.md`, techniquesPage(language)],
    [`reference/checks${suffix}.md`, checksPage(language)],
    [`reference/dockerfile-checks${suffix}.md`, dockerfileChecksPage(language)],
    [`reference/image-checks${suffix}.md`, imageChecksPage(language)],
    [`reference/pods${suffix}.md`, podsPage(language)],
    [`reference/host-checks${suffix}.md`, hostChecksPage(language)],
    [`reference/gains${suffix}.md`, gainsPage(language)],
    [`reference/presumptions${suffix}.md`, presumptionsPage(language)],
    [`reference/safer-homes${suffix}.md`, saferHomesPage(language)],
  ] as const;
});

const pages: (readonly [name: string, text: string])[] = [...referencePages];
for (const language of LANGUAGES) {
  for (const preset of PRESETS) {
    const name = `guard/presets/${preset.id}${language === "en" ? "" : `.${language}`}.md`;
    const title = `${preset.id}: ${preset.title[language]}`;
    pages.push([name, page(title, language, await presetPage(preset, language))]);
  }
}

const stale = pages.filter(([name, text]) => current(name) !== text).map(([name]) => name);
if (check && stale.length > 0) {
  console.error(`docs is not up to date: ${stale.join(", ")}. Run npm run docs.`);
  process.exitCode = 1;
} else if (!check) {
  mkdirSync(join(folder, "reference"), { recursive: true });
  mkdirSync(join(folder, "guard", "presets"), { recursive: true });
  for (const [name, text] of pages) {
    writeFileSync(join(folder, name), text);
  }
}

function current(name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return undefined; // not written yet
  }
}

function page(title: string, language: Language, lines: readonly string[]): string {
  return `${[`# ${title}`, "", WORDS[language].generated, "", ...lines].join("\n").trimEnd()}\n`;
}

function techniquesPage(language: Language): string {
  const words = WORDS[language];
  const sorted = [...TECHNIQUES].sort((left, right) => (left.id < right.id ? -1 : 1));
  const index = sorted.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title[language]} |`);
  return page(words.techniques, language, [
    words.head,
    "| --- | --- | --- |",
    ...index,
    ...sorted.flatMap((technique) => techniqueSection(technique, language)),
  ]);
}

function techniqueSection(technique: Technique, language: Language): string[] {
  const words = WORDS[language];
  const { id, title, explanation, severity, attack, basis, needs, gains, examples } = technique;
  const row = (kind: string, list: readonly Example[]) => list.map((example) => `- ${kind}: ${exampleText(example)}`);
  return [
    "",
    `## ${id}`,
    "",
    `**${title[language]}** — ${severity}, ${attack.join(", ")}, ${basis}`,
    "",
    explanation[language],
    "",
    `${words.needs}: \`${formatExpression(needs)}\``,
    "",
    `${words.wins}: ${gains.length === 0 ? words.nothing : gains.map((gain) => `\`${gain}\``).join(", ")}`,
    "",
    ...row(words.open, examples.open),
    ...row(words.possible, examples.possible ?? []),
    ...row(words.closed, examples.closed),
  ];
}

function exampleText(example: Example): string {
  return typeof example === "string" ? `\`${example}\`` : `\`${example.line}\` (\`${JSON.stringify(example.host)}\`)`;
}

function checksPage(language: Language): string {
  const words = WORDS[language];
  const sorted = [...CHECKS].sort((left, right) => (left.id < right.id ? -1 : 1));
  return page(words.checks, language, [
    words.head,
    "| --- | --- | --- |",
    ...sorted.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title[language]} |`),
    ...sorted.flatMap(({ id, title, explanation, needs, aliases = {} }) => [
      "",
      `## ${id}`,
      "",
      `**${title[language]}**${Object.entries(aliases)
        .map(([catalogue, ids]) => ` — ${catalogue}: ${ids.join(", ")}`)
        .join("")}`,
      "",
      explanation[language],
      "",
      `${words.needs}: \`${formatExpression(needs)}\``,
    ]),
  ]);
}

function imageChecksPage(language: Language): string {
  const words = WORDS[language];
  const examples = (word: string, configs: readonly object[]): string[] => [
    "",
    `${word}: ${configs.map((config) => `\`${JSON.stringify(config)}\``).join(", ")}`,
  ];
  return page(words.imageChecks, language, [
    words.head,
    "| --- | --- | --- |",
    ...IMAGE_CHECKS.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title[language]} |`),
    ...IMAGE_CHECKS.flatMap((rule) => [
      "",
      `## ${rule.id}`,
      "",
      `**${rule.title[language]}**${Object.entries(rule.aliases)
        .map(([catalogue, ids]) => ` — ${catalogue}: ${ids.join(", ")}`)
        .join("")}`,
      "",
      rule.explanation[language],
      ...examples(words.flagged, rule.examples.flagged),
      ...examples(words.clean, rule.examples.clean),
    ]),
  ]);
}

function dockerfileChecksPage(language: Language): string {
  const words = WORDS[language];
  const fence = (text: string): string[] => ["", "```dockerfile", ...text.trimEnd().split("\n"), "```"];
  return page(words.dockerfileChecks, language, [
    words.head,
    "| --- | --- | --- |",
    ...DOCKERFILE_CHECKS.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title[language]} |`),
    ...DOCKERFILE_CHECKS.flatMap(({ id, title, explanation, aliases, examples }) => [
      "",
      `## ${id}`,
      "",
      `**${title[language]}**${Object.entries(aliases)
        .map(([catalogue, ids]) => ` — ${catalogue}: ${ids.join(", ")}`)
        .join("")}`,
      "",
      explanation[language],
      ...examples.flagged.slice(0, 1).flatMap((text) => ["", `${words.open}:`, ...fence(text)]),
      ...examples.clean.slice(0, 1).flatMap((text) => ["", `${words.closed}:`, ...fence(text)]),
    ]),
  ]);
}

function podsPage(language: Language): string {
  const words = WORDS[language];
  const numbers = (aliases: Readonly<Record<string, readonly string[]>> = {}) =>
    Object.entries(aliases)
      .map(([catalogue, ids]) => ` — ${catalogue}: ${ids.join(", ")}`)
      .join("");
  const listed = (title: string, examples: readonly string[]) =>
    examples.length === 0 ? [] : ["", `${title}:`, "", ...examples.map((example) => `- \`${example}\``)];
  return page(words.pods, language, [
    `## ${words.standards}`,
    ...POD_SECURITY_CONTROLS.flatMap(
      ({ id, level, title, explanation, versions: [first, ...later], overrides, aliases, examples }) => [
        "",
        `### ${controlRuleId(id)}`,
        "",
        `**${title[language]}** — \`${id}\`, ${words.level} ${level}, ${words.since} v1.${first?.from ?? 0}` +
          (later.length > 0 ? `, ${words.changed} ${later.map(({ from }) => `v1.${from}`).join(", ")}` : "") +
          (overrides === undefined ? "" : `, ${words.overrides} \`${overrides}\``) +
          numbers(aliases),
        "",
        explanation[language],
        ...listed(words.refused, examples.refused),
        ...listed(words.allowed, examples.allowed),
      ],
    ),
    "",
    `## ${words.hygiene}`,
    ...POD_RULES.flatMap(({ id, severity, title, explanation, aliases, examples }) => [
      "",
      `### ${id}`,
      "",
      `**${title[language]}** — ${severity}${numbers(aliases)}`,
      "",
      explanation[language],
      ...listed(words.flagged, examples.flagged),
      ...listed(words.clean, examples.clean),
    ]),
  ]);
}

function hostChecksPage(language: Language): string {
  const words = WORDS[language];
  return page(words.hostChecks, language, [
    words.head,
    "| --- | --- | --- |",
    ...HOST_CHECKS.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title[language]} |`),
    ...HOST_CHECKS.flatMap(({ id, title, explanation, aliases }) => [
      "",
      `## ${id}`,
      "",
      `**${title[language]}**${Object.entries(aliases)
        .map(([catalogue, ids]) => ` — ${catalogue}: ${ids.join(", ")}`)
        .join("")}`,
      "",
      explanation[language],
    ]),
  ]);
}

function gainsPage(language: Language): string {
  const rows = GAINS.map(({ id, severity, title }) => `| \`${id}\` | ${severity} | ${title[language]} |`);
  return page(WORDS[language].gains, language, [WORDS[language].head, "| --- | --- | --- |", ...rows]);
}

function presumptionsPage(language: Language): string {
  const rows = Object.entries(PRESUMPTIONS).map(
    ([key, { known, why }]) => `| \`${key}\` | ${known} | ${why[language]} |`,
  );
  return page(WORDS[language].presumptions, language, ["| key | | |", "| --- | --- | --- |", ...rows]);
}

function saferHomesPage(language: Language): string {
  const words = WORDS[language];
  const reasons = Object.entries(HOME_REASONS);
  const numbered = (reason: string | undefined) => reasons.findIndex(([id]) => id === reason) + 1;
  const cell = ([verdict, basis, reason]: (typeof compatibleFeatures)[number]["cells"][number]) =>
    `${words.verdicts[verdict]}${words.bases[basis]}${reason === undefined ? "" : ` (${numbered(reason)})`}`;
  return page(words.saferHomes, language, [
    words.saferHomesAre,
    "",
    `| | ${HOMES.map((home) => HOME_NAMES[home]).join(" | ")} |`,
    `| --- |${HOMES.map(() => " --- |").join("")}`,
    ...compatibleFeatures.map(({ title, cells }) => `| ${title[language]} | ${cells.map(cell).join(" | ")} |`),
    "",
    ...reasons.map(([, text], index) => `${index + 1}. ${text[language]}`),
    "",
    `## ${words.rootlessLimits}`,
    "",
    ...ROOTLESS_LIMITS.map(
      ({ title, verdict, text }) => `- **${title[language]}** (${words.verdicts[verdict]}): ${text[language]}`,
    ),
    "",
    `## ${words.withoutEngine}`,
    "",
    ...ENGINE_ALTERNATIVES.map(({ text }) => `- ${text[language]}`),
  ]);
}
