import { isWindowsPath } from "./host-paths.ts";
import { splitOutsideVariables } from "./variables.ts";

/** The parts of a short volume, `[SOURCE:]TARGET[:OPTIONS]`. */
export interface VolumeText {
  readonly source: string | undefined;
  readonly target: string;
  readonly options: readonly string[];
}

/**
 * Splits a short volume as compose-go does (format.ParseVolume): a letter before a colon is a Windows drive, and
 * nothing between `${` and `}` counts. `undefined`: an empty part, or too many.
 *
 * A letter that is declared as a volume stays one: Compose makes a drive of it too, and the engine of a Linux host then
 * refuses the container, so nothing is lost by examining what the user meant.
 */
export function parseVolumeText(
  text: string,
  withVariables: boolean,
  volumes: ReadonlyMap<string, unknown>,
): VolumeText | undefined {
  const parts = joinDrives(withVariables ? splitOutsideVariables(text, ":") : text.split(":"), volumes);
  const [first, second, options] = parts;
  if (first === undefined || parts.length > 3 || parts.includes("")) {
    return undefined;
  }
  return second === undefined
    ? { source: undefined, target: first, options: [] }
    : { source: first, target: second, options: options?.split(",") ?? [] };
}

/** Puts `C` and `\data` together again. */
function joinDrives(parts: readonly string[], volumes: ReadonlyMap<string, unknown>): string[] {
  const joined: string[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? "";
    const next = parts[index + 1];
    if (/^[A-Za-z]$/.test(part) && next !== undefined && !volumes.has(part)) {
      joined.push(`${part}:${next}`);
      index += 1;
    } else {
      joined.push(part);
    }
  }
  return joined;
}

/** Whether the source of a short volume is a path of the host and not the name of a volume (compose-go, isFilePath). */
export function isHostPath(source: string): boolean {
  return /^[./~]/.test(source) || isWindowsPath(source) || /^[A-Za-z]:/.test(source);
}
