/** A part of a file that holds one document. */
export interface DocumentText {
  /** Where it begins in the file, in UTF-16 code units. */
  readonly offset: number;
  readonly text: string;
}

const SEPARATOR = /^---(?=[ \t\r\n]|$)/gm;

/** Nothing but comments, directives and space. */
const EMPTY = /^(?:[ \t]*(?:#.*)?(?:\r?\n|$)|%.*(?:\r?\n|$)|\.\.\.[ \t]*(?:\r?\n|$))*$/;

/**
 * Splits a file into its documents as kubectl does, by lines that begin with `---`, so that a document that cannot be
 * parsed leaves the others as they are. JSON objects may also follow each other directly.
 */
export function splitDocuments(text: string): readonly DocumentText[] {
  const documents: DocumentText[] = [];
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  const push = (end: number): void => {
    const part = text.slice(start, end);
    if (!EMPTY.test(part)) {
      documents.push(...splitJson({ offset: start, text: part }));
    }
  };
  for (const { index } of text.matchAll(SEPARATOR)) {
    push(index);
    start = index + "---".length;
  }
  push(text.length);
  return documents;
}

/** `{…} {…}` as two documents. What is no JSON stays whole. */
function splitJson(document: DocumentText): readonly DocumentText[] {
  const { text, offset } = document;
  if (!/^\s*\{/.test(text)) {
    return [document];
  }
  const parts: DocumentText[] = [];
  let start = 0;
  let depth = 0;
  // Strings whole, so that braces in them do not count.
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    depth += match[0] === "{" ? 1 : match[0] === "}" ? -1 : 0;
    const end = match.index + match[0].length;
    if (depth === 0 && match[0] === "}" && /^\s*\{/.test(text.slice(end, end + 200))) {
      parts.push({ offset: offset + start, text: text.slice(start, end) });
      start = end;
    }
  }
  return start === 0 ? [document] : [...parts, { offset: offset + start, text: text.slice(start) }];
}
