import { createReadStream } from "node:fs";
import { LogReader, type RecordedLog } from "../guard/index.ts";

/** Reads the requests of logs of the gate, the oldest first. `-`: standard input. Rejects when a file cannot be read. */
export async function readLogs(files: readonly string[]): Promise<RecordedLog> {
  const reader = new LogReader();
  for (const file of files) {
    await reader.read(file, file === "-" ? process.stdin : createReadStream(file));
  }
  return reader.end();
}
