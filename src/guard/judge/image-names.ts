import type { Refusal } from "../../policy/index.ts";
import { type Case, isOwned } from "./case.ts";

/**
 * With `own: only` a name that stands for an image of another may not be taken: whoever trusts the name would run what
 * this client made.
 */
export async function imageNameOwner(judged: Case, name: string, field: string): Promise<readonly Refusal[]> {
  if (!judged.rules.ownOnly || name === "") {
    return [];
  }
  const found = await judged.objects.image(name);
  if (found.kind !== "found" || isOwned(found.value.labels, judged.rules)) {
    return [];
  }
  return [
    {
      rule: "own",
      field,
      gain: "other-container-control",
      technique: "",
      what: { en: `taking the name ${name} from an image of another`, ja: `他者のイメージが使う名前 ${name} の上書き` },
      change: { en: "use another name", ja: "別の名前を使ってください" },
    },
  ];
}
