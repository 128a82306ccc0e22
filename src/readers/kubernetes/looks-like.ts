import { LOOKED_AT_CHARACTERS_MAX } from "./limits.ts";

const API_VERSION = /^["']?apiVersion["']?[ \t]*:/m;
const KIND = /^["']?kind["']?[ \t]*:[ \t]*["']?[A-Z]/m;
/** JSON, and YAML in flow style. */
const FLOW_API_VERSION = /[{,]\s*(?:"apiVersion"\s*:\s*"|apiVersion:\s)/;
const FLOW_KIND = /[{,]\s*(?:"kind"\s*:\s*"[A-Z]|kind:\s+["']?[A-Z])/;

/** The first line that says something is a key of a mapping, or of a template around one. */
const FIRST_LINE = /^(?:[ \t]*(?:#.*)?(?:\r?\n)|(?:---|%).*\r?\n)*(?:["']?[A-Za-z][\w.-]*["']?[ \t]*:|\{\{)/;

/** Whether a text may be a Kubernetes manifest. Cheap and not certain: it finds the reader to try, nothing more. */
export function looksLikeKubernetes(text: string): boolean {
  const start = text.slice(0, LOOKED_AT_CHARACTERS_MAX).replace(/^\uFEFF/, "");
  if (/^\s*[[{]/.test(start)) {
    return FLOW_API_VERSION.test(start) && FLOW_KIND.test(start);
  }
  return FIRST_LINE.test(start) && API_VERSION.test(start) && KIND.test(start);
}
