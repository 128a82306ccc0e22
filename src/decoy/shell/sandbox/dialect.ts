/** How the shells word their complaints: the interpreter speaks like bash, images have others. */

export interface Dialect {
  readonly kind: "bash" | "ash" | "dash";
  /** How it was called: `sh`, `/bin/sh`. */
  readonly name: string;
  /** At a terminal, or reading its input. */
  readonly interactive: boolean;
}

/** Complaints of the interpreter itself in the words of the shell that it stands for. */
export function translate(text: string, dialect: Dialect): string {
  return text.includes("bash: ") ? text.replaceAll(/^bash: (.*)$/gm, (_, rest: string) => line(rest, dialect)) : text;
}

function line(rest: string, { kind, name, interactive }: Dialect): string {
  const text = rest.replace(/^line \d+: /, "");
  if (kind === "bash") {
    return interactive ? `${name}: ${text}` : `${name}: line 1: ${text}`;
  }
  const prefix = kind === "ash" ? `${name}: ` : `${name}: 1: `;
  const [, missing] = /^(.*): command not found$/.exec(text) ?? [];
  if (missing !== undefined) {
    return `${prefix}${missing}: not found`;
  }
  const [, folder] = /^cd: (.*): (?:No such file or directory|Not a directory)$/.exec(text) ?? [];
  if (folder !== undefined) {
    return kind === "ash"
      ? `${prefix}cd: can't cd to ${folder}: No such file or directory`
      : `${prefix}cd: can't cd to ${folder}`;
  }
  const [, file, reason = ""] =
    /^((?:[./~]|\w)[^:]*): (No such file or directory|Permission denied|Is a directory|Read-only file system|Operation not permitted)$/.exec(
      text,
    ) ?? [];
  if (file !== undefined) {
    return `${prefix}${file}: ${reason === "No such file or directory" ? "not found" : reason}`;
  }
  if (/^syntax error/.test(text)) {
    return `${prefix}syntax error: unexpected ${/EOF|end of file/i.test(text) ? (kind === "ash" ? "end of file" : "end of file") : "token"}`;
  }
  return `${prefix}${text}`;
}

/** A redirection to a file that cannot be made. */
export function cannotCreate(path: string, reason: string, { kind, name, interactive }: Dialect): string {
  switch (kind) {
    case "ash":
      return `${name}: can't create ${path}: ${reason === "No such file or directory" ? "nonexistent directory" : reason}\n`;
    case "dash":
      return `${name}: 1: cannot create ${path}: ${reason === "No such file or directory" ? "Directory nonexistent" : reason}\n`;
    default:
      return `${name}: ${interactive ? "" : "line 1: "}${path}: ${reason}\n`;
  }
}
