import { createReadStream } from "node:fs";
import { quoteUntrusted } from "../base/index.ts";
import { LogReader, type RecordedCall, type RecordedLog } from "../guard/index.ts";

/** Reads the requests of logs of the gate, the oldest first. `-`: standard input. Rejects when a file cannot be read. */
export async function readLogs(files: readonly string[]): Promise<RecordedLog> {
  const reader = new LogReader();
  for (const file of files) {
    await reader.read(file, file === "-" ? process.stdin : createReadStream(file));
  }
  return reader.end();
}

/** Characters of a call that are shown. */
const CALL_CHARACTERS_MAX = 240;

/** A call in one line: who, what, how often, and where it is recorded first. */
export function callText({ client, request, count, file, line }: RecordedCall): string {
  const asked = quoteUntrusted(`${client} ${request.method} ${request.target}`, CALL_CHARACTERS_MAX);
  return `${asked} (${count}×, ${file}:${line})`;
}
