import type { ClientRules, Names } from "../language/client-rules.ts";
import { shown, shownList } from "./grant-words.ts";
import type { Refusal } from "./refusal.ts";

/** A reference to an image, taken apart (distribution reference grammar). */
export interface ImageReference {
  readonly registry: string;
  /** Without the registry: `library/nginx`. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** Docker Hub's name in references. */
const HUB = "docker.io";

/** Takes a reference apart as the engine does: what stands before the first slash is a registry if it looks like a host. */
export function parseImageReference(reference: string): ImageReference {
  const [nameAndTag = "", digest = ""] = splitAt(reference, "@");
  const lastSlash = nameAndTag.lastIndexOf("/");
  const colon = nameAndTag.indexOf(":", lastSlash + 1);
  const name = colon < 0 ? nameAndTag : nameAndTag.slice(0, colon);
  const tag = colon < 0 ? "" : nameAndTag.slice(colon + 1);
  const [first = "", rest] = splitAt(name, "/");
  const isHost = rest !== undefined && (/[.:]/.test(first) || first === "localhost");
  const registry = isHost ? (first === "index.docker.io" ? HUB : first) : HUB;
  const path = isHost ? (rest ?? "") : name;
  const repository = registry === HUB && !path.includes("/") ? `library/${path}` : path;
  return { registry, repository, tag: tag === "" && digest === "" ? "latest" : tag, digest };
}

function splitAt(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** The ways in which people write a reference; a pattern matches when it matches one of them. */
function spellings(reference: ImageReference): readonly string[] {
  const { registry, repository, tag, digest } = reference;
  const ending = `${tag === "" ? "" : `:${tag}`}${digest === "" ? "" : `@${digest}`}`;
  const endings = digest !== "" && tag !== "" ? [ending, `:${tag}`, `@${digest}`] : [ending];
  const full = `${registry}/${repository}`;
  const short = registry === HUB ? [repository, repository.replace(/^library\//, "")] : [];
  return [full, ...short].flatMap((name) => [...endings.map((end) => name + end), name]);
}

/** Whether a list of patterns covers a reference. */
export const coversImage = (names: Names, reference: string): boolean =>
  spellings(parseImageReference(reference)).some((spelling) => names.match(spelling));

/** An image by its id, or a prefix of one, says nothing of its name. */
const isId = (reference: string): boolean => /^(sha256:)?[0-9a-f]{4,64}$/.test(reference);

/**
 * Whether a container may be made from an image. `tags`: the names of the image as the engine knows them, for
 * references by id; undefined when nobody looked.
 */
export function judgeImageUse(
  reference: string,
  tags: readonly string[] | undefined,
  rules: ClientRules,
): readonly Refusal[] {
  const written = isId(reference) ? (tags ?? [reference]) : [reference];
  const covered = written.some((name) => coversImage(rules.imageUse, name));
  if (!covered) {
    return [imageRefusal(reference, "Image", shownList(rules.imageUse.patterns))];
  }
  if (rules.digestRequired && !reference.includes("@sha256:") && !reference.startsWith("sha256:")) {
    return [
      {
        ...imageRefusal(reference, "Image", ""),
        change: {
          en: "name it with its digest (NAME@sha256:…)",
          ja: "ダイジェスト付き（NAME@sha256:…）で指定してください",
        },
      },
    ];
  }
  return [];
}

/** Whether a client may write under a name: an image that others trust by its name could be replaced so. */
export function judgeImageWrite(reference: string, field: string, rules: ClientRules): readonly Refusal[] {
  return reference === "" || coversImage(rules.imageWrite, reference)
    ? []
    : [
        {
          ...imageRefusal(reference, field, shownList(rules.imageWrite.patterns)),
          gain: "other-container-control",
          what: { en: `writing the image name ${shown(reference)}`, ja: `イメージ名 ${shown(reference)} への書込み` },
        },
      ];
}

/** Whether the engine may talk to the registry of a reference for this client. */
export function judgeRegistry(reference: string, field: string, rules: ClientRules): readonly Refusal[] {
  const { registry } = parseImageReference(reference);
  return rules.registries.match(registry)
    ? []
    : [
        {
          ...imageRefusal(reference, field, shownList(rules.registries.patterns)),
          what: { en: `the registry ${shown(registry)}`, ja: `レジストリ ${shown(registry)}` },
        },
      ];
}

function imageRefusal(reference: string, field: string, allowed: string): Refusal {
  return {
    rule: "images",
    field,
    gain: "",
    technique: "",
    what: { en: `the image ${shown(reference)}`, ja: `イメージ ${shown(reference)}` },
    change:
      allowed === ""
        ? { en: "the policy names none", ja: "ポリシーでは何も許可されていません" }
        : { en: `use one of ${allowed}`, ja: `${allowed} のいずれかを使ってください` },
  };
}
