export { assertNever, InvariantError, invariant } from "./assert.ts";
export { fingerprint } from "./fingerprint.ts";
export { LANGUAGES, type Language, type LocalizedText } from "./localized.ts";
export { KIB, MIB } from "./sizes.ts";
export { quoteUntrusted } from "./untrusted.ts";
