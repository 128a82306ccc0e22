import type { Language } from "../../base/index.ts";
import type { RuleLookup } from "../formats/rule-text.ts";

/** What the page needs besides the document. */
export interface HtmlOptions {
  readonly language: Language;
  readonly ruleOf: RuleLookup;
  /** When the audit was made, in words or RFC 3339. */
  readonly time: string;
}
