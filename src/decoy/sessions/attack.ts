import type { LocalizedText } from "../../base/index.ts";
import type { SessionAttack, SessionVerdict } from "../../findings/index.ts";
import { ATTACK_NAMES } from "./attack-names.ts";
import type { Scene, Sign } from "./signs/index.ts";

/** ATT&CK techniques of a visit, in the order of the story, each with the sign that shows it best. */
export function attackOf(scene: Scene, signs: readonly Sign[], verdict: SessionVerdict): readonly SessionAttack[] {
  if (verdict === "benign") {
    return [];
  }
  const found = new Map<string, SessionAttack>();
  const add = (id: string, because: LocalizedText, basis: Sign["basis"], request: number, quote: string) => {
    const known = found.get(id);
    if (known === undefined || RANK[basis] < RANK[known.basis]) {
      found.set(id, { id, name: ATTACK_NAMES[id] ?? id, because, basis, request, quote });
    }
  };
  const first = scene.acts[0]?.request;
  const opening = `${first?.method ?? ""} ${first?.target ?? ""}`;
  if (verdict === "recon") {
    add(
      "T1595.001",
      { en: "The address was scanned for an engine", ja: "エンジンを探してアドレスがスキャンされました" },
      "observed",
      1,
      opening,
    );
  } else {
    add(
      "T1133",
      {
        en: "The visitor came in by the engine's API, which asks for no password",
        ja: "パスワードを求めないエンジンの API から侵入しました",
      },
      "observed",
      1,
      opening,
    );
  }
  for (const sign of signs) {
    for (const id of verdict === "recon" ? sign.attack.filter((each) => RECON.test(each)) : sign.attack) {
      add(id, sign.because, sign.basis, sign.request, sign.quote);
    }
  }
  const loader = verdict === "malicious" ? loaderOf(signs) : undefined;
  if (loader !== undefined) {
    add(
      "T1496",
      {
        en: "What it fetches or hides is not known; nearly all such loaders on open engines bring a miner",
        ja: "取得または隠された中身は不明ですが、公開エンジンへのこの種のローダーはほぼ例外なくマイナーを持ち込みます",
      },
      "likely",
      loader.request,
      loader.quote,
    );
  }
  return [...found.values()].sort((left, right) => left.request - right.request || left.id.localeCompare(right.id));
}

const RANK = { observed: 0, likely: 1, reported: 2 } as const;

/** Techniques of a visit that only looked. */
const RECON = /^T1(?:595|613|046|592|590|082)/;

/** Signs of a first stage whose second stage stays unseen. */
const LOADERS = new Set([
  "pipe-from-web",
  "fetched-and-run",
  "hidden-text",
  "shell-over-tcp-device",
  "decoded-and-run",
  "stranger-image",
  "imitated-image",
  "fetch-from-address",
  "run-from-temporary-directory",
  "program-copied-in",
  "name-of-a-daemon",
]);

const loaderOf = (signs: readonly Sign[]): Sign | undefined =>
  signs.find(({ rule, weight }) => LOADERS.has(rule) && weight > 0);
