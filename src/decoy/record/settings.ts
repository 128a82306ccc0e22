import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a run of the decoy was told and later readers of its record need. */
export interface RecordSettings {
  /** Silence after which a session is over, milliseconds. */
  readonly sessionIdleMs?: number;
}

const NAME = "settings.json";

/** Keeps the settings beside the journals. */
export async function writeSettings(folder: string, settings: RecordSettings): Promise<void> {
  const coming = join(folder, `${NAME}.coming`);
  await writeFile(coming, `${JSON.stringify(settings)}\n`, { mode: 0o600 });
  await rename(coming, join(folder, NAME));
}

/** Reads them; a missing or broken file is no settings. */
export async function readSettings(folder: string): Promise<RecordSettings> {
  try {
    const read: unknown = JSON.parse(await readFile(join(folder, NAME), "utf8"));
    const idle = typeof read === "object" && read !== null && "sessionIdleMs" in read ? read.sessionIdleMs : undefined;
    return typeof idle === "number" && idle > 0 ? { sessionIdleMs: idle } : {};
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error)) {
      return {};
    }
    throw error;
  }
}
