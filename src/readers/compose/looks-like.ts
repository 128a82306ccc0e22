import { LOOKED_AT_CHARACTERS_MAX } from "./limits.ts";

/** `services:` at the beginning of a line, or in a file that is JSON. */
const SERVICES = /^(?:services|"services"|'services')[ \t]*:[ \t]*(.*)$/m;
const JSON_SERVICES = /^\s*\{[\s\S]*?"services"\s*:\s*\{/;

/** The first line of content after a key: GitLab's `services` is a list, Compose's a mapping. */
const LIST_ITEM = /^(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*-(?:\s|$)/;

const TOP_KEY = /^[^\s#'"{}[\]-][^\s:]*[ \t]*:(?=\s|$)/;
const IMAGE_OR_BUILD = /^[ \t]+(?:image|build)[ \t]*:/;

/** Keys of Kubernetes manifests and of CI pipelines, whose jobs have images too. */
const OTHER_FILE = /^(?:apiVersion|kind)[ \t]*:|^[ \t]+(?:script|steps|stage|runs-on)[ \t]*:/m;

/** Whether a text may be a Compose file. Cheap and not certain: it finds the reader to try, nothing more. */
export function looksLikeCompose(text: string): boolean {
  const start = text.slice(0, LOOKED_AT_CHARACTERS_MAX).replace(/^\uFEFF/, "");
  const services = SERVICES.exec(start);
  if (services !== null) {
    const value = (services[1] ?? "").replace(/(^|\s)#.*$/, "").trim();
    const after = start.slice(services.index + services[0].length).replace(/^\r?\n/, "");
    return value === "" ? !LIST_ITEM.test(after) : /^[{&*!]/.test(value);
  }
  return JSON_SERVICES.test(start) || looksLegacy(start);
}

/** Version 1: every key at the top of the file has an image or a build right below it. */
function looksLegacy(text: string): boolean {
  if (OTHER_FILE.test(text)) {
    return false;
  }
  const keysWithImage = new Set<number>();
  let keys = 0;
  /** Indentation of what stands right below the last key; `undefined` until it is seen. */
  let indent: number | undefined;
  for (const line of text.split(/\r?\n/)) {
    const width = line.length - line.trimStart().length;
    if (TOP_KEY.test(line)) {
      keys += 1;
      indent = undefined;
    } else if (width > 0 && width < line.length) {
      indent ??= width;
      if (width === indent && IMAGE_OR_BUILD.test(line)) {
        keysWithImage.add(keys);
      }
    }
  }
  return keys > 0 && keysWithImage.size === keys;
}
